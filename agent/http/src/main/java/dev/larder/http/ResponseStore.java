/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.List;

/**
 * Where responses are kept: by rule, and within a rule by path and query, over all origins and
 * variants, so that one removal reaches them all.
 */
public interface ResponseStore {

  /** What is kept under a path and query; empty for nothing. */
  List<StoredResponse> get(Rule rule, String key);

  /** A moment that {@link #put} compares removals with. */
  long begin(Rule rule, String key);

  /**
   * Keeps a response in place of the one that the same requests select, unless the key was removed
   * since a fill began.
   *
   * @return whether it is kept
   */
  boolean put(Rule rule, String key, StoredResponse response, long begun);

  /** Removes all variants under a path and query; how many went. */
  long remove(String ruleName, String key);

  /** Removes what a tag marks, in all rules; how many went. */
  long removeTag(String tag);

  /** Removes all of a rule's responses; how many went. */
  long clear(String ruleName);

  /** Counts of a rule; made on first use. */
  Counters counters(String ruleName);

  /** How often requests met the store, as {@code Larder.stats} tells it. */
  final class Counters {
    public final java.util.concurrent.atomic.LongAdder hits =
        new java.util.concurrent.atomic.LongAdder();
    public final java.util.concurrent.atomic.LongAdder misses =
        new java.util.concurrent.atomic.LongAdder();
    public final java.util.concurrent.atomic.LongAdder bypassed =
        new java.util.concurrent.atomic.LongAdder();
    public final java.util.concurrent.atomic.LongAdder stale =
        new java.util.concurrent.atomic.LongAdder();
    public final java.util.concurrent.atomic.LongAdder stores =
        new java.util.concurrent.atomic.LongAdder();
  }
}
