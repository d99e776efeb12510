/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import dev.larder.engine.config.Catalogue.Kind;
import dev.larder.engine.config.Catalogue.Location;
import dev.larder.engine.config.Layer.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The caches and path rules that {@code on-config-error = skip} leaves out. */
final class Faulty {

  /** What {@code enabled} says for a cache that is left out. */
  static final Setting OFF = new Setting(false);

  private final Names caches = new Names();
  private final Names rules = new Names();
  private boolean everything;

  /** Names by how much of them is known. */
  private static final class Names {
    private final Set<String> exact = new HashSet<>();
    private final Set<String> variables = new HashSet<>();
    private final List<String> unknownKeys = new ArrayList<>();

    boolean has(String name) {
      if (exact.contains(name)
          || (!variables.isEmpty() && variables.contains(Catalogue.asVariable(name)))) {
        return true;
      }
      for (String key : unknownKeys) {
        if (key.startsWith(name) && key.startsWith(".", name.length())) {
          return true;
        }
      }
      return false;
    }
  }

  /** Notes a fault of a known key. */
  void add(Location location, boolean isVariable) {
    if (location.kind() == Kind.CACHE || location.kind() == Kind.RULE) {
      Names names = location.kind() == Kind.CACHE ? caches : rules;
      (isVariable ? names.variables : names.exact).add(location.owner());
    } else {
      everything = true;
    }
  }

  /**
   * Notes an unknown key: its name ends nobody knows where, so that each one that fits is meant.
   */
  void addUnknown(String key) {
    if (key.startsWith(Catalogue.CACHE)) {
      caches.unknownKeys.add(key.substring(Catalogue.CACHE.length()));
    } else if (key.startsWith(Catalogue.RULE)) {
      rules.unknownKeys.add(key.substring(Catalogue.RULE.length()));
    }
  }

  /** Notes a fault that may be about anything. */
  void addEverything() {
    everything = true;
  }

  /** Whether nothing sound is left: what is said for all is at fault. */
  boolean isEverything() {
    return everything;
  }

  boolean hasCache(String name) {
    return caches.has(name);
  }

  boolean hasRule(String name) {
    return rules.has(name);
  }
}
