/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.Key;
import dev.larder.http.HttpKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page on the configuration names the keys that there are, and no others. */
class ConfigurationPageTest {

  private static final Pattern NAME = Pattern.compile("`([a-z0-9.-]+)`");

  @Test
  void page_namesEachKeyInItsSection() throws IOException {
    Set<String> ofCaches = names(CacheKeys.all());
    Set<String> ofRules = names(HttpKeys.all());
    ofRules.addAll(names(CacheKeys.forRules()));

    assertThat(firstColumn(section("Keys of caches"))).isEqualTo(ofCaches);
    assertThat(firstColumn(section("Keys of the whole agent"))).isEqualTo(names(GlobalKeys.all()));
    assertThat(quoted(section("Keys of path rules").split("\n\n", 3)[2])).isEqualTo(ofRules);
  }

  private static Set<String> names(Collection<? extends Key<?>> keys) {
    return keys.stream().map(Key::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String section(String title) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "configuration.md"));
    String rest = page.substring(page.indexOf("## " + title));
    int end = rest.indexOf("\n## ");
    return end < 0 ? rest : rest.substring(0, end);
  }

  private static Set<String> firstColumn(String section) {
    return quoted(
        section
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(0, line.indexOf(" | ")))
            .collect(Collectors.joining("\n")));
  }

  private static Set<String> quoted(String text) {
    return NAME.matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
