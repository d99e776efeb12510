/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import dev.larder.engine.config.Layer.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What all sources together say; immutable.
 *
 * <p>From highest to lowest: {@code cache.NAME.KEY} from any source, the annotation's attribute,
 * {@code KEY} from any source, the built-in default. Among sources: system properties, environment,
 * agent options, file. A variable of the environment does not tell the exact name of its cache, so
 * that it is looked up by the name that is asked for; this finds caches that only an annotation
 * names.
 */
public final class Settings {

  private final Layer fileAndOptions;
  private final Layer environment;
  private final Layer systemProperties;
  private final Faulty faulty;

  /** What {@link RestartKeys} are taken from; null for these settings themselves. */
  private final Settings start;

  private final List<String> cacheNames;
  private final List<String> ruleNames;

  /** Takes null for what is faulty where nothing is to be left out. */
  Settings(Layer fileAndOptions, Layer environment, Layer systemProperties, Faulty faulty) {
    this(fileAndOptions, environment, systemProperties, faulty, null);
  }

  private Settings(
      Layer fileAndOptions,
      Layer environment,
      Layer systemProperties,
      Faulty faulty,
      Settings start) {
    this.start = start;
    this.fileAndOptions = fileAndOptions;
    this.environment = environment;
    this.systemProperties = systemProperties;
    this.faulty = faulty;
    Set<String> caches = new LinkedHashSet<>();
    Set<String> rules = new LinkedHashSet<>();
    for (Layer layer : List.of(fileAndOptions, systemProperties)) {
      for (String name : layer.cacheNames()) {
        if (!isLeftOut(name)) {
          caches.add(name);
        }
      }
      for (String name : layer.ruleNames()) {
        if (faulty == null || !faulty.hasRule(name)) {
          rules.add(name);
        }
      }
    }
    this.cacheNames = Collections.unmodifiableList(new ArrayList<>(caches));
    this.ruleNames = Collections.unmodifiableList(new ArrayList<>(rules));
  }

  /** Whether no source says anything. */
  public boolean isEmpty() {
    return fileAndOptions.isEmpty() && environment.isEmpty() && systemProperties.isEmpty();
  }

  /** Settings where no source says anything. */
  public static Settings none() {
    return new Settings(new Layer(), new Layer(), new Layer(), null);
  }

  /**
   * Settings as a file of such keys gives them; the map's order is the file's.
   *
   * @throws IllegalArgumentException if a key or a value is at fault
   */
  public static Settings of(Map<String, String> file) {
    return of(file, new Catalogue(List.of()));
  }

  /**
   * Settings as a file of such keys gives them; the map's order is the file's.
   *
   * @throws IllegalArgumentException if a key or a value is at fault
   */
  public static Settings of(Map<String, String> file, Catalogue catalogue) {
    SettingsReader reader = new SettingsReader(catalogue, Map.of());
    for (Map.Entry<String, String> each : file.entrySet()) {
      reader.option("settings", each.getKey(), each.getValue());
    }
    if (!reader.faults().isEmpty()) {
      throw new IllegalArgumentException(reader.faults().toString());
    }
    return reader.settings();
  }

  /** These settings, but with what only a start takes up as it was then. */
  public Settings since(Settings started) {
    return new Settings(fileAndOptions, environment, systemProperties, faulty, started);
  }

  private boolean isOfStart(Key<?> key) {
    return start != null && RestartKeys.has(key);
  }

  /** What is said for all: of a cache's key, the default of those that say none. */
  public <T> T global(Key<T> key) {
    if (isOfStart(key)) {
      return start.global(key);
    }
    return valueOr(key, findGlobal(key));
  }

  /** What is said for a cache, no annotation being there. */
  public <T> T cache(String cacheName, Key<T> key) {
    if (isOfStart(key)) {
      return start.cache(cacheName, key);
    }
    Setting own = findOfCache(cacheName, key);
    return own == null ? global(key) : valueOr(key, own);
  }

  /**
   * What is said for a cache.
   *
   * @param annotationText what the annotation's attribute says; null or empty where it says nothing
   * @throws FaultyValue if the attribute counts and is at fault
   */
  public <T> T cache(String cacheName, Key<T> key, String annotationText) throws FaultyValue {
    Setting own = findOfCache(cacheName, key);
    if (own == null && annotationText != null && !annotationText.isEmpty()) {
      boolean blanksCount = key.equals(CacheKeys.KEY); // as they do in that of an eviction
      return key.parser().parse(blanksCount ? annotationText : annotationText.strip());
    }
    return own == null ? global(key) : valueOr(key, own);
  }

