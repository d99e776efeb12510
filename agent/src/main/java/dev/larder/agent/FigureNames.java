/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import java.util.List;

/** The figures of a cache, by the names that its public statistics have, and in their order. */
final class FigureNames {

  static final List<String> ALL =
      List.of(
          "hits",
          "misses",
          "bypassed",
          "stale",
          "loads",
          "loadNanos",
          "stores",
          "removals",
          "evictions",
          "errors",
          "entries");

  static final int LOADS = 4;
  static final int LOAD_NANOS = 5;
  static final int ENTRIES = 10;

  private FigureNames() {}
}
