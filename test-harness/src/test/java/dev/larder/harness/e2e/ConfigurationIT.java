/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import java.util.ArrayList;
import java.util.List;

/** Wrong configurations: one report, with all that somebody needs to put them right. */
class ConfigurationIT {

  /** Ten faults, the last of them a key that stands twice. */
  private static final String TEN_FAULTS =
      """
      ttl = 5 minutes
      jitter = 150%
      max-entries = many
      enabled = maybe
      single-flight = always
      cache.early.tll = 60s
      cache.early.methods = com.acme..Products.find(
      cache.early.values = clone
      prefix = shop
      http.catalog.etag = medium
      prefix = store
      """;

  /**
   * What a report has to say of a fault.
   *
   * @param value as written; empty where it is the key that is wrong
   * @param remedy what it says may stand there
   */
  private record Expected(int line, String key, String value, String remedy) {}

  private static final List<Expected> REPORTED =
      List.of(
          new Expected(1, "ttl", "5 minutes", "60s"),
          new Expected(2, "jitter", "150%", "100"),
          new Expected(3, "max-entries", "many", "number"),
          new Expected(4, "enabled", "maybe", "true"),
          new Expected(5, "single-flight", "always", "cluster"),
          new Expected(6, "cache.early.tll", "", "cache.early.ttl"),
          new Expected(7, "cache.early.methods", "com.acme..Products.find(", "allowed:"),
          new Expected(8, "cache.early.values", "clone", "share"),
          new Expected(10, "http.catalog.etag", "medium", "strong"),
          new Expected(11, "prefix", "", "line 9"));

  @OnEachJdk
  void file_ofTenFaults_getsOneReportOfTenEntriesAndTheApplicationRunsUncached(Jdk jdk) {
    Run run = App.named("plain").file("larder.properties", TEN_FAULTS).agent().run(jdk).ok();

    assertThat(run.out()).startsWith("early=1 2", "late=3 4");
    List<String> entries = entries(run);
    assertThat(entries).hasSameSizeAs(REPORTED);
    for (Expected expected : REPORTED) {
      assertThat(entries)
          .filteredOn(entry -> entry.contains("line " + expected.line + ":"))
          .as("line %s", expected.line)
          .singleElement()
          .asString()
          .contains("larder.properties", expected.key, expected.value, expected.remedy);
    }
    assertThat(run.err())
        .as("nothing of the agent's own inside")
        .noneMatch(l -> l.contains("\tat "));
  }

  @OnEachJdk
  void file_withAFaultAndExitAsked_keepsTheApplicationFromStarting(Jdk jdk) {
    Run run =
        App.named("plain")
            .file("larder.properties", "ttl = soon\non-config-error = exit\n")
            .agent()
            .run(jdk);

    assertThat(run.exit()).isNotZero();
    assertThat(run.out()).isEmpty();
    assertThat(entries(run)).hasSize(1);
  }

  @OnEachJdk
  void file_withAFaultyCacheAndSkipAsked_cachesTheOthers(Jdk jdk) {
    Run run =
        App.named("plain")
            .file("larder.properties", "cache.early.ttl = soon\non-config-error = skip\n")
            .agent()
            .run(jdk)
            .ok();

    assertThat(run.out()).containsExactly("early=1 2", "late=3 3", "attached=true");
    assertThat(entries(run)).hasSize(1);
  }

  @OnEachJdk
  void otherSources_withFaults_areNamedInPlaceOfFileAndLine(Jdk jdk) {
    Run run =
        App.named("plain")
            .environment("LARDER_TTL", "soon")
            .jvm("-Dlarder.jitter=half")
            .agent("max-entries=many")
            .run(jdk)
            .ok();

    assertThat(entries(run))
        .hasSize(3)
        .anyMatch(entry -> entry.contains("LARDER_TTL") && entry.contains("soon"))
        .anyMatch(entry -> entry.contains("larder.jitter") && entry.contains("half"))
        .anyMatch(entry -> entry.contains("max-entries") && entry.contains("many"));
  }

  @OnEachJdk
  void file_namedAndMissing_isReported(Jdk jdk) {
    Run run = App.named("plain").agent("missing.properties").run(jdk).ok();

    assertThat(run.out()).startsWith("early=1 2");
    assertThat(entries(run)).singleElement().asString().contains("missing.properties");
  }

  @OnEachJdk
  void secrets_inAFaultyFile_arePrintedNowhere(Jdk jdk) {
    Run run =
        App.named("plain")
            .file(
                "larder.properties",
                """
                redis.pasword = hunter2
                redis.uri = redis://:hunter2@localhost:notaport
                redis.password = env:NO_SUCH_VARIABLE_HUNTER
                """)
            .agent()
            .run(jdk)
            .ok();

    assertThat(entries(run)).isNotEmpty();
    assertThat(run.err()).noneMatch(line -> line.contains("hunter2"));
  }

  /** The report's numbered entries, each with the lines that belong to it. */
  private static List<String> entries(Run run) {
    List<String> entries = new ArrayList<>();
    for (String line : run.err()) {
      if (line.matches("\\s+\\d+\\. .*")) {
        entries.add(line);
      } else if (!entries.isEmpty() && line.startsWith("     ")) {
        entries.set(entries.size() - 1, entries.get(entries.size() - 1) + "\n" + line);
      }
    }
    return entries;
  }
}
