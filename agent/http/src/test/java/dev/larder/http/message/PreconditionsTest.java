/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, 13.2.2: which precondition counts, and what it gives. */
final class PreconditionsTest {

  private static final long MODIFIED = HttpDate.parse("Sun, 06 Nov 1994 08:49:37 GMT");
  private static final long NOW = HttpDate.parse("Mon, 07 Nov 1994 00:00:00 GMT");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"a\" | | PROCEED",
        "\"a\" | If-None-Match: \"a\" | NOT_MODIFIED",
        "W/\"a\" | If-None-Match: \"a\" | NOT_MODIFIED",
        "\"a\" | If-None-Match: W/\"a\" | NOT_MODIFIED",
        "\"a\" | If-None-Match: \"b\" | PROCEED",
        "\"a\" | If-None-Match: \"b\", \"a\" | NOT_MODIFIED",
        "\"a\" | If-None-Match: \"b\"; If-None-Match: \"a\" | NOT_MODIFIED",
        "\"a,b\" | If-None-Match: \"x\", \"a,b\" | NOT_MODIFIED",
        "\"a\" | If-None-Match: \"a,b\" | PROCEED",
        "\"a\" | If-None-Match: ,, , W/\"a\" | NOT_MODIFIED",
        "\"a\" | If-None-Match: , x\"a\" | PROCEED",
        "\"a\" | If-None-Match: * | NOT_MODIFIED",
        "~~ | If-None-Match: * | NOT_MODIFIED",
        "~~ | If-None-Match: \"a\" | PROCEED",
        "\"a\" | If-None-Match: a | PROCEED",
        "\"a\" | If-None-Match: \"a | PROCEED",
        "\"a\" | If-Match: \"a\" | PROCEED",
        "W/\"a\" | If-Match: W/\"a\" | FAILED",
        "\"a\" | If-Match: \"b\" | FAILED",
        "\"a\" | If-Match: * | PROCEED",
        "\"a\" | If-Match: \"a\"; If-None-Match: \"a\" | NOT_MODIFIED",
        "\"a\" | If-Match: \"a\"; If-Unmodified-Since: Sat, 05 Nov 1994 08:49:37 GMT | PROCEED",
        "\"a\" | If-Unmodified-Since: Sat, 05 Nov 1994 08:49:37 GMT | FAILED",
        "\"a\" | If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT | PROCEED",
        "\"a\" | If-Unmodified-Since: yesterday | PROCEED",
        "\"a\" | If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT | NOT_MODIFIED",
        "\"a\" | If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT | NOT_MODIFIED",
        "\"a\" | If-Modified-Since: Sun Nov  6 08:49:37 1994 | NOT_MODIFIED",
        "\"a\" | If-Modified-Since: Sat, 05 Nov 1994 08:49:37 GMT | PROCEED",
        "\"a\" | If-Modified-Since: Tue, 08 Nov 1994 08:49:37 GMT | PROCEED",
        "\"a\" | If-Modified-Since: 0 | PROCEED",
        "\"a\" | If-None-Match: \"b\"; If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT | PROCEED",
      })
  void preconditions_asTheRfcSays(String tag, String fields, Preconditions.Outcome outcome) {
    List<String> all = fields == null ? List.of() : List.of(fields.split("; "));
    assertThat(
            Preconditions.evaluate(
                name -> lines(all, name),
                tag == null || tag.isEmpty() ? null : EntityTag.parse(tag),
                MODIFIED,
                NOW))
        .isEqualTo(outcome);
  }

  private static List<String> lines(List<String> fields, String name) {
    List<String> lines = new ArrayList<>();
    for (String field : fields) {
      if (field.startsWith(name + ": ")) {
        lines.add(field.substring(name.length() + 2));
      }
    }
    return lines;
  }

  @Test
  void dates_areWrittenInThePreferredForm() {
    assertThat(HttpDate.format(MODIFIED + 999)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
  }

  @Test
  void tags_ofTheSameBytes_differByWhatTheyRepresent() {
    byte[] body = {1, 2, 3};
    EntityTag text = EntityTag.of(true, body, 3, "text/plain", null);
    assertThat(EntityTag.of(true, body, 3, "text/plain", null)).isEqualTo(text);
    assertThat(EntityTag.of(true, body, 3, "text/html", null)).isNotEqualTo(text);
    assertThat(EntityTag.of(true, body, 2, "text/plain", null)).isNotEqualTo(text);
    assertThat(EntityTag.parse(text.toString())).isEqualTo(text);
  }

  /** Some containers take a megabyte of header fields. */
  @Test
  void list_ofAMillionCommas_isReadInOnePass() {
    String line = ",".repeat(1 << 20) + "\"a\"";

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThat(EntityTag.list(List.of(line))).containsExactly(new EntityTag("a", false)));
  }
}
