/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import dev.larder.ops.FigureNames;
import dev.larder.ops.Holdings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holdings of a test, which write down what is done to them. */
final class FakeHoldings implements Holdings {

  final Map<String, long[]> caches = new LinkedHashMap<>();
  final Map<String, Boolean> backends = new LinkedHashMap<>();
  final List<String> done = new ArrayList<>();

  /** Adds a cache with some of its figures. */
  FakeHoldings with(String name, long hits, long misses, long loads, long loadNanos) {
    long[] figures = new long[FigureNames.ALL.size()];
    figures[0] = hits;
    figures[1] = misses;
    figures[FigureNames.LOADS] = loads;
    figures[FigureNames.LOAD_NANOS] = loadNanos;
    figures[FigureNames.ENTRIES] = misses;
    caches.put(name, figures);
    return this;
  }

  @Override
  public Set<String> names() {
    return caches.keySet();
  }

  @Override
  public boolean isRule(String name) {
    return name.startsWith("/");
  }

  @Override
  public long[] figures(String name) {
    return caches.get(name);
  }

  @Override
  public Map<String, Boolean> backends() {
    return backends;
  }

  @Override
  public long evictKey(String name, String key) {
    return does("evictKey " + name + " " + key, 1);
  }

  @Override
  public long evictWritten(String name, List<String> arguments) {
    return does("evictWritten " + name + " " + arguments, 1);
  }

  @Override
  public long evictTag(String tag) {
    return does("evictTag " + tag, -1);
  }

  @Override
  public long clear(String name) {
    return does("clear " + name, 2);
  }

  @Override
  public long clearAll() {
    return does("clearAll", 3);
  }

  private long does(String what, long removed) {
    done.add(what);
    return removed;
  }
}
