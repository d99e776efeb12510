/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {

  @Property(tries = 5_000)
  void read_anyText_agreesWithJavasOwnReader(@ForAll("propertiesTexts") String text)
      throws IOException {
    Properties expected = new Properties();
    boolean isBroken = false;
    try {
      expected.load(new StringReader(text));
    } catch (IllegalArgumentException brokenEscape) {
      isBroken = true;
    }
    Map<String, String> read = new LinkedHashMap<>();
    boolean saysBroken = false;
    for (PropertiesText.Line line : PropertiesText.read(text)) {
      saysBroken |= line.value() == null;
      read.put(line.key(), line.value());
    }
    assertThat(saysBroken).isEqualTo(isBroken);
    if (!isBroken) {
      assertThat(read).isEqualTo(expected);
    }
  }

  @Provide
  Arbitrary<String> propertiesTexts() {
    return Arbitraries.of(
            "a", "b", "Z", "u", "n", "t", "0", "=", ":", " ", "\t", "\f", "\n", "\r", "\r\n", "\\",
            "\\\n", "\\\r\n", "#", "!", "\\u0041", "\\u00e9", "\\u12", "é", "😀")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  @Test
  void read_commentsBlanksAndContinuations_numbersTheLineWhereAKeyBegins() {
    String text = "# first\n\na = 1\r\n  b = x \\\n    y\n! no\rc=3\n";
    assertThat(PropertiesText.read(text))
        .containsExactly(
            new PropertiesText.Line(3, "a", "1"),
            new PropertiesText.Line(4, "b", "x y"),
            new PropertiesText.Line(7, "c", "3"));
  }

  @Test
  void read_keyThatStandsTwice_keepsBoth() {
    assertThat(PropertiesText.read("a=1\na=2"))
        .isEqualTo(
            List.of(new PropertiesText.Line(1, "a", "1"), new PropertiesText.Line(2, "a", "2")));
  }
}
