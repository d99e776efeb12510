/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of promises names tests that exist. */
class PromisesTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

  @Test
  void promises_eachNamedTest_exists() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : new String[] {"agent", "backends", "test-harness"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
        for (Path file : files.filter(PromisesTest::isTest).toList()) {
          String name = file.getFileName().toString();
          sources.merge(
              name.substring(0, name.length() - ".java".length()),
              Files.readString(file),
              String::concat);
        }
      }
    }
    String page = Files.readString(ROOT.resolve("docs/promises.md"));
    TreeSet<String> missing = new TreeSet<>();
    long named = 0;
    for (MatchResult each : TEST.matcher(page).results().toList()) {
      named++;
      String source = sources.getOrDefault(each.group(1), "");
      if (!source.contains(" " + each.group(2) + "(")) {
        missing.add(each.group());
      }
    }

    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(50);
  }

  /** Whether it may have tests; those of the harness others run too. */
  private static boolean isTest(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.endsWith(".java")
        && (path.contains("/src/test/java/") || path.contains("/test-harness/src/main/java/"));
  }
}
