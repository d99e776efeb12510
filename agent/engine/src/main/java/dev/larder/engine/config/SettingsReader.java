/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import dev.larder.engine.config.Catalogue.Kind;
import dev.larder.engine.config.Catalogue.Location;
import dev.larder.engine.config.GlobalKeys.OnConfigError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads sources from lowest to highest, each at most once: file, agent options, environment, system
 * properties. It collects every fault, and never throws for one.
 */
public final class SettingsReader {

  private static final String VARIABLE = "LARDER_";
  private static final String FILE_VARIABLE = "LARDER_CONFIG";
  private static final String PROPERTY = "larder.";

  private final Catalogue catalogue;
  private final Map<String, String> variables;
  private final Layer fileAndOptions = new Layer();
  private final Layer environment = new Layer();
  private final Layer systemProperties = new Layer();
  private final Faulty faulty = new Faulty();
  private final List<Fault> faults = new ArrayList<>();
  private final List<Fault> warnings = new ArrayList<>();
  private final Map<String, Integer> optionsSoFar = new HashMap<>();
  private final List<Unknown> unknown = new ArrayList<>();

  /**
   * A key that is not Larder's, and a backend's only if a class is named as one.
   *
   * @param written the key as the source writes it
   * @param before how many faults of a file or option, else warnings, were found before it
   */
  private record Unknown(
      Layer layer,
      String source,
      int line,
      String key,
      String written,
      String value,
      String twice,
      int before) {}

  /**
   * A reader of nothing so far.
   *
   * @param catalogue the keys that are known
   * @param variables what secrets given as {@code env:NAME} are taken from
   */
  public SettingsReader(Catalogue catalogue, Map<String, String> variables) {
    this.catalogue = catalogue;
    this.variables = variables;
  }

  /**
   * Reads the text of a properties file.
   *
   * @param source the file's name as faults are to say it
   */
  public void file(String source, String text) {
    Map<String, Integer> lines = new HashMap<>();
    for (PropertiesText.Line line : PropertiesText.read(text)) {
      if (line.value() == null) {
        faulty.addEverything();
        faults.add(
            new Fault(
                source,
                line.number(),
                line.key(),
                "a \\u is not followed by four hexadecimal digits",
                "\\u and four digits of 0-9 and a-f; \\\\ for a backslash itself",
                null));
      } else {
        Integer before = lines.putIfAbsent(line.key(), line.number());
        String twice =
            before == null ? null : "stands twice, first in line ".concat(before.toString());
        take(source, line.number(), line.key(), line.value(), twice);
      }
    }
  }

  /** Reads one of the agent's options. */
  public void option(String source, String key, String value) {
    boolean again = optionsSoFar.putIfAbsent(key, 0) != null;
    take(source, 0, key, value, again ? "stands twice" : null);
  }

  private void take(String source, int line, String key, String value, String twice) {
    Location location = catalogue.locate(key);
    if (location == null) {
      unknown.add(new Unknown(fileAndOptions, source, line, key, key, value, twice, faults.size()));
    } else if (twice != null) {
      refuseTwice(location, source, line, key, twice);
    } else {
      keep(fileAndOptions, location, source, line, key, value);
    }
  }

  private void refuseTwice(Location location, String source, int line, String key, String twice) {
    faulty.add(location, false);
    faults.add(new Fault(source, line, key, twice, "one value for each key", null));
  }

  /** Decides, now that all sources have been read, what the unknown keys are. */
  private void settle() {
    if (unknown.isEmpty()) {
      return;
    }
    boolean areBackends =
        fileAndOptions.namesABackendsClass()
            || environment.namesABackendsClass()
            || systemProperties.namesABackendsClass();
    for (int i = unknown.size() - 1; i >= 0; i--) { // so that the places of those before stay
      Unknown each = unknown.get(i);
      if (!areBackends || !BackendKeys.mayBe(each.key, catalogue)) {
        unknown.remove(i);
        refuse(each);
      }
    }
    for (Unknown each : unknown) {
      Location location = new Location(Kind.BACKEND, "", BackendKeys.of(each.key));
      if (each.twice == null) {
        keep(each.layer, location, each.source, each.line, each.written, each.value);
      } else {
        refuseTwice(location, each.source, each.line, each.key, each.twice);
      }
    }
    unknown.clear();
  }

  private void refuse(Unknown each) {
    if (each.layer != fileAndOptions) {
      warnings.add(each.before, unknown(each.source, each.written));
      return;
    }
    faulty.addUnknown(each.key);
    String nearest = NearestKey.of(each.key, catalogue);
    String allowed = nearest == null ? "KEY = VALUE in each line" : null;
    faults.add(
        each.before,
        new Fault(each.source, each.line, each.key, "there is no such key", allowed, nearest));
  }

  /** Reads the variables that begin with {@code LARDER_}, in the order of their names. */
  public void environment(Map<String, String> all) {
    for (String name : namesWith(VARIABLE, all)) {
      if (!name.equals(FILE_VARIABLE)) {
        Location location = catalogue.locateVariable(name.substring(VARIABLE.length()));
        if (location == null) {
          unknown.add(
              new Unknown(
                  environment,
                  "environment variable",
                  0,
                  unknownKey(name.substring(VARIABLE.length())),
                  name,
                  all.get(name),
                  null,
                  warnings.size()));
        } else {
          keep(environment, location, "environment variable", 0, name, all.get(name));
        }
      }
    }
  }

