/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import java.util.concurrent.atomic.LongAdder;

/** What one cache has done, counted exactly: hits, misses and bypassed add up to the calls. */
final class Counters {

  final LongAdder hits = new LongAdder();

  /** Misses, but those among {@link #runs}. */
  final LongAdder misses = new LongAdder();

  final LongAdder bypassed = new LongAdder();
  final LongAdder stale = new LongAdder();

  /** Loads, but those among {@link #runs}. */
  final LongAdder loads = new LongAdder();

  /** Misses that were loads from the first, counted as both at once. */
  final LongAdder runs = new LongAdder();

  final LongAdder loadNanos = new LongAdder();
  final LongAdder stores = new LongAdder();
  final LongAdder removals = new LongAdder();
  final LongAdder errors = new LongAdder();

  /** Hits whose body was run again and gave something to compare. */
  final LongAdder verified = new LongAdder();

  /** Those among {@link #verified} that gave what was not so any more. */
  final LongAdder differing = new LongAdder();

  /** The figures in the order in which the public statistics read them, and then the verified. */
  long[] figures(long evictions, long entries) {
    long run = runs.sum();
    return new long[] {
      hits.sum(),
      misses.sum() + run,
      bypassed.sum(),
      stale.sum(),
      loads.sum() + run,
      loadNanos.sum(),
      stores.sum(),
      removals.sum(),
      evictions,
      errors.sum(),
      entries,
      verified.sum(),
      differing.sum()
    };
  }
}
