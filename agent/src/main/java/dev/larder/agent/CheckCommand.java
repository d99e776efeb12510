/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.agent.CheckReport.Pattern;
import dev.larder.agent.CheckReport.Refused;
import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.Fault;
import dev.larder.engine.config.Key;
import dev.larder.engine.config.Settings;
import dev.larder.engine.match.MethodPattern;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.http.HttpKeys;
import dev.larder.ops.config.Configuration;
import dev.larder.ops.config.ConfigurationLoader;
import dev.larder.weave.Selection;
import dev.larder.weave.Selection.CachePatterns;
import dev.larder.weave.SourceTypes;
import dev.larder.weave.Survey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Validates a properties file, and lists what its patterns match. */
@Command(
    name = "check",
    description = "validates a properties file, and lists what its patterns match",
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {

  /** What is removed by methods of evict-on. */
  private static final List<Key<?>> EVICTING =
      List.of(CacheKeys.EVICT_KEY, CacheKeys.EVICT_TAGS, CacheKeys.EVICT_ALL);

  @Parameters(paramLabel = "FILE", description = "the properties file")
  private String file;

  @Option(
      names = "--classpath",
      paramLabel = "PATH",
      description = "the application's jars and folders, to match the patterns against")
  private String classPath;

  @Option(names = "--json", description = "prints an object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Configuration configuration =
        new ConfigurationLoader(null, System.getenv(), Map.of(), new RuleKeys()).loadFile(file);
    List<Fault> faults = configuration.faults();
    Settings settings = configuration.settings();
    String missing = classPath == null ? null : firstMissing(classPath);
    if (missing != null && faults.isEmpty()) {
      System.err.println("--classpath names " + missing + ", which does not exist");
      return CommandLine.USAGE;
    }
    boolean surveyed = classPath != null && faults.isEmpty();
    Set<Refused> annotations = surveyed ? refusedAnnotations() : Set.of();
    CheckReport report =
        new CheckReport(
            file,
            settings.cacheNames().size(),
            settings.ruleNames().size(),
            faults,
            faults.isEmpty() ? idle(settings) : List.of(),
            annotations,
            surveyed ? patterns(settings, annotations) : null);
    System.out.print(json ? report.json() : report.text());
    return faults.isEmpty() ? CommandLine.OK : CommandLine.FAULTS;
  }

  /** What does nothing without another key, which a wrong NAME often has been given to. */
  private static List<String> idle(Settings settings) {
    List<String> idle = new ArrayList<>();
    for (String cache : settings.cacheNames()) {
      if (settings.cache(cache, CacheKeys.EVICT_ON).isEmpty()) {
        for (Key<?> key : EVICTING) {
          Object said = settings.cache(cache, key);
          if (said != null && !said.equals(false)) {
            idle.add(without("cache." + cache, "." + key.name(), ".evict-on"));
          }
        }
      }
    }
    for (String rule : settings.ruleNames()) {
      if (settings.rule(rule, HttpKeys.PATHS) == null) {
        idle.add(without("http." + rule, "", ".paths"));
      }
    }
    return idle;
  }

  private static String without(String owner, String key, String missing) {
    return owner + key + " does nothing: there is no " + owner + missing;
  }

  private static String firstMissing(String classPath) {
    for (String element : classPath.split(File.pathSeparator, -1)) {
      if (!element.isEmpty() && !Files.exists(Path.of(element))) {
        return element;
      }
    }
    return null;
  }

  private List<Pattern> patterns(Settings settings, Set<Refused> annotations) throws IOException {
    List<Pattern> patterns = new ArrayList<>();
    for (String cache : settings.cacheNames()) {
      List<MethodPattern> except = settings.cache(cache, CacheKeys.EXCEPT);
      for (MethodPattern pattern : settings.cache(cache, CacheKeys.METHODS)) {
        patterns.add(
            survey(
                "cache." + cache + ".methods",
                pattern,
                new CachePatterns(cache, List.of(pattern), except, List.of()),
                spec -> isIn(cache, spec),
                annotations));
      }
      for (MethodPattern pattern : settings.cache(cache, CacheKeys.EVICT_ON)) {
        patterns.add(
            survey(
                "cache." + cache + ".evict-on",
                pattern,
                new CachePatterns(cache, List.of(), List.of(), List.of(pattern)),
                spec -> evictsByFile(cache, spec),
                annotations));
      }
    }
    return patterns;
  }

  /** What one pattern alone matches, and what it cannot have that annotations do not ask for. */
  private Pattern survey(
      String key,
      MethodPattern pattern,
      CachePatterns alone,
      Predicate<TargetSpec> isMeant,
      Set<Refused> annotations)
      throws IOException {
    List<String> methods = new ArrayList<>();
    Set<Refused> refused = new LinkedHashSet<>();
    List<String> abstracts = List.of();
    try (Survey survey = new Survey(new Selection(List.of(alone)), classPath)) {
      survey.run(
          spec -> {
            if (isMeant.test(spec)) {
              methods.add(spec.displayName() + parameters(spec));
            }
          },
          (type, method, reason, askedFor) -> refused.add(refused(type, method, reason)));
      if (methods.isEmpty() && refused.isEmpty()) {
        abstracts = survey.abstractMethods(pattern, alone.except());
      }
    }
    refused.removeAll(annotations);
    return new Pattern(key, pattern.text(), methods, abstracts, refused);
  }

  /** What annotations ask for, and cannot have, whatever the file says. */
  private Set<Refused> refusedAnnotations() throws IOException {
    Set<Refused> refused = new LinkedHashSet<>();
    try (Survey survey = new Survey(new Selection(List.of()), classPath)) {
      survey.run(
          spec -> {},
          (type, method, reason, askedFor) -> refused.add(refused(type, method, reason)));
    }
    return refused;
  }

  private static Refused refused(String type, String method, String reason) {
    return new Refused(type + "." + method, reason);
  }

  private static boolean isIn(String cache, TargetSpec spec) {
    Operation lookup = spec.lookup();
    return lookup != null && lookup.cache().equals(cache) && lookup.attributes().isEmpty();
  }

  private static boolean evictsByFile(String cache, TargetSpec spec) {
    return spec.evictions().stream()
        .anyMatch(
            each ->
                each.cache().equals(cache) && each.attributes().containsKey(TargetSpec.BY_FILE));
  }

  private static String parameters(TargetSpec spec) {
    return "(" + String.join(", ", SourceTypes.parameters(spec.descriptor())) + ")";
  }
}
