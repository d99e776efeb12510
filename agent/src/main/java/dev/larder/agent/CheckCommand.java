/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.TargetSpec;
import dev.larder.engine.TargetSpec.Operation;
import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.Settings;
import dev.larder.engine.match.MethodPattern;
import dev.larder.ops.config.Configuration;
import dev.larder.ops.config.ConfigurationLoader;
import dev.larder.ops.config.FaultReport;
import dev.larder.weave.Selection;
import dev.larder.weave.Selection.CachePatterns;
import dev.larder.weave.SourceTypes;
import dev.larder.weave.Survey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Validates a properties file, and lists what its patterns match. */
@Command(
    name = "check",
    description = "validates a properties file, and lists what its patterns match",
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "the properties file")
  private String file;

  @Option(
      names = "--classpath",
      paramLabel = "PATH",
      description = "the application's jars and folders, to match the patterns against")
  private String classPath;

  @Override
  public Integer call() throws IOException {
    Configuration configuration =
        new ConfigurationLoader(null, Map.of(), Map.of(), new RuleKeys())
            .load("config=" + new File(file).getPath());
    if (!configuration.faults().isEmpty()) {
      System.out.print(
          FaultReport.of(
              configuration.faults(), "Nothing was changed; mend these and check again."));
      return CommandLine.FAULTS;
    }
    Settings settings = configuration.settings();
    System.out.println(
        file
            + ": no fault; "
            + settings.cacheNames().size()
            + " caches, "
            + settings.ruleNames().size()
            + " path rules");
    if (classPath != null) {
      String missing = firstMissing(classPath);
      if (missing != null) {
        System.err.println("--classpath names " + missing + ", which does not exist");
        return CommandLine.USAGE;
      }
      survey(settings);
    }
    return CommandLine.OK;
  }

  private static String firstMissing(String classPath) {
    for (String element : classPath.split(File.pathSeparator, -1)) {
      if (!element.isEmpty() && !Files.exists(Path.of(element))) {
        return element;
      }
    }
    return null;
  }

  private void survey(Settings settings) throws IOException {
    Set<String> annotated = refusedAnnotations();
    if (!annotated.isEmpty()) {
      System.out.println();
      System.out.println("annotations:");
      annotated.forEach(System.out::println);
    }
    for (String cache : settings.cacheNames()) {
      for (MethodPattern pattern : settings.cache(cache, CacheKeys.METHODS)) {
        System.out.println();
        System.out.println("cache." + cache + ".methods: " + pattern.text());
        CachePatterns alone =
            new CachePatterns(
                cache, List.of(pattern), settings.cache(cache, CacheKeys.EXCEPT), List.of());
        int[] found = {0};
        try (Survey survey = new Survey(new Selection(List.of(alone)), classPath)) {
          survey.run(
              spec -> {
                if (isIn(cache, spec)) {
                  found[0]++;
                  System.out.println("  " + spec.displayName() + parameters(spec));
                }
              },
              (type, method, reason, askedFor) -> {
                String refused = refused(type, method, reason);
                if (!annotated.contains(refused)) {
                  System.out.println(refused);
                }
              });
        }
        if (found[0] == 0) {
          System.out.println("  matches no method of this class path");
        }
      }
    }
  }

  /** What annotations ask for, and cannot have, whatever the file says. */
  private Set<String> refusedAnnotations() throws IOException {
    Set<String> refused = new LinkedHashSet<>();
    try (Survey survey = new Survey(new Selection(List.of()), classPath)) {
      survey.run(
          spec -> {},
          (type, method, reason, askedFor) -> refused.add(refused(type, method, reason)));
    }
    return refused;
  }

  private static String refused(String type, String method, String reason) {
    return "  refused: " + type + "." + method + ": " + reason;
  }

  private static boolean isIn(String cache, TargetSpec spec) {
    Operation lookup = spec.lookup();
    return lookup != null && lookup.cache().equals(cache) && lookup.attributes().isEmpty();
  }

  private static String parameters(TargetSpec spec) {
    return "(" + String.join(", ", SourceTypes.parameters(spec.descriptor())) + ")";
  }
}
