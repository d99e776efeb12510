/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

/**
 * What may be set: its name, where it may stand, how its text is read.
 *
 * @param name in kebab-case, without {@code cache.NAME.} or {@code http.NAME.}
 * @param scope where it may stand
 * @param parser what reads its text
 * @param byDefault the value where nothing says one; null is a value like any other
 */
public record Key<T>(String name, Scope scope, Parser<T> parser, T byDefault) {

  /** Where a key may stand. */
  public enum Scope {
    /** As {@code cache.NAME.KEY}, and as {@code KEY} for the caches that say none. */
    CACHE,
    /** As {@code cache.NAME.KEY} alone. */
    CACHE_ONLY,
    /** As {@code KEY} alone. */
    GLOBAL,
    /** As {@code http.NAME.KEY}, and as {@code http.KEY} for the rules that say none. */
    RULE,
    /** As {@code http.NAME.KEY} alone. */
    RULE_ONLY
  }

  /** A key of caches with a global default. */
  public static <T> Key<T> cache(String name, Parser<T> parser, T byDefault) {
    return new Key<>(name, Scope.CACHE, parser, byDefault);
  }

  /** A key of one cache alone. */
  public static <T> Key<T> cacheOnly(String name, Parser<T> parser, T byDefault) {
    return new Key<>(name, Scope.CACHE_ONLY, parser, byDefault);
  }

  /** A global key. */
  public static <T> Key<T> global(String name, Parser<T> parser, T byDefault) {
    return new Key<>(name, Scope.GLOBAL, parser, byDefault);
  }

  /** A key of path rules with a default for all of them. */
  public static <T> Key<T> rule(String name, Parser<T> parser, T byDefault) {
    return new Key<>(name, Scope.RULE, parser, byDefault);
  }

  /** A key of one path rule alone. */
  public static <T> Key<T> ruleOnly(String name, Parser<T> parser, T byDefault) {
    return new Key<>(name, Scope.RULE_ONLY, parser, byDefault);
  }

  @Override
  public String toString() {
    return name;
  }
}
