/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Clock;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Body;
import dev.larder.engine.method.TargetSpec;

/** The runs of one target's body for nobody but the cache: what is old is made anew. */
final class Renewals {

  private final Engine engine;
  private final Caching caching;
  private final TargetSpec spec;
  private final Partition partition;
  private final Attributes attributes;
  private final Body body;
  private final RemoteTiers remote;
  private final LookUps lookUps;
  private final Starts starts;
  private final Ends ends;
  private final Errands errands;

  Renewals(
      Engine engine,
      Caching caching,
      Attributes attributes,
      Body body,
      RemoteTiers remote,
      LookUps lookUps,
      Starts starts,
      Ends ends,
      Errands errands) {
    this.engine = engine;
    this.caching = caching;
    this.spec = caching.spec();
    this.partition = caching.partition();
    this.attributes = attributes;
    this.body = body;
    this.remote = remote;
    this.lookUps = lookUps;
    this.starts = starts;
    this.ends = ends;
    this.errands = errands;
  }

  /** Starts a run of the body in the background, unless one is under way. */
  void renew(Call inside) {
    Call call = inside.outside();
    Flight flight = new Flight(call.key(), caching, false);
    if (partition.flights.joinOrLead(flight) != null) {
      return;
    }
    flight.leaveThread();
    boolean runs = false;
    try {
      runs = errands.runInBackground(() -> renewNow(call, flight));
    } finally {
      if (!runs) {
        partition.flights.disperse(flight);
      }
    }
  }

  private void renewNow(Call call, Flight flight) {
    try {
      if (!call.key().equals(lookUps.key(call.variant(), call.arguments()))) {
        partition.flights.disperse(flight); // somebody has changed an argument since
        return;
      }
      RemoteTier.Seen seen =
          remote == null
              ? null
              : remote.of(call.variant()).findOrLead(call.key(), 0, Renewals::isRenewed, false);
      if (seen != null && isRenewed(seen)) {
        partition.flights.land(flight, seen.entry());
      } else if (seen != null && seen.isLedElsewhere()) {
        partition.flights.fail(flight);
      } else {
        load(call, flight, seen);
      }
    } catch (Throwable failure) { // the old value is served on, and the next access tries again
      if (!flight.isOver()) { // the body has not even begun
        partition.flights.disperse(flight);
      }
      engine.warnings().renewalFailed(spec, failure);
    }
  }

  private static boolean isRenewed(RemoteTier.Seen seen) {
    return seen.entry() != null && isRenewed(seen.entry());
  }

  /** Whether another JVM has made the new value meanwhile. */
  static boolean isRenewed(Entry entry) {
    return Clock.precise() < Math.min(entry.deadline(), entry.refreshAt());
  }

  /** Runs the body for nobody but the cache. */
  private void load(Call call, Flight leading, RemoteTier.Seen seen) throws Throwable {
    leading.leadOnThisThread();
    Miss miss = starts.begin(call, leading, null, seen, true);
    if (attributes.shape().isLater()) {
      try {
        call.target().later().load(Ticket.running(call, miss), call);
      } finally {
        leading.leaveThread();
      }
      return;
    }
    try {
      Object result = ThreadMode.run(body, call.target(), call.receiver(), call.arguments());
      ends.end(miss, result, call.arguments());
    } catch (Throwable failure) {
      ends.fail(miss, failure);
      throw failure;
    }
  }
}