  /**
   * What is said for a path rule: {@code http.NAME.KEY}, {@code http.KEY}, and of a key that caches
   * have as well, {@code KEY}.
   */
  public <T> T rule(String ruleName, Key<T> key) {
    if (isOfStart(key)) {
      return start.rule(ruleName, key);
    }
    Setting own = findOfRule(ruleName, key);
    return own == null ? ruleDefault(key) : valueOr(key, own);
  }

  /** What is said for the path rules that say none. */
  public <T> T ruleDefault(Key<T> key) {
    if (isOfStart(key)) {
      return start.ruleDefault(key);
    }
    Setting setting = findRuleDefault(key);
    return setting == null ? global(key) : valueOr(key, setting);
  }

  /** The keys of backends that are not Larder's, in the order of file, options and properties. */
  public Collection<Key<?>> backendKeys() {
    Map<String, Key<?>> keys = new LinkedHashMap<>();
    for (Layer layer : List.of(fileAndOptions, systemProperties)) {
      for (Key<?> key : layer.backendKeys()) {
        keys.put(key.name(), key);
      }
    }
    return keys.values();
  }

  /** Whether any source says it for all. */
  public boolean isSet(Key<?> key) {
    return findGlobal(key) != null;
  }

  /** Whether any source says it for a cache or for all; annotations aside. */
  public boolean isSet(String cacheName, Key<?> key) {
    return findOfCache(cacheName, key) != null || isSet(key);
  }

  /** Whether any source says it for a path rule, for all rules or for all. */
  public boolean isRuleSet(String ruleName, Key<?> key) {
    return findOfRule(ruleName, key) != null || findRuleDefault(key) != null || isSet(key);
  }

  /** Whether any source says it for just this cache. */
  boolean isOwn(String cacheName, Key<?> key) {
    return findOfCache(cacheName, key) != null;
  }

  /** Whether any source says it for just this path rule. */
  boolean isOwnOfRule(String ruleName, Key<?> key) {
    return findOfRule(ruleName, key) != null;
  }

  /** The caches of file, options and system properties, in this order and as each has them. */
  public List<String> cacheNames() {
    return cacheNames;
  }

  /** The path rules of file, options and system properties, in this order and as each has them. */
  public List<String> ruleNames() {
    return ruleNames;
  }

  private Setting findGlobal(Key<?> key) {
    Setting setting = systemProperties.global(key.name());
    setting = setting == null ? environment.global(key.name()) : setting;
    return setting == null ? fileAndOptions.global(key.name()) : setting;
  }

  private Setting findRuleDefault(Key<?> key) {
    Setting setting = systemProperties.ruleDefault(key.name());
    setting = setting == null ? environment.ruleDefault(key.name()) : setting;
    return setting == null ? fileAndOptions.ruleDefault(key.name()) : setting;
  }

  private Setting findOfCache(String name, Key<?> key) {
    if (faulty != null && key.equals(CacheKeys.ENABLED) && isLeftOut(name)) {
      return Faulty.OFF;
    }
    Setting setting = systemProperties.cache(name, key.name());
    if (setting == null && environment.namesCaches()) {
      setting = environment.cache(Catalogue.asVariable(name), key.name());
    }
    return setting == null ? fileAndOptions.cache(name, key.name()) : setting;
  }

  private Setting findOfRule(String name, Key<?> key) {
    Setting setting = systemProperties.rule(name, key.name());
    if (setting == null && environment.namesRules()) {
      setting = environment.rule(Catalogue.asVariable(name), key.name());
    }
    return setting == null ? fileAndOptions.rule(name, key.name()) : setting;
  }

  private boolean isLeftOut(String cacheName) {
    return faulty != null && faulty.hasCache(cacheName);
  }

  /** What the key's own parser, or that of a key of its name, has read. */
  @SuppressWarnings("unchecked")
  private static <T> T valueOr(Key<T> key, Setting setting) {
    return setting == null ? key.byDefault() : (T) setting.value();
  }
}
