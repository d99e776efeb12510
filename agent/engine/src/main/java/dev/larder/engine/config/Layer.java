/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import dev.larder.engine.config.Catalogue.Location;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parsed values from sources that stand next to each other in precedence. */
final class Layer {

  /** A value that some source gives; null is a value like any other. */
  record Setting(Object value) {}

  private final Map<String, Setting> globals = new LinkedHashMap<>();
  private final Map<String, Key<?>> backendKeys = new LinkedHashMap<>();
  private final Map<String, Setting> ruleDefaults = new LinkedHashMap<>();
  private final Map<String, Map<String, Setting>> caches = new LinkedHashMap<>();
  private final Map<String, Map<String, Setting>> rules = new LinkedHashMap<>();

  /** Keeps a value, over what an earlier source says. */
  void put(Location location, Object value) {
    String key = location.key().name();
    Setting setting = new Setting(value);
    switch (location.kind()) {
      case GLOBAL -> globals.put(key, setting);
      case BACKEND -> {
        globals.put(key, setting);
        backendKeys.put(key, location.key());
      }
      case RULE_DEFAULT -> ruleDefaults.put(key, setting);
      case CACHE -> of(caches, location.owner()).put(key, setting);
      case RULE -> of(rules, location.owner()).put(key, setting);
    }
  }

  /** Null where it says nothing, as from all of these. */
  Setting global(String key) {
    return globals.get(key);
  }

  Setting ruleDefault(String key) {
    return ruleDefaults.get(key);
  }

  Setting cache(String name, String key) {
    return find(caches, name, key);
  }

  Setting rule(String name, String key) {
    return find(rules, name, key);
  }

  /** The keys of backends that are not Larder's. */
  Iterable<Key<?>> backendKeys() {
    return backendKeys.values();
  }

  /** Whether it names a class as a backend, of whatever. */
  boolean namesABackendsClass() {
    String backend = CacheKeys.BACKEND.name();
    if (isClass(globals.get(backend)) || isClass(ruleDefaults.get(backend))) {
      return true;
    }
    for (Map<String, Setting> cache : caches.values()) {
      if (isClass(cache.get(backend))) {
        return true;
      }
    }
    for (Map<String, Setting> rule : rules.values()) {
      if (isClass(rule.get(backend))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isClass(Setting backend) {
    return backend != null && backend.value() instanceof String name && name.indexOf('.') > 0;
  }

  boolean isEmpty() {
    return globals.isEmpty() && ruleDefaults.isEmpty() && caches.isEmpty() && rules.isEmpty();
  }

  boolean namesCaches() {
    return !caches.isEmpty();
  }

  boolean namesRules() {
    return !rules.isEmpty();
  }

  Iterable<String> cacheNames() {
    return caches.keySet();
  }

  Iterable<String> ruleNames() {
    return rules.keySet();
  }

  private static Map<String, Setting> of(Map<String, Map<String, Setting>> all, String name) {
    Map<String, Setting> one = all.get(name);
    if (one == null) {
      one = new LinkedHashMap<>();
      all.put(name, one);
    }
    return one;
  }

  private static Setting find(Map<String, Map<String, Setting>> all, String name, String key) {
    Map<String, Setting> one = all.get(name);
    return one == null ? null : one.get(key);
  }
}
