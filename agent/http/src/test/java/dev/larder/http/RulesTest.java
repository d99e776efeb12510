/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rule holds for a path. */
final class RulesTest {

  @ParameterizedTest
  @CsvSource({
    "/a, /a, true",
    "/a, /a/, false",
    "/a/, /a/, true",
    "/a/**, /a, true",
    "/a/**, /a/b/c, true",
    "/a/**, /ab, false",
    "/**, /, true",
    "/**, /a/b, true",
    "/*, /a, true",
    "/*, /a/b, false",
    "/a/*, /a/b, true",
    "/a/*, /a/b/c, false",
    "/a/*/c, /a/b/c, true",
    "/a/**/c, /a/c, true",
    "/a/**/c, /a/b/b/c, true",
    "/a/**/c, /a/b/b/d, false",
    "/**/*.css, /a/b/x.css, true",
    "/**/*.css, /x.css, true",
    "/**/*.css, /x.csss, false",
    "/a?c, /abc, true",
    "/a?c, /ac, false",
    "/a*c*e, /abcde, true",
    "/**/b/**/d, /a/b/c/b/d, true",
    "api/**, /api/x, true",
    "/A, /a, false",
  })
  void patterns_asServletFrameworksReadThem(String pattern, String path, boolean matches) {
    assertThat(AntPattern.of(pattern).matches(path)).isEqualTo(matches);
  }

  @Test
  void pathWithManyStars_isMatchedInNoTime() {
    String pattern = "/**/a".repeat(30) + "/**/b";
    assertThat(AntPattern.of(pattern).matches("/a".repeat(2_000))).isFalse();
  }

  @Test
  void firstRuleOfTheFile_counts_andContextBinds() {
    Rules rules =
        Rules.of(
            List.of(
                Rule.named("shop").paths("/a/**").context("/shop").build(),
                Rule.named("first").paths("/x, /a/b").build(),
                Rule.named("second").paths("/a/**").build()));
    assertThat(rules.match("/shop", "/a/b").name()).isEqualTo("shop");
    assertThat(rules.match("", "/a/b").name()).isEqualTo("first");
    assertThat(rules.match("", "/a/c").name()).isEqualTo("second");
    assertThat(rules.match("", "/c")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/../b",
        "/a/./b",
        "/a//b",
        "/a%2fb",
        "/a%2Fb",
        "/a%5Cb",
        "/a\\b",
        "/%2e%2e/b",
        "/a%00",
        "/a%25",
        "/a/..",
        "/a/.",
        "/a/..;x/b",
        "/a%",
        "/a%3bx"
      })
  void pathThatMayBeReadInTwoWays_isAmbiguous(String path) {
    assertThat(Rules.isAmbiguous(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/a", "/a/", "/a.b/c..d", "/a/.hidden", "/caf%C3%A9", "/a;v=1/b", "/..."})
  void plainPath_isNotAmbiguous(String path) {
    assertThat(Rules.isAmbiguous(path)).isFalse();
  }
}
