/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.config;

import dev.larder.engine.config.Catalogue;
import dev.larder.engine.config.Fault;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.Key;
import dev.larder.engine.config.Settings;
import dev.larder.engine.config.SettingsReader;
import dev.larder.ops.config.Configuration.Outcome;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Finds and reads the sources: properties file, agent options, environment, system properties. It
 * runs before the application, so that where no source says anything it does not even load the
 * keys.
 */
public final class ConfigurationLoader {

  private static final String OPTIONS = "agent options";
  private static final String FILE_VARIABLE = "LARDER_CONFIG";
  private static final String DEFAULT_FILE = "larder.properties";

  private final File directory;
  private final Map<String, String> environment;
  private final Map<?, ?> systemProperties;
  private final Supplier<? extends Collection<? extends Key<?>>> ruleKeys;

  /**
   * A loader of one JVM's sources; it may load again and again.
   *
   * @param directory what relative paths begin at; null for the JVM's working directory
   * @param environment the variables
   * @param systemProperties the properties; what is no text is passed over
   * @param ruleKeys the keys of path rules, asked for only if some source says something
   */
  public ConfigurationLoader(
      File directory,
      Map<String, String> environment,
      Map<?, ?> systemProperties,
      Supplier<? extends Collection<? extends Key<?>>> ruleKeys) {
    this.directory = directory;
    this.environment = environment;
    this.systemProperties = systemProperties;
    this.ruleKeys = ruleKeys;
  }

  /**
   * Whether no source says anything. A JVM that gets the agent by a variable of its environment, as
   * a build tool's does, is such a one, and finds out with this class alone.
   *
   * @param directory what relative paths begin at; null for the JVM's working directory
   * @param options the agent's options; null for none
   */
  public static boolean isSilent(
      File directory, String options, Map<String, String> environment, Map<?, ?> systemProperties) {
    return (options == null || options.isBlank())
        && !hasPrefix(environment, "LARDER_")
        && !hasPrefix(systemProperties, "larder.")
        && !resolve(directory, DEFAULT_FILE).isFile();
  }

  /** The file that is looked for where nothing names one. */
  public static File defaultFile(File directory) {
    return resolve(directory, DEFAULT_FILE);
  }

  /** What tells a file from what it was, or will be; null where there is none. */
  static BasicFileAttributes attributes(File file) {
    try {
      return file.isFile() ? Files.readAttributes(file.toPath(), BasicFileAttributes.class) : null;
    } catch (IOException | InvalidPathException gone) {
      return null;
    }
  }

  /**
   * Reads all sources.
   *
   * @param options the agent's options: a path, or {@code key=value;key=value}; null for none
   */
  public Configuration load(String options) {
    if (isSilent(directory, options, environment, systemProperties)) {
      return new Configuration(Settings.none(), Outcome.CACHE, List.of(), List.of(), null, null);
    }
    AgentOptions parsed = AgentOptions.parse(options);
    String named = parsed.file();
    String namedBy = OPTIONS;
    if (named == null) {
      named = environment.get(FILE_VARIABLE);
      namedBy = "environment variable " + FILE_VARIABLE;
    }
    boolean isNamed = named != null && !named.isBlank();
    String path = isNamed ? named : DEFAULT_FILE;
    File file = resolve(directory, path);
    boolean hasFile = isNamed || file.isFile();
    BasicFileAttributes attributes = attributes(file);
    SettingsReader reader = new SettingsReader(new Catalogue(ruleKeys.get()), environment);
    if (hasFile) {
      read(file, path, isNamed ? namedBy : null, reader);
    }
    for (Fault fault : parsed.faults()) {
      reader.refuse(fault);
    }
    for (AgentOptions.Option option : parsed.options()) {
      reader.option(OPTIONS, option.key(), option.value());
    }
    reader.environment(environment);
    reader.systemProperties(systemProperties);
    Settings settings = reader.settings();
    return new Configuration(
        settings,
        outcome(reader, settings),
        reader.faults(),
        reader.warnings(),
        hasFile ? file : null,
        hasFile ? attributes : null);
  }

  /**
   * Reads one file alone, as if nothing else said anything. The environment counts only where a
   * secret of the file is {@code env:NAME}.
   *
   * @param path as a user has written it
   */
  public Configuration loadFile(String path) {
    File file = resolve(directory, path);
    BasicFileAttributes attributes = attributes(file);
    SettingsReader reader = new SettingsReader(new Catalogue(ruleKeys.get()), environment);
    read(file, path, null, reader);
    Settings settings = reader.settings();
    return new Configuration(
        settings, outcome(reader, settings), reader.faults(), reader.warnings(), file, attributes);
  }

  private static Outcome outcome(SettingsReader reader, Settings settings) {
    if (reader.faults().isEmpty()) {
      return Outcome.CACHE;
    }
    return switch (settings.global(GlobalKeys.ON_CONFIG_ERROR)) {
      case EXIT -> Outcome.EXIT;
      case UNCACHED -> Outcome.UNCACHED;
      case SKIP -> reader.isRestSound() ? Outcome.CACHE : Outcome.UNCACHED;
    };
  }

  private static boolean hasPrefix(Map<?, ?> map, String prefix) {
    for (Object key : map.keySet()) {
      if (key instanceof String name && name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static File resolve(File directory, String path) {
    File file = new File(path);
    return directory == null || file.isAbsolute() ? file : new File(directory, path);
  }

  private static void read(File file, String path, String namedBy, SettingsReader reader) {
    byte[] bytes;
    try (FileInputStream in = new FileInputStream(file)) {
      bytes = in.readAllBytes();
    } catch (IOException unreadable) {
      String problem = file.exists() ? "the file cannot be read" : "the file does not exist";
      String by = namedBy == null ? "" : ", which is named by the " + namedBy;
      reader.refuse(
          new Fault(path, 0, null, problem + by, "a properties file that can be read", null));
      return;
    }
    Utf8 text = Utf8.decode(bytes);
    if (text.faultyLine() > 0) {
      reader.refuse(
          new Fault(
              path,
              text.faultyLine(),
              null,
              "the line is not in UTF-8",
              "a properties file in UTF-8; \\u and four hexadecimal digits for any character",
              null));
    } else {
      reader.file(path, text.text());
    }
  }
}
