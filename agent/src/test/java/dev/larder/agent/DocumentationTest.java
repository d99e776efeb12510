/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages for users have what there is to say, and lead where there is something. */
class DocumentationTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern ATTRIBUTE = Pattern.compile("(?m)^ +\\w+ (\\w+)\\(\\) default ");
  private static final Pattern CALL = Pattern.compile("(?m)^  public [\\w<> ]+ (\\w+)\\(");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

  @Test
  void eachKey_standsOnThePageOfItsKind() throws IOException {
    String configuration = page("docs/configuration.md");
    String http = page("docs/http.md");
    Set<String> missing = new TreeSet<>();
    for (List<Key<?>> keys : List.of(CacheKeys.all(), GlobalKeys.all())) {
      keys.forEach(key -> require(configuration, key.name(), missing));
    }
    for (Key<?> key : new RuleKeys().get()) {
      require(configuration, key.name(), missing);
      if (!CacheKeys.forRules().contains(key)) {
        require(http, key.name(), missing);
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void eachAttributeAndCallOfTheApi_standsOnThePageOfMethods() throws IOException {
    String methods = page("docs/methods.md");
    Set<String> missing = new TreeSet<>();
    int names = 0;
    for (String annotation : List.of("Cache", "CacheEvict", "CachePut")) {
      for (MatchResult each : ATTRIBUTE.matcher(source(annotation)).results().toList()) {
        names++;
        require(methods, each.group(1), missing);
      }
    }
    for (String called : List.of("Larder", "CacheStats")) {
      for (MatchResult each : CALL.matcher(source(called)).results().toList()) {
        names++;
        if (!each.group(1).equals("toString")
            && !methods.contains(" " + each.group(1) + "(")
            && !methods.contains("`" + each.group(1) + "(")) {
          missing.add(each.group(1));
        }
      }
    }

    assertThat(names).isGreaterThan(30);
    assertThat(missing).isEmpty();
  }

  @Test
  void eachLink_leadsToAFileAndAHeading() throws IOException {
    List<Path> pages =
        new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CHANGELOG.md")));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
    }
    Set<String> dead = new TreeSet<>();
    int links = 0;
    for (Path page : pages) {
      for (MatchResult each : LINK.matcher(Files.readString(page)).results().toList()) {
        String link = each.group(1);
        if (!link.startsWith("https:")) {
          links++;
          if (!leadsSomewhere(page, link)) {
            dead.add(page.getFileName() + ": " + link);
          }
        }
      }
    }

    assertThat(dead).isEmpty();
    assertThat(links).isGreaterThan(50);
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path file = path.isEmpty() ? page : page.resolveSibling(path);
    if (!Files.exists(file)) {
      return false;
    }
    return hash < 0
        || HEADING
            .matcher(Files.readString(file))
            .results()
            .anyMatch(heading -> anchor(heading.group(1)).equals(link.substring(hash + 1)));
  }

  /** As GitHub makes it of a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private static void require(String page, String name, Set<String> missing) {
    if (!page.contains("`" + name + "`")) {
      missing.add(name);
    }
  }

  private static String source(String type) throws IOException {
    return page("api/src/main/java/dev/larder/" + type + ".java");
  }

  private static String page(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }
}
