/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** What all caches had done at each look of the last hours; the oldest look gives way. */
final class History {

  static final int EVERY_SECONDS = 10;

  /** Six hours. */
  static final int MOST = 6 * 3600 / EVERY_SECONDS;

  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * The figures at one look, of all caches since the start.
   *
   * @param time in milliseconds since 1970
   * @param hitRatio that of the calls since the look before; null where there were none
   */
  record Sample(
      long time,
      long hits,
      long misses,
      Double hitRatio,
      long entries,
      long evictions,
      long errors,
      double timeSavedMillis) {}

  /** Keeps a look. */
  synchronized void add(long time, Collection<CacheFigures> caches) {
    long hits = 0;
    long misses = 0;
    long entries = 0;
    long evictions = 0;
    long errors = 0;
    double saved = 0;
    for (CacheFigures cache : caches) {
      hits += cache.hits();
      misses += cache.misses();
      entries += cache.entries();
      evictions += cache.evictions();
      errors += cache.errors();
      saved += cache.timeSavedMillis();
    }
    Sample before = samples.peekLast();
    Double ratio =
        before == null
            ? CacheFigures.ratio(hits, misses)
            // A rule that goes takes its figures along: what is less than before was not called.
            : CacheFigures.ratio(
                Math.max(0, hits - before.hits), Math.max(0, misses - before.misses));
    if (samples.size() == MOST) {
      samples.removeFirst();
    }
    samples.addLast(new Sample(time, hits, misses, ratio, entries, evictions, errors, saved));
  }

  /** The looks after a time, in milliseconds since 1970, the oldest first. */
  synchronized List<Sample> since(long time) {
    List<Sample> found = new ArrayList<>();
    for (Sample sample : samples) {
      if (sample.time > time) {
        found.add(sample);
      }
    }
    return found;
  }
}
