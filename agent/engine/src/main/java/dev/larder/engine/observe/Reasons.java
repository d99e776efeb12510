/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.observe;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by reasons, of which a message may have made up any number. */
final class Reasons {

  private static final int MOST = 5;
  private static final String OTHERS = "other reasons";

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void add(String reason) {
    LongAdder known = counts.get(reason);
    if (known == null) {
      String kept = counts.size() < MOST ? reason : OTHERS;
      known = counts.computeIfAbsent(kept, each -> new LongAdder());
    }
    known.increment();
  }

  Map<String, Long> all() {
    Map<String, Long> all = new TreeMap<>();
    counts.forEach((reason, count) -> all.put(reason, count.sum()));
    return all;
  }
}
