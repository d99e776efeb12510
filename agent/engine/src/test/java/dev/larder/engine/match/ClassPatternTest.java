/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPatternTest {

  private static ClassPattern parse(String text) throws FaultyPattern {
    return ClassPattern.parseList(text).get(0);
  }

  @Test
  void matches_nameAlone_leavesSubtypesOut() throws FaultyPattern {
    assertThat(parse("java.io.IOException").matches(IOException.class)).isTrue();
    assertThat(parse("java.io.IOException").matches(NoSuchFileException.class)).isFalse();
    assertThat(parse("java..*Exception").matches(NoSuchFileException.class)).isTrue();
    assertThat(parse("java.*Exception").matches(NoSuchFileException.class)).isFalse();
    assertThat(parse("*").matches(Thread.State.class)).isTrue();
    assertThat(parse("java.lang.Thread.State").matches(Thread.State.class)).isTrue();
  }

  @Test
  void matches_plus_takesSuperclassesAndInterfaces() throws FaultyPattern {
    assertThat(parse("java.io.IOException+").matches(NoSuchFileException.class)).isTrue();
    assertThat(parse("java.lang.CharSequence+").matches(String.class)).isTrue();
    assertThat(parse("java.lang.Iterable+").matches(java.util.ArrayList.class)).isTrue();
    assertThat(parse("java.lang.Iterable+").matches(String.class)).isFalse();
    assertThat(parse("java.lang.Iterable+").withSubtypes()).isTrue();
  }

  @Test
  void parseList_several_keepsEachText() throws FaultyPattern {
    assertThat(ClassPattern.parseList("a.B , c..*D+"))
        .extracting(ClassPattern::text)
        .isEqualTo(List.of("a.B", "c..*D+"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "a.B,", "+", "a..", "a b", "a.B++", "com.acme.Dto()"})
  void parseList_faulty_throws(String text) {
    assertThatThrownBy(() -> ClassPattern.parseList(text)).isInstanceOf(FaultyPattern.class);
  }

  @Property
  void parseList_anyText_throwsNothingButFaultyPattern(
      @ForAll @StringLength(max = 12) @Chars({'a', '.', '*', '+', ',', '$', ' ', '(', '\u0000'})
          String text) {
    try {
      for (ClassPattern pattern : ClassPattern.parseList(text)) {
        pattern.matches(Thread.State.class);
      }
    } catch (FaultyPattern faulty) {
      assertThat(faulty.position()).isBetween(0, text.length());
    }
  }
}
