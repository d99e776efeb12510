/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags that are made of bodies: the same for the same in every JVM, another for anything else. */
final class EntityTagTest {

  private static String tag(boolean weak, String body, String... fields) {
    byte[] bytes = body.getBytes(UTF_8);
    return EntityTag.of(weak, bytes, bytes.length, fields).opaque();
  }

  /** A change of these would make every client load everything again after an upgrade. */
  @Test
  void tag_ofTheSameBody_isTheSameInEveryVersion() {
    assertThat(EntityTag.of(true, "body".getBytes(UTF_8), 4, "text/plain", null, null).toString())
        .isEqualTo("W/\"Nk86lhh97SRBwXg0xEFAOQ\"");
    assertThat(EntityTag.of(false, "body".getBytes(UTF_8), 4, "text/plain", null, null).toString())
        .isEqualTo("\"Mg7bLLm0Tvpcf9tG9oLbYg\"");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tag_withAnotherFieldOrBody_isAnother(boolean weak) {
    Set<String> tags =
        new HashSet<>(
            Arrays.asList(
                tag(weak, "body", "text/plain", null, null),
                tag(weak, "bodY", "text/plain", null, null),
                tag(weak, "body", "text/html", null, null),
                tag(weak, "body", "text/plain", "gzip", null),
                tag(weak, "body", "text/plain", null, "gzip"),
                tag(weak, "body", null, "text/plain", null),
                tag(weak, "", "text/plain", null, null),
                tag(weak, "body", null, null, null)));
    assertThat(tags).hasSize(8);
  }

  @Test
  void tag_ofPartOfAnArray_isThatOfThePart() {
    byte[] array = "body and more".getBytes(UTF_8);
    assertThat(EntityTag.of(true, array, 4, "a", null, null).opaque())
        .isEqualTo(tag(true, "body", "a", null, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 100, 240, 241, 1024, 65_536})
  void tag_ofABodyWithAnyBitTurned_isAnother(int length) {
    byte[] body = new byte[length];
    new Random(length).nextBytes(body);
    Set<String> tags = new HashSet<>();
    tags.add(EntityTag.of(true, body, length, "a", null, null).opaque());
    int turned = Math.min(8 * length, 4_096);
    for (int i = 0; i < turned; i++) {
      int bit = (int) ((long) i * 8 * length / turned);
      body[bit / 8] ^= (byte) (1 << bit % 8);
      tags.add(EntityTag.of(true, body, length, "a", null, null).opaque());
      body[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(tags).hasSize(turned + 1);
  }
}
