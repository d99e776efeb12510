/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WrittenTest {

  @Test
  void text_ofADeclaredType_isReadAsItsValue() {
    assertThat(as("7", int.class)).isEqualTo(7);
    assertThat(as("-7", Long.class)).isEqualTo(-7L);
    assertThat(as("1.50", BigDecimal.class)).isEqualTo(new BigDecimal("1.50"));
    assertThat(as("true", boolean.class)).isEqualTo(true);
    assertThat(as("x", char.class)).isEqualTo('x');
    assertThat(as("7", String.class)).isEqualTo("7");
    assertThat(as("7", Object.class)).isEqualTo("7");
    assertThat(as("MONDAY", DayOfWeek.class)).isEqualTo(DayOfWeek.MONDAY);
    assertThat(as("2026-11-29", LocalDate.class)).isEqualTo(LocalDate.of(2026, 11, 29));
    assertThat(as("PT1M", Duration.class)).isEqualTo(Duration.ofMinutes(1));
    assertThat(as("Europe/Berlin", ZoneId.class)).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(as("0-0-0-0-1", UUID.class)).isEqualTo(new UUID(0, 1));
  }

  @Test
  void null_isNullWhereNoTextIsDeclared() {
    assertThat(new Written("null").mayBe(Long.class)).isTrue();
    assertThat(as("null", Long.class)).isNull();
    assertThat(as("null", String.class)).isEqualTo("null");
    assertThat(new Written("null").mayBe(long.class)).isFalse();
  }

  @Test
  void text_ofNoValueOfTheType_mayNotBe() {
    assertThat(new Written("seven").mayBe(long.class)).isFalse();
    assertThat(new Written("300").mayBe(byte.class)).isFalse();
    assertThat(new Written("yes").mayBe(boolean.class)).isFalse();
    assertThat(new Written("FREEDAY").mayBe(DayOfWeek.class)).isFalse();
    assertThat(new Written("soon").mayBe(LocalDate.class)).isFalse();
    assertThat(new Written("a").mayBe(List.class)).isFalse();
    assertThat(new Written("a").mayBe(Thread.class)).isFalse();
  }

  private static Object as(String text, Class<?> type) {
    assertThat(new Written(text).mayBe(type)).as("%s as %s", text, type).isTrue();
    return new Written(text).as(type);
  }
}
