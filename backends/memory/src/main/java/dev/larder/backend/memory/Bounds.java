/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memory;

/**
 * How much a store may hold, put as the one number that Caffeine knows: a maximum of weight.
 *
 * <p>A bound of entries alone gives each the weight 1; a bound of bytes alone gives each its bytes.
 * Where both hold, an entry weighs at least an equal share of the bytes, so that neither bound is
 * ever passed, and so many small entries as the first allows do fit. A mix of large and small ones
 * fills the room to between a half and all of it.
 *
 * @param maximum the sum of the weights that the store holds at most
 * @param least the weight of the lightest entry
 * @param byBytes whether an entry's bytes count
 */
record Bounds(long maximum, long least, boolean byBytes) {

  static Bounds of(long maxEntries, long maxBytes) {
    requireNotNegative("entries", maxEntries);
    requireNotNegative("bytes", maxBytes);
    if (maxBytes == Long.MAX_VALUE) {
      return new Bounds(maxEntries, 1, false);
    }
    if (maxEntries == 0) {
      return new Bounds(0, 1, true);
    }
    long share = maxBytes / maxEntries;
    return share == 0 ? new Bounds(maxBytes, 1, true) : new Bounds(share * maxEntries, share, true);
  }

  /** What an entry of so many bytes counts; Caffeine's weights are ints. */
  int weigh(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(least, bytes));
  }

  private static void requireNotNegative(String what, long bound) {
    if (bound < 0) {
      throw new IllegalArgumentException(
          "the most " + what + " of a store was " + bound + "; it is 0 or more");
    }
  }
}
