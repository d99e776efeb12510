/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.observe;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long bodies or keys took, in steps of a fifth: eight steps to each doubling would be finer
 * than what anybody decides by, one is too coarse.
 */
final class Durations {

  /** Steps to each doubling. */
  private static final int FINENESS = 4;

  /** Of the shortest time that is told from shorter ones: 64 ns. */
  private static final int FIRST = 6;

  private static final int COUNT = FINENESS * 36;

  private final AtomicLongArray counts = new AtomicLongArray(COUNT);

  void add(long nanos) {
    counts.incrementAndGet(step(nanos));
  }

  private static int step(long nanos) {
    int octave = 63 - Long.numberOfLeadingZeros(Math.max(nanos, 1));
    if (octave < FIRST) {
      return 0;
    }
    int quarter = (int) (nanos >> (octave - 2)) & 3;
    return Math.min((octave - FIRST) * FINENESS + quarter, COUNT - 1);
  }

  /** The middle of a step. */
  private static long nanos(int step) {
    long octave = 1L << (FIRST + step / FINENESS);
    return octave + octave / FINENESS * (step % FINENESS) + octave / (2 * FINENESS);
  }

  /** What a share of all took at most, about; 0 where there was none. */
  long quantile(double share) {
    long total = 0;
    for (int i = 0; i < COUNT; i++) {
      total += counts.get(i);
    }
    long rank = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < COUNT && total > 0; i++) {
      seen += counts.get(i);
      if (seen >= rank) {
        return nanos(i);
      }
    }
    return 0;
  }
}
