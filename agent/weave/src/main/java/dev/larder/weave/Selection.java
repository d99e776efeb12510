/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.match.MethodPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * What the file says about methods: for each cache, in the file's order, the patterns of its
 * targets.
 *
 * @param caches the caches that name any
 */
public record Selection(List<CachePatterns> caches) {

  /**
   * The patterns of one cache.
   *
   * @param cache its name
   * @param methods the methods that are cached in it
   * @param except what a wildcard must not take in
   * @param evictOn the methods whose calls evict from it
   */
  public record CachePatterns(
      String cache,
      List<MethodPattern> methods,
      List<MethodPattern> except,
      List<MethodPattern> evictOn) {}

  /** Whether the file names no method at all. */
  boolean isEmpty() {
    return caches.isEmpty();
  }

  /** Every pattern that makes a class one to look into. */
  List<MethodPattern> allPatterns() {
    List<MethodPattern> all = new ArrayList<>();
    for (CachePatterns cache : caches) {
      all.addAll(cache.methods());
      all.addAll(cache.evictOn());
    }
    return all;
  }
}
