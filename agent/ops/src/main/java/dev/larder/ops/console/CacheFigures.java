/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import dev.larder.ops.FigureNames;
import dev.larder.ops.Holdings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a cache or path rule has done so far, and what follows from it. */
record CacheFigures(String name, boolean rule, long[] figures) {

  private static final double NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  static CacheFigures of(Holdings holdings, String name) {
    return new CacheFigures(name, holdings.isRule(name), holdings.figures(name));
  }

  static List<CacheFigures> all(Holdings holdings) {
    List<CacheFigures> all = new ArrayList<>();
    for (String name : holdings.names()) {
      all.add(of(holdings, name));
    }
    return all;
  }

  /** The figure of one of {@link FigureNames#ALL}. */
  long figure(String figure) {
    return figures[FigureNames.ALL.indexOf(figure)];
  }

  long hits() {
    return figure("hits");
  }

  long misses() {
    return figure("misses");
  }

  long entries() {
    return figures[FigureNames.ENTRIES];
  }

  long evictions() {
    return figure("evictions");
  }

  long errors() {
    return figure("errors");
  }

  /** The share of hits among what was looked up, from 0 to 1; null where nothing was. */
  Double hitRatio() {
    return ratio(hits(), misses());
  }

  /** What a load took on average; null where there was none. */
  Double meanLoadMillis() {
    long loads = figures[FigureNames.LOADS];
    return loads == 0 ? null : figures[FigureNames.LOAD_NANOS] / NANOS / loads;
  }

  /** What the hits would have taken, had each been a load of average length. */
  double timeSavedMillis() {
    Double mean = meanLoadMillis();
    return mean == null ? 0 : mean * hits();
  }

  static Double ratio(long hits, long misses) {
    return hits + misses == 0 ? null : (double) hits / (hits + misses);
  }
}
