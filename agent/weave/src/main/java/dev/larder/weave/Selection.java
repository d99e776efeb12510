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
      List<MethodPattern> evictOn) {

    private String text() {
      return cache + '\n' + methods + '\n' + except + '\n' + evictOn;
    }

    private void addTo(List<MethodPattern> patterns) {
      patterns.addAll(methods);
      patterns.addAll(evictOn);
    }
  }

  /** Whether the file names no method at all. */
  boolean isEmpty() {
    return caches.isEmpty();
  }

  /** Every pattern that makes a class one to look into. */
  List<MethodPattern> allPatterns() {
    List<MethodPattern> all = new ArrayList<>();
    for (CachePatterns cache : caches) {
      cache.addTo(all);
    }
    return all;
  }

  /**
   * The patterns of all caches that say something else than before, or stand in one of both alone;
   * where the order of the others has changed, which decides who has a method, all patterns.
   */
  List<MethodPattern> changedSince(Selection before) {
    List<String> now = texts();
    List<String> then = before.texts();
    List<String> keptNow = new ArrayList<>(now);
    keptNow.retainAll(then);
    List<String> keptThen = new ArrayList<>(then);
    keptThen.retainAll(now);
    List<MethodPattern> changed = new ArrayList<>();
    if (!keptNow.equals(keptThen)) {
      changed.addAll(allPatterns());
      changed.addAll(before.allPatterns());
      return changed;
    }
    for (CachePatterns cache : caches) {
      if (!then.contains(cache.text())) {
        cache.addTo(changed);
      }
    }
    for (CachePatterns cache : before.caches) {
      if (!now.contains(cache.text())) {
        cache.addTo(changed);
      }
    }
    return changed;
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (CachePatterns cache : caches) {
      texts.add(cache.text());
    }
    return texts;
  }
}
