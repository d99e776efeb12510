/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9111, 5.2 and 1.2.2. */
final class CacheControlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "max-age=60 | 60",
        "MAX-AGE=60 | 60",
        "max-age=\"60\" | 60",
        "public, max-age=60 | 60",
        "max-age=60, max-age=90 | 60",
        "max-age=4294967296 | 2147483648",
        "max-age=99999999999999999999999 | 2147483648",
        "max-age=-1 | 0",
        "max-age=1.5 | 0",
        "max-age=60s | 0",
        "max-age | 0",
        "max-age= | 0",
        "s-max-age=60 | -1",
        "ext=\"max-age=60\" | -1",
        "ext=\"a\\\", max-age=9\" | -1",
        "~~ | -1",
        ",, , max-age=5 | 5",
      })
  void seconds_ofEachForm_areRead(String field, long seconds) {
    assertThat(CacheControl.parse(List.of(field)).seconds("max-age")).isEqualTo(seconds);
  }

  @Test
  void directives_overSeveralLines_areOne() {
    CacheControl said = CacheControl.parse(List.of("no-cache=\"set-cookie, x\"", "Private , foo"));
    assertThat(said.has("private")).isTrue();
    assertThat(said.has("no-cache")).isTrue();
    assertThat(said.hasWhole("no-cache")).isFalse();
    assertThat(said.has("x\"")).isFalse();
    assertThat(said).hasToString("no-cache=\"set-cookie, x\", private, foo");
  }

  @Test
  void changed_keepsTheOrder() {
    assertThat(
            CacheControl.parse("public, max-age=9, s-maxage=8")
                .with(Map.of("max-age", "3"), List.of("public", "s-maxage")))
        .hasToString("max-age=3");
  }

  @Test
  void private_standsWherePublicDid() {
    assertThat(CacheControl.parse("public, max-age=9, s-maxage=8").asPrivate())
        .hasToString("private, max-age=9");
    assertThat(CacheControl.parse("no-cache").asPrivate()).hasToString("no-cache, private");
    assertThat(CacheControl.parse("max-age=9, private, public").asPrivate())
        .hasToString("max-age=9, private");
  }

  @Test
  void maxAge_ofWhatNeverEnds_isOneThatClientsCanCount() {
    assertThat(CacheControl.maxAge(Long.MAX_VALUE)).hasToString("max-age=2147483647");
  }
}
