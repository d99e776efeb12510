/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.advise;

import dev.larder.engine.observe.Report;
import dev.larder.engine.observe.Report.Lifetime;
import java.util.List;

/**
 * A time to live for a method's results: the shortest that has nearly all the hits of the largest
 * that is safe.
 *
 * @param ttlMillis the time to live
 * @param largestMillis the largest of those tried at which fewer than one in a thousand hits would
 *     have been stale
 * @param isAllSeen whether a larger one would have been longer than the application was observed
 * @param hits how many calls would have been hits
 * @param stale how many of them would have been stale
 * @param cacheNull whether null is kept
 */
public record Choice(
    long ttlMillis,
    long largestMillis,
    boolean isAllSeen,
    long hits,
    long stale,
    boolean cacheNull) {

  /** Of so many hits fewer than one may be stale. */
  private static final long STALE_AMONG = 1_000;

  /** So much of what could be had is enough, if a shorter time to live has it. */
  private static final double NEARLY_ALL = 0.9;

  /** By how much more there must be to gain for null to be left out. */
  private static final double WORTH_A_KEY = 1.2;

  /** The choice for a method; null where each time to live gives stale results. */
  static Choice of(Report.Method method) {
    Choice all = of(method, true);
    Choice withoutNull = method.nulls() == 0 ? null : of(method, false);
    if (withoutNull == null || (all != null && withoutNull.hits < WORTH_A_KEY * all.hits)) {
      return all;
    }
    return withoutNull.hits > 0 ? withoutNull : all;
  }

  private static Choice of(Report.Method method, boolean cacheNull) {
    List<Lifetime> tried = method.lifetimes();
    int largest = -1;
    boolean isAllSeen = false;
    for (int i = 0; i < tried.size() && isSafe(tried.get(i), cacheNull); i++) {
      if (i > 0 && tried.get(i).ttlMillis() > method.observedMillis()) {
        isAllSeen = true; // nobody knows what comes after so long
        break;
      }
      largest = i;
    }
    if (largest < 0) {
      return null;
    }
    int chosen = 0;
    while (hits(tried.get(chosen), cacheNull) < NEARLY_ALL * hits(tried.get(largest), cacheNull)) {
      chosen++;
    }
    Lifetime at = tried.get(chosen);
    return new Choice(
        at.ttlMillis(),
        tried.get(largest).ttlMillis(),
        isAllSeen,
        hits(at, cacheNull),
        stale(at, cacheNull),
        cacheNull);
  }

  private static boolean isSafe(Lifetime lifetime, boolean cacheNull) {
    long stale = stale(lifetime, cacheNull);
    return stale == 0 || STALE_AMONG * stale < hits(lifetime, cacheNull);
  }

  private static long hits(Lifetime lifetime, boolean cacheNull) {
    return cacheNull ? lifetime.hits() : lifetime.hits() - lifetime.nullHits();
  }

  private static long stale(Lifetime lifetime, boolean cacheNull) {
    return cacheNull ? lifetime.stale() : lifetime.stale() - lifetime.nullStale();
  }
}
