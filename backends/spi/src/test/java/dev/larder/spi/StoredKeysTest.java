/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StoredKeysTest {

  private static final StoredKeys PLAIN = StoredKeys.plainUpTo(250);
  private static final StoredKeys ANY = StoredKeys.upTo(2_048);

  @Test
  void of_keyThatFits_isThatKey() {
    assertThat(PLAIN.of("shop:products:1")).isEqualTo("shop:products:1");
    assertThat(PLAIN.of("x".repeat(250))).isEqualTo("x".repeat(250));
    assertThat(ANY.of("shop:pröducts 1\n")).isEqualTo("shop:pröducts 1\n");
  }

  @Test
  void of_keyThatDoesNotFit_isPlainShortAndRecognisable() {
    for (String key : new String[] {"shop:a b", "shop:\n", "shop:ö", "shop:" + "x".repeat(246)}) {
      assertThat(PLAIN.of(key)).startsWith("shop:").matches("[!-~]{48,250}");
    }
    assertThat(ANY.of("shop:" + "ö".repeat(2_000)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(2_048);
  }

  @Test
  void of_differentKeys_differ() {
    Set<String> stored = new HashSet<>();
    String[] keys = {
      "shop:a b", "shop:a  b", "shop:a", "shop:a\n", "shop:\ud800", "shop:\ud801", "shop:?"
    };
    for (String key : keys) {
      stored.add(PLAIN.of(key));
    }
    assertThat(stored).hasSize(keys.length);
  }

  @Test
  void of_keyThatIsThePlaceOfAnother_isReplacedToo() {
    String place = PLAIN.of("shop:a b");
    assertThat(PLAIN.of(place)).isNotEqualTo(place);
  }

  @Test
  void of_unpairedSurrogates_differFromTheirReplacement() {
    assertThat(ANY.of("shop:\ud800")).isNotEqualTo(ANY.of("shop:?"));
    assertThat(ANY.of("shop:\ud800").getBytes(StandardCharsets.UTF_8))
        .isNotEqualTo(ANY.of("shop:?").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void upTo_noRoomForAHash_says() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StoredKeys.upTo(63))
        .withMessageContaining("63");
  }
}
