/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jfr;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Lets so many pass in each second of a clock, the first that come. */
final class Throttle {

  private final int most;
  private final LongSupplier millis;
  private final AtomicInteger passed = new AtomicInteger();
  private volatile long second = Long.MIN_VALUE;

  /**
   * A throttle.
   *
   * @param millis a clock, which may be a coarse one
   */
  Throttle(int most, LongSupplier millis) {
    this.most = most;
    this.millis = millis;
  }

  /** Whether one more may pass. Where many may not, they only read. */
  boolean passes() {
    long now = TimeUnit.MILLISECONDS.toSeconds(millis.getAsLong());
    if (now > second) {
      begin(now);
    }
    return passed.get() < most && passed.incrementAndGet() <= most;
  }

  private synchronized void begin(long now) {
    if (now > second) {
      passed.set(0);
      second = now;
    }
  }
}
