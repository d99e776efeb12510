/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops;

import java.util.List;

/**
 * The figures of a cache, by the names that its public statistics have, and in their order; and
 * then what became of verified hits.
 */
public final class FigureNames {

  public static final List<String> ALL =
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
          "entries",
          "verified",
          "verifiedStale");

  public static final int LOADS = 4;
  public static final int LOAD_NANOS = 5;
  public static final int ENTRIES = 10;

  /** From here on stands what verified hits have come to; of a rule nothing. */
  public static final int VERIFIED = 11;

  private FigureNames() {}
}
