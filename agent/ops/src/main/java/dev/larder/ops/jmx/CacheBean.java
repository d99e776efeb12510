/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jmx;

import dev.larder.ops.FigureNames;
import dev.larder.ops.Holdings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the bean of a cache or path rule shows and does. */
final class CacheBean {

  private static final int HITS = 0;
  private static final int MISSES = 1;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Those of {@link FigureNames#ALL}, in its order. */
  private static final List<Bean.Attribute> FIGURES =
      List.of(
          Bean.counter("Hits", "calls", "Calls that were answered by an entry"),
          Bean.counter("Misses", "calls", "Calls that found no entry; followers of a load too"),
          Bean.counter("Bypassed", "calls", "Calls that were not looked up"),
          Bean.counter("Stale", "calls", "Those of the hits that were given a value past its time"),
          Bean.counter("Loads", "runs", "Runs of a body for a result that was not kept"),
          Bean.counter("LoadNanos", "ns", "What the loads took, together"),
          Bean.counter("Stores", "entries", "Results that were stored"),
          Bean.counter("Removals", "entries", "Entries that were evicted or cleared"),
          Bean.counter("Evictions", "entries", "Entries that went for want of room"),
          Bean.counter("Errors", "errors", "What failed, in Larder or with a backend"),
          Bean.gauge("Entries", Bean.LONG, "entries", "Entries that this JVM holds"),
          Bean.counter("Verified", "hits", "Hits whose body was run again to verify them"),
          Bean.counter("VerifiedStale", "hits", "Those of them that the body no longer bears out"));

  private static final List<Bean.Attribute> MADE_OF_THEM =
      List.of(
          Bean.gauge(
              "HitRatio",
              Bean.DOUBLE,
              "1",
              "The share of hits in hits and misses, from 0 to 1; 0 while there were none of both"),
          Bean.gauge(
              "MeanLoadMillis",
              Bean.DOUBLE,
              "ms",
              "What a load took on average; 0 while there was none"));

  private CacheBean() {}

  static Bean of(String cache, Holdings holdings) {
    boolean isRule = holdings.isRule(cache);
    List<Bean.Attribute> attributes =
        new ArrayList<>(isRule ? FIGURES.subList(0, FigureNames.VERIFIED) : FIGURES);
    attributes.addAll(MADE_OF_THEM);
    return new Bean(
        "The figures of " + (isRule ? "path rule " : "cache ") + cache + ", since this JVM started",
        attributes,
        () -> values(holdings.figures(cache)),
        List.of(
            new Bean.Operation(
                "clear", "Removes all its entries", null, none -> holdings.clear(cache)),
            new Bean.Operation(
                "evictKey",
                "Removes the entry under a key that a template gave; of a path rule, all variants"
                    + " of a URL",
                new Bean.Parameter(
                    "key", "The key's text; of a path rule, the path with its context and query"),
                key -> holdings.evictKey(cache, key))));
  }

  private static Map<String, Object> values(long[] figures) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < figures.length; i++) {
      values.put(FIGURES.get(i).name(), figures[i]);
    }
    values.put("HitRatio", ratio(figures[HITS], figures[HITS] + figures[MISSES]));
    values.put(
        "MeanLoadMillis",
        ratio(figures[FigureNames.LOAD_NANOS], figures[FigureNames.LOADS]) / NANOS_PER_MILLI);
    return values;
  }

  private static double ratio(long part, long whole) {
    return whole <= 0 ? 0 : (double) part / whole;
  }
}
