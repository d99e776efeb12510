/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

import java.util.concurrent.TimeUnit;

/** The moment by which a call of a backend is to be done; by {@link System#nanoTime}. */
public final class Deadline {

  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  /** So many milliseconds from now. */
  public static Deadline in(long millis) {
    return new Deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** A moment, by {@link System#nanoTime}. */
  public static Deadline at(long nanoTime) {
    return new Deadline(nanoTime);
  }

  /** How many nanoseconds are left; 0 or less once it is past. */
  public long nanosLeft() {
    return nanos - System.nanoTime();
  }

  /** Whether it is past. */
  public boolean isPast() {
    return nanosLeft() <= 0;
  }

  @Override
  public String toString() {
    return TimeUnit.NANOSECONDS.toMillis(nanosLeft()) + " ms left";
  }
}