  /**
   * Reads the properties that begin with {@code larder.}, in the order of their names; what is no
   * text is passed over.
   */
  public void systemProperties(Map<?, ?> all) {
    for (String name : namesWith(PROPERTY, all)) {
      if (all.get(name) instanceof String value) {
        Location location = catalogue.locate(name.substring(PROPERTY.length()));
        if (location == null) {
          String key = name.substring(PROPERTY.length());
          unknown.add(
              new Unknown(
                  systemProperties, "system property", 0, key, name, value, null, warnings.size()));
        } else {
          keep(systemProperties, location, "system property", 0, name, value);
        }
      }
    }
  }

  /** The unknown key of file or options that a variable is about; the variable itself if none. */
  private String unknownKey(String variable) {
    for (Unknown each : unknown) {
      if (Catalogue.asVariable(each.key).equals(variable)) {
        return each.key;
      }
    }
    return variable;
  }

  private static List<String> namesWith(String prefix, Map<?, ?> all) {
    List<String> names = new ArrayList<>();
    for (Object key : all.keySet()) {
      if (key instanceof String name && name.startsWith(prefix)) {
        names.add(name);
      }
    }
    Collections.sort(names);
    return names;
  }

  private Fault unknown(String source, String name) {
    boolean isVariable = name.startsWith(VARIABLE);
    String key = name.substring((isVariable ? VARIABLE : PROPERTY).length());
    String nearest =
        NearestKey.of(isVariable ? key.toLowerCase(Locale.ROOT).replace('_', '.') : key, catalogue);
    if (nearest != null) {
      nearest =
          isVariable ? VARIABLE.concat(Catalogue.asVariable(nearest)) : PROPERTY.concat(nearest);
    }
    return new Fault(source, 0, name, "ends in no known key and is ignored", null, nearest);
  }

  private void keep(
      Layer layer, Location location, String source, int line, String key, String value) {
    try {
      layer.put(location, parse(location, value.strip()));
    } catch (FaultyValue wrong) {
      faulty.add(location, layer == environment);
      String allowed = wrong.allowed();
      if (value.indexOf(" #") >= 0 || value.indexOf(" !") >= 0) {
        allowed = allowed.concat("; a comment is a line of its own");
      }
      faults.add(new Fault(source, line, key, wrong.problem(), allowed, null));
    }
  }

  private Object parse(Location location, String text) throws FaultyValue {
    if (location.kind() == Kind.CACHE || location.kind() == Kind.RULE) {
      for (int i = 0; i < location.owner().length(); i++) {
        if (Character.isISOControl(location.owner().charAt(i))) {
          throw new FaultyValue(
              "the name has a control character in it", "a name without control characters");
        }
      }
    }
    Parser<?> parser = location.key().parser();
    if (parser == ValueKind.SECRET) {
      return Secrets.read(text, variables);
    }
    return parser == ValueKind.SECRETS ? Secrets.readAll(text, variables) : parser.parse(text);
  }

  /** Notes a fault of a source as a whole. */
  public void refuse(Fault fault) {
    faulty.addEverything();
    faults.add(fault);
  }

  /** Everything that is wrong, in the order in which it was read. */
  public List<Fault> faults() {
    settle();
    return Collections.unmodifiableList(faults);
  }

  /** What was ignored, in the order in which it was read. */
  public List<Fault> warnings() {
    settle();
    List<Fault> all = new ArrayList<>(warnings);
    for (String owner : environment.cacheNames()) {
      for (Key<?> key : List.of(CacheKeys.METHODS, CacheKeys.EVICT_ON)) {
        if (environment.cache(owner, key.name()) != null && !namesCache(owner)) {
          String name = Catalogue.asVariable(Catalogue.CACHE + owner + "." + key.name());
          all.add(
              new Fault(
                  "environment variable",
                  0,
                  VARIABLE.concat(name),
                  "is of no cache that file, options or system properties name, and is ignored",
                  null,
                  null));
        }
      }
    }
    return Collections.unmodifiableList(all);
  }

  /** Whether a variable's cache is named by what tells its exact name, as no variable does. */
  private boolean namesCache(String owner) {
    for (Layer layer : List.of(fileAndOptions, systemProperties)) {
      for (String name : layer.cacheNames()) {
        if (Catalogue.asVariable(name).equals(owner)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether what is left without the faulty caches and path rules is sound. */
  public boolean isRestSound() {
    settle();
    return !faulty.isEverything();
  }

  /**
   * What was read so far, without the faulty values; with {@code on-config-error = skip} also
   * without the faulty caches and path rules.
   */
  public Settings settings() {
    settle();
    Settings all = new Settings(fileAndOptions, environment, systemProperties, null);
    return faults.isEmpty() || all.global(GlobalKeys.ON_CONFIG_ERROR) != OnConfigError.SKIP
        ? all
        : new Settings(fileAndOptions, environment, systemProperties, faulty);
  }
}
