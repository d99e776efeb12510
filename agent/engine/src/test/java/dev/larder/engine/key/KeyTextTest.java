/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyTextTest {

  private static final KeyParts KEYS = new KeyParts(FieldAccess.plain());

  enum Colour {
    RED
  }

  private static String text(Object... arguments) throws NoKeyException {
    Object[] parts = new Object[arguments.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = KEYS.part(arguments[i]);
    }
    return KeyText.of(parts);
  }

  @Test
  void of_shortSafeValues_isReadable() throws Exception {
    assertThat(text()).isEqualTo("()");
    assertThat(text(7L, "blue", 3, true, null, 'x')).isEqualTo("7L,'blue',3,true,null,c'x'");
    assertThat(text(1.5, 1.5f, (short) 2, (byte) 3, new BigDecimal("1.00")))
        .isEqualTo("1.5d,1.5f,2s,3b,1.00m");
    assertThat(text(LocalDate.EPOCH)).isEqualTo("java.time.LocalDate'1970-01-01'");
    assertThat(text(Colour.RED)).isEqualTo(Colour.class.getName() + "'RED'");
    assertThat(text(URI.create("http://a/"))).isEqualTo("java.net.URI'http://a/'");
    assertThat(text(Locale.UK)).isEqualTo("java.util.Locale'en..GB.'");
    assertThat(text(new UUID(0, 1))).isEqualTo("uuid'00000000-0000-0000-0000-000000000001'");
  }

  @Test
  void of_unsafeOrLongValues_isDigest() throws Exception {
    assertThat(text("a b")).matches("#[\\w-]{43}");
    assertThat(text("a'b", 1)).matches("#[\\w-]{43},1");
    assertThat(text("a\nb")).matches("#[\\w-]{43}");
    assertThat(text(List.of(1))).matches("#[\\w-]{43}");
    assertThat(text("x".repeat(1_000_000))).matches("#[\\w-]{43}");
    assertThat(text("x".repeat(100), "y".repeat(100))).matches("##[\\w-]{43}");
    assertThat(text(new BigDecimal("1").scaleByPowerOfTen(50).toBigInteger())).endsWith("n");
  }

  @Test
  void of_oneKey_isTheSameInEveryRelease() throws Exception {
    assertThat(text(List.of(1, "a"))).isEqualTo("#56AtzwpNIb79RDEE7JX6fyBjWhjxrxSGfBvLA1t46-M");
    assertThat(text("a b")).isEqualTo("#huX00DS-97evNP7xu4knBgYjBJ4VJ7pOmPABSajWEl8");
  }

  @Test
  void ofKey_isItselfWhereItIsSafe() {
    assertThat(KeyText.ofKey("user:7")).isEqualTo("user:7");
    assertThat(KeyText.ofKey("")).matches("##[\\w-]{43}");
    assertThat(KeyText.ofKey("a b")).matches("##[\\w-]{43}");
    assertThat(KeyText.ofKey("#7")).matches("##[\\w-]{43}");
    assertThat(KeyText.ofKey("x".repeat(121))).matches("##[\\w-]{43}");
    String digest = KeyText.ofKey("a b");
    assertThat(KeyText.ofKey(digest)).isNotEqualTo(digest);
  }

  @Property
  void of_anyTexts_isSafeAndTheirOwn(@ForAll List<String> one, @ForAll List<String> two) {
    String first = KeyText.of(one.toArray());
    String second = KeyText.of(two.toArray());
    assertThat(first).matches("[!-~]{1,120}");
    assertThat(first.equals(second)).isEqualTo(one.equals(two));
  }

  @Property
  void ofKey_anyTexts_isSafeAndTheirOwn(@ForAll String one, @ForAll String two) {
    String first = KeyText.ofKey(one);
    assertThat(first).matches("[!-~]{1,120}");
    assertThat(first.equals(KeyText.ofKey(two))).isEqualTo(one.equals(two));
  }
}
