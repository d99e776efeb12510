/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeysTest {

  private static final Variant VARIANT = variant("find");

  private static Variant variant(String method) {
    return new Variant(
        new TargetSpec(
            "com.acme.Shop",
            method,
            "(JLjava/lang/Object;I)Ljava/lang/Object;",
            true,
            List.of(),
            Set.of(),
            null,
            List.of(),
            List.of(),
            List.of(),
            Set.of()),
        "",
        null,
        Variant.Standing.INNERMOST);
  }

  /** Each differs from all others. */
  static Stream<List<Object>> parts() {
    return Stream.of(
        List.of(),
        several(7L),
        several("7"),
        several((Object) null),
        several(7L, "a"),
        several("a", 7L),
        several(7L, 8L),
        several(8L, 7L),
        several(7L, null),
        several(null, 7L),
        several("a", "b"),
        several("a", null),
        several(7L, "a", "b"),
        several("a", 7L, "b"),
        several("a", "b", 7L),
        several(7L, 8L, 9L),
        several(7L, "a", 9L),
        several("a", "b", "c"),
        several(null, null, null),
        several(7L, 8L, 9L, 10L));
  }

  private static List<Object> several(Object... parts) {
    return Arrays.asList(parts);
  }

  private static Object key(List<Object> parts) {
    return Keys.of(VARIANT, parts.toArray());
  }

  @ParameterizedTest
  @MethodSource("parts")
  void partsOf_givesWhatTheKeyWasMadeOf(List<Object> parts) {
    assertThat(Keys.partsOf(key(parts))).containsExactlyElementsOf(parts);
  }

  @ParameterizedTest
  @MethodSource("parts")
  void equals_isByAllPartsTheirOrderAndTheVariant(List<Object> parts) {
    Object key = key(parts);

    assertThat(key(parts)).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(Keys.of(variant("other"), parts.toArray())).isNotEqualTo(key);
    assertThat(parts().map(KeysTest::key).filter(each -> each.equals(key) || key.equals(each)))
        .hasSize(1);
  }

  /** As a caller that counts up does: parts that resemble each other must not cancel out. */
  @Test
  void hashCode_ofPartsThatCountUpTogether_isSpread() {
    Set<Integer> hashes = new HashSet<>();
    Set<Integer> rows = new HashSet<>();
    int count = 4_096;
    for (int i = 0; i < count; i++) {
      Object[] parts = {"product-" + i, (long) i, Locale.GERMANY};
      int hash = Keys.of(VARIANT, parts).hashCode();
      hashes.add(hash);
      rows.add((hash ^ hash >>> 16) & (2 * count - 1)); // of a table that is half full
    }

    assertThat(hashes).hasSizeGreaterThan(count * 99 / 100);
    assertThat(rows).as("a random hash would reach 3,223").hasSizeGreaterThan(count * 7 / 10);
  }
}
