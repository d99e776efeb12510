/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.Daemons;
import dev.larder.spi.Outcome;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Asks a backend for leases, and renews those that are held. */
final class Leases {

  private final Link link;
  private final ScheduledThreadPoolExecutor renewing;

  Leases(Link link, String backend) {
    this.link = link;
    this.renewing =
        new ScheduledThreadPoolExecutor(
            1, task -> Daemons.thread("larder-" + backend + "-leases", task, 0));
    renewing.setRemoveOnCancelPolicy(true);
  }

  /**
   * Asks for a lease.
   *
   * @return {@link Lease#HELD} where another JVM has it; null where each is to run for itself
   */
  Lease ask(String key, Turn turn) {
    long asked = System.nanoTime();
    byte[] token = Tokens.firstLease();
    byte[] there =
        turn.run((backend, deadline) -> backend.putIfAbsent(key, token, Lease.MILLIS, deadline));
    if (there == null) {
      return granted(new Lease(link, key, token, asked));
    }
    if (Tokens.isUncollapsed(there)) {
      return null;
    }
    if (!Tokens.isHandedOver(there)) {
      return Lease.HELD;
    }
    byte[] second = Tokens.secondLease();
    Outcome taken =
        turn.run(
            (backend, deadline) -> backend.replace(key, there, second, Lease.MILLIS, deadline));
    return taken == Outcome.DONE ? granted(new Lease(link, key, second, asked)) : Lease.HELD;
  }

  private Lease granted(Lease lease) {
    lease.renewedBy(
        renewing.scheduleWithFixedDelay(
            lease::renew, Lease.RENEW_MILLIS, Lease.RENEW_MILLIS, TimeUnit.MILLISECONDS));
    return lease;
  }

  void close() {
    renewing.shutdownNow();
  }
}
