/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.soak;

import dev.larder.CacheStats;
import dev.larder.Larder;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What every deployment has called so far, by cache; in the loader above all of them. */
public final class Calls {

  private static final Map<String, LongAdder> MADE = new ConcurrentHashMap<>();
  private static final Map<String, Object> FAULTS = new TreeMap<>();

  private Calls() {}

  /** Counts a call that is about to be made. */
  public static void of(String cache) {
    MADE.computeIfAbsent(cache, name -> new LongAdder()).increment();
  }

  /** Notes an answer that no body could have given, or an error; the first of its kind is kept. */
  public static void wrong(String what, Object detail) {
    synchronized (FAULTS) {
      FAULTS.putIfAbsent(what, detail);
    }
  }

  /** All that was noted. */
  public static String faults() {
    synchronized (FAULTS) {
      return FAULTS.toString().replace('\n', ' ');
    }
  }

  /** The caches whose calls are not all counted as hit, miss or bypassed, and by how much. */
  public static String uncounted() {
    Map<String, Long> uncounted = new TreeMap<>();
    for (Map.Entry<String, LongAdder> each : MADE.entrySet()) {
      CacheStats stats = Larder.stats(each.getKey());
      long missing = each.getValue().sum() - stats.hits() - stats.misses() - stats.bypassed();
      if (missing != 0) {
        uncounted.put(each.getKey(), missing);
      }
    }
    return uncounted.toString();
  }

  /** The share of calls that were hits, so that a soak shows what it claims. */
  public static String hits() {
    Map<String, String> hits = new TreeMap<>();
    for (Map.Entry<String, LongAdder> each : MADE.entrySet()) {
      long made = each.getValue().sum();
      hits.put(each.getKey(), Larder.stats(each.getKey()).hits() + "/" + made);
    }
    return hits.toString();
  }
}
