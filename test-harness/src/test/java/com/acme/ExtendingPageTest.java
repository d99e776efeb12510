/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page about extensions lists is what is tested here. */
class ExtendingPageTest {

  private static final Pattern LISTING = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void page_eachListing_isASourceOfThisPackage() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "extending.md"));
    List<String> listings =
        LISTING.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();

    assertThat(listings)
        .containsExactly(
            source("AcmeBackend"),
            source("AcmeContractTest"),
            source("AcmeCodec"),
            source("AcmeKeys"));
  }

  private static String source(String name) throws IOException {
    String text = Files.readString(Path.of("src/test/java/com/acme/" + name + ".java"));
    return text.substring(text.indexOf("package "));
  }
}
