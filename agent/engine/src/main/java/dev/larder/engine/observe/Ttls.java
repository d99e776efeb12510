/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.observe;

/** The times to live that are tried, in milliseconds. */
final class Ttls {

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private static final long[] ALL = {
    SECOND,
    5 * SECOND,
    10 * SECOND,
    30 * SECOND,
    MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    30 * MINUTE,
    HOUR,
    6 * HOUR,
    24 * HOUR
  };

  static final int COUNT = ALL.length;

  private Ttls() {}

  static long millis(int i) {
    return ALL[i];
  }

  /** The first that is not below a time; {@link #COUNT} where all are. */
  static int from(long millis) {
    int i = 0;
    while (i < COUNT && ALL[i] < millis) {
      i++;
    }
    return i;
  }
}
