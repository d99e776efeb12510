/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.RemoteTier.Seen;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.remote.FleetFlight;
import dev.larder.engine.remote.Lease;
import dev.larder.spi.Timeouts;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The leader of a flight that another JVM leads for all, and for whom no thread waits: it looks now
 * and then, on a thread of Larder's, and runs the body where nothing comes.
 */
final class FollowingElsewhere {

  private final Caching caching;
  private final RemoteTier remote;
  private final Call call;
  private final Flight flight;
  private final Entry old;
  private final long until;
  private final CompletableFuture<Step> next = new CompletableFuture<>();

  /** Runs the body, with what its caller carried. */
  private final Runnable running;

  /** What was there at the last look. */
  private volatile Seen seen;

  private FollowingElsewhere(
      Caching caching, RemoteTier remote, Call call, Flight flight, Entry old) {
    this.caching = caching;
    this.remote = remote;
    this.call = call;
    this.flight = flight;
    this.old = old;
    this.until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(caching.waitMillis());
    this.running = caching.errands().withCallersContext(this::proceed);
  }

  /** The step of a caller whose flight another JVM leads. */
  static Step of(Caching caching, RemoteTier remote, Call call, Flight flight, Entry old) {
    FollowingElsewhere following = new FollowingElsewhere(caching, remote, call, flight, old);
    following.lookSoon(FleetFlight.FIRST_PAUSE_NANOS);
    return Step.await(following.next);
  }

  private void lookSoon(long pause) {
    later(pause, () -> look(pause));
  }

  private void later(long pause, Runnable look) {
    Timeouts.later(
        FleetFlight.varied(pause),
        () -> {
          // The one thread of all timeouts is no place to wait on.
          if (!caching.errands().lookSoon(look)) {
            later(FleetFlight.LAST_PAUSE_NANOS, look);
          }
        });
  }

  private void look(long pause) {
    if (next.isCancelled() && !flight.isAwaited(() -> {})) {
      caching.partition().flights.abandon(flight);
      return;
    }
    Seen now = remote.findOrLead(call.key(), 0, Seen::isServed, false);
    if (now != null && now.isServed()) {
      seen = now.with(Lease.HELD); // a follower, though not of this JVM
      Step step = step();
      next.defaultExecutor().execute(() -> take(step)); // what hangs on it may wait for long
      return;
    }
    if (now != null && now.isLedElsewhere() && System.nanoTime() - until < 0) {
      lookSoon(Math.min(2 * pause, FleetFlight.LAST_PAUSE_NANOS));
      return;
    }
    seen = now;
    if (!caching.errands().runSoon(running)) {
      running.run();
    }
  }

  private void proceed() {
    take(step());
  }

  private Step step() {
    return call.target()
        .later()
        .after(call, () -> caching.starts().afterElsewhere(call, flight, old, seen));
  }

  private void take(Step step) {
    if (!next.complete(step)) {
      step.take(Following.GIVE_UP); // the caller has cancelled meanwhile
    }
  }
}
