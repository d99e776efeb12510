/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.transaction;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The order of removals, and of what began between them, in this JVM: one line of numbers for all,
 * since a transaction begins before anybody knows what it will ask for.
 */
public final class Moments {

  private static final AtomicLong LAST = new AtomicLong();

  private Moments() {}

  /** The number of the last removal. */
  public static long now() {
    return LAST.get();
  }

  /** The number of a removal, greater than that of all that began before. */
  public static long next() {
    return LAST.incrementAndGet();
  }
}
