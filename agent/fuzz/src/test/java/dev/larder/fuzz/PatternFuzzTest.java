/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.match.FaultyPattern;
import dev.larder.engine.match.MethodPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Any text is a list of patterns or a fault; a pattern's own text gives it again. */
class PatternFuzzTest {

  @DictionaryEntries({
    "com",
    "acme",
    "Shop",
    "find",
    "..",
    "*",
    "**",
    "+",
    "(..)",
    "()",
    ", ",
    "@com.acme.Slow ",
    "long",
    "String",
    "java.util.List",
    "<",
    ">",
    "[]",
    "...",
    "$",
    "!",
    "public "
  })
  @FuzzTest(maxDuration = "10m")
  void pattern_ofAnyText_isParsedOrFaulty(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    try {
      for (MethodPattern pattern : MethodPattern.parseList(text)) {
        List<MethodPattern> again = MethodPattern.parseList(pattern.text());
        assertThat(again).hasSize(1);
        assertThat(answers(again.get(0))).isEqualTo(answers(pattern));
      }
    } catch (FaultyPattern faulty) {
      assertThat(faulty.getMessage()).isNotBlank();
    }
    try {
      for (ClassPattern pattern : ClassPattern.parseList(text)) {
        pattern.matchesName("com.acme.shop.Shop$Inner");
        pattern.matches(PatternFuzzTest.class);
      }
    } catch (FaultyPattern faulty) {
      assertThat(faulty.getMessage()).isNotBlank();
    }
  }

  private static List<Boolean> answers(MethodPattern pattern) {
    List<Boolean> answers = new ArrayList<>();
    for (String type : List.of("com.acme.shop.Shop$Inner", "Shop", "com.acme.Slow", "a.b.c.d.E")) {
      answers.add(pattern.matchesTypeName(type));
    }
    answers.add(pattern.matchesMethod("find", List.of("long", "java.util.List"), type -> Set.of()));
    answers.add(pattern.matchesMethod("save", List.of(), type -> Set.of()));
    return answers;
  }
}
