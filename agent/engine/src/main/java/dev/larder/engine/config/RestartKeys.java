/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The keys that only a start takes up: connections, names of stored keys and whatever else cannot
 * be made anew beneath an application that runs.
 */
public final class RestartKeys {

  private static final Set<Key<?>> ALL =
      new HashSet<>(
          List.of(
              CacheKeys.BACKEND,
              GlobalKeys.PREFIX,
              GlobalKeys.EXTENSIONS,
              GlobalKeys.KEY_BUILDER,
              GlobalKeys.CONSOLE,
              GlobalKeys.CONSOLE_TOKEN,
              GlobalKeys.MODE));

  static {
    ALL.addAll(GlobalKeys.ofBackends());
  }

  private RestartKeys() {}

  static boolean has(Key<?> key) {
    return ALL.contains(key);
  }

  /** The keys, as they are written, of which two settings say different things; no values. */
  public static List<String> changed(Settings then, Settings now) {
    List<String> changed = new ArrayList<>();
    for (Key<?> key : GlobalKeys.all()) {
      if (has(key) && !Objects.equals(then.global(key), now.global(key))) {
        changed.add(key.name());
      }
    }
    Map<String, Key<?>> ofBackends = new LinkedHashMap<>();
    then.backendKeys().forEach(key -> ofBackends.put(key.name(), key));
    now.backendKeys().forEach(key -> ofBackends.put(key.name(), key));
    for (Key<?> key : ofBackends.values()) {
      if (!Objects.equals(then.global(key), now.global(key))) {
        changed.add(key.name());
      }
    }
    Key<String> backend = CacheKeys.BACKEND;
    if (!then.global(backend).equals(now.global(backend))) {
      changed.add(backend.name());
    }
    for (String cache : both(then.cacheNames(), now.cacheNames())) {
      if ((then.isOwn(cache, backend) || now.isOwn(cache, backend))
          && !then.cache(cache, backend).equals(now.cache(cache, backend))) {
        changed.add("cache." + cache + "." + backend.name());
      }
    }
    for (String rule : both(then.ruleNames(), now.ruleNames())) {
      if ((then.isOwnOfRule(rule, backend) || now.isOwnOfRule(rule, backend))
          && !then.rule(rule, backend).equals(now.rule(rule, backend))) {
        changed.add("http." + rule + "." + backend.name());
      }
    }
    return changed;
  }

  private static Set<String> both(List<String> some, List<String> others) {
    Set<String> both = new LinkedHashSet<>(some);
    both.addAll(others);
    return both;
  }
}
