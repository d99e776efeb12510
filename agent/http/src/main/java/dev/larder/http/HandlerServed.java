/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

/**
 * What a cached handler method told of its value.
 *
 * @param hit whether it came from the cache
 * @param stored whether the cache keeps it now
 * @param remainingMillis its remaining time to live in milliseconds; 0 or less if it has none
 */
record HandlerServed(boolean hit, boolean stored, long remainingMillis) {

  private static final int SECOND = 1000;

  /** Whether the value is one that the cache keeps. */
  boolean isKept() {
    return hit || stored;
  }

  /**
   * Its remaining time to live in seconds: of a value that was made just now all of it, though a
   * moment has passed. Negative once it is past its time.
   */
  long seconds() {
    long seconds =
        hit
            ? Math.floorDiv(remainingMillis, SECOND)
            : Math.floorDiv(remainingMillis - 1, SECOND) + 1;
    return Math.min(seconds, Integer.MAX_VALUE);
  }
}
