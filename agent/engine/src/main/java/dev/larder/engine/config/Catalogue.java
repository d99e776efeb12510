/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Every key there is, and what a written key means: {@code cache.NAME.KEY}, {@code KEY}, … */
public final class Catalogue {

  static final String CACHE = "cache.";
  static final String RULE = "http.";

  /** Where a setting belongs. */
  enum Kind {
    GLOBAL,
    /** Of a backend that is not Larder's. */
    BACKEND,
    CACHE,
    RULE_DEFAULT,
    RULE
  }

  /**
   * What a written key means.
   *
   * @param owner the name of the cache or rule, of a variable as far as it tells it; else empty
   */
  record Location(Kind kind, String owner, Key<?> key) {}

  private final Names plain;
  private Names variables;

  /**
   * Of Larder's own keys and others.
   *
   * @param ruleKeys the keys of path rules
   */
  public Catalogue(Collection<? extends Key<?>> ruleKeys) {
    this.plain = new Names('.', CACHE, RULE);
    plain.add(GlobalKeys.all());
    plain.add(CacheKeys.all());
    plain.add(ruleKeys);
    for (Key<?> key : CacheKeys.forRules()) {
      plain.rules.putIfAbsent(key.name(), key);
      plain.ruleDefaults.putIfAbsent(key.name(), key);
    }
  }

  /** What a key of a file means; null where it is none. */
  Location locate(String key) {
    return plain.locate(key);
  }

  /**
   * What the name of an environment variable means, {@code LARDER_} aside; null where it is none.
   */
  Location locateVariable(String name) {
    if (variables == null) {
      variables = plain.asVariables();
    }
    return variables.locate(name);
  }

  /** A name as variables write it: in upper case, with {@code _} for each dot and hyphen. */
  static String asVariable(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  Collection<String> globals() {
    return plain.globals.keySet();
  }

  Collection<String> caches() {
    return plain.caches.keySet();
  }

  Collection<String> rules() {
    return plain.rules.keySet();
  }

  Collection<String> ruleDefaults() {
    return plain.ruleDefaults.keySet();
  }

  /** The keys in one way of writing. */
  private static final class Names {

    private final char separator;
    private final String cachePrefix;
    private final String rulePrefix;
    private final Map<String, Key<?>> globals = new LinkedHashMap<>();
    private final Map<String, Key<?>> caches = new LinkedHashMap<>();
    private final Map<String, Key<?>> rules = new LinkedHashMap<>();
    private final Map<String, Key<?>> ruleDefaults = new LinkedHashMap<>();

    Names(char separator, String cachePrefix, String rulePrefix) {
      this.separator = separator;
      this.cachePrefix = cachePrefix;
      this.rulePrefix = rulePrefix;
    }

    void add(Collection<? extends Key<?>> keys) {
      for (Key<?> key : keys) {
        switch (key.scope()) {
          case GLOBAL -> globals.put(key.name(), key);
          case CACHE -> {
            globals.put(key.name(), key);
            caches.put(key.name(), key);
          }
          case CACHE_ONLY -> caches.put(key.name(), key);
          case RULE -> {
            ruleDefaults.put(key.name(), key);
            rules.put(key.name(), key);
          }
          case RULE_ONLY -> rules.put(key.name(), key);
        }
      }
    }

    Names asVariables() {
      Names names = new Names('_', asVariable(cachePrefix), asVariable(rulePrefix));
      copy(globals, names.globals);
      copy(caches, names.caches);
      copy(rules, names.rules);
      copy(ruleDefaults, names.ruleDefaults);
      return names;
    }

    private static void copy(Map<String, Key<?>> from, Map<String, Key<?>> to) {
      for (Map.Entry<String, Key<?>> each : from.entrySet()) {
        to.put(asVariable(each.getKey()), each.getValue());
      }
    }

    Location locate(String text) {
      Key<?> global = globals.get(text);
      if (global != null) {
        return new Location(Kind.GLOBAL, "", global);
      }
      if (text.startsWith(cachePrefix)) {
        return owned(Kind.CACHE, text, cachePrefix.length(), caches);
      }
      if (text.startsWith(rulePrefix)) {
        Key<?> byDefault = ruleDefaults.get(text.substring(rulePrefix.length()));
        return byDefault != null
            ? new Location(Kind.RULE_DEFAULT, "", byDefault)
            : owned(Kind.RULE, text, rulePrefix.length(), rules);
      }
      return null;
    }

    /** The longest key that ends the text and leaves a name before it. */
    private Location owned(Kind kind, String text, int start, Map<String, Key<?>> keys) {
      for (int at = text.indexOf(separator, start + 1);
          at >= 0;
          at = text.indexOf(separator, at + 1)) {
        Key<?> key = keys.get(text.substring(at + 1));
        if (key != null) {
          return new Location(kind, text.substring(start, at), key);
        }
      }
      return null;
    }
  }
}
