/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in field values (RFC 9110, 5.6.1). */
final class FieldsTest {

  @Test
  void members_ofSeveralLines_areTrimmedAndNotEmpty() {
    assertThat(Fields.members(List.of(" a ,, b\t", "", "\"c, d\" , e")))
        .containsExactly("a", "b", "\"c, d\"", "e");
  }

  @Test
  void members_whereALineBreaksOff_areThoseBeforeABackslash() {
    assertThat(Fields.members(List.of("a, \"b", "c, \"d\\"))).containsExactly("a", "\"b", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vary", "a, VARY", "Vary ,a", ",,\tvary", "\"a,b\",vary"})
  void member_inAnyCaseAndPlace_isContained(String line) {
    assertThat(Fields.contains(List.of("x", line), "Vary")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "var", "a vary", "\"vary\"", "\"a,vary,b\"", "vary-not, x", "vary=1"})
  void otherText_isNotContained(String line) {
    assertThat(Fields.contains(List.of("x", line), "Vary")).isFalse();
  }

  @Test
  void whatIsContained_isAMember_andTheOtherWayRound() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder();
      for (int left = random.nextInt(10); left > 0; left--) {
        line.append("aAb,, \t\"\\".charAt(random.nextInt(9)));
      }
      List<String> lines = List.of(line.toString());
      boolean among = Fields.members(lines).stream().anyMatch("a"::equalsIgnoreCase);
      assertThat(Fields.contains(lines, "a")).as("seed %s: %s", seed, lines).isEqualTo(among);
    }
  }
}
