/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.DateFormat;
import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate") // what a DateFormat formats
final class LateDateFormatTest {

  private static final String PATTERN = "EEE, dd MMM yyyy HH:mm:ss zzz";

  private final DateFormat plain = new SimpleDateFormat(PATTERN, Locale.US);
  private final DateFormat late = new LateDateFormat(PATTERN, Locale.US);

  @Test
  void dates_areWrittenAndReadAsByASimpleDateFormat() throws ParseException {
    for (DateFormat each : new DateFormat[] {plain, late}) {
      each.setTimeZone(TimeZone.getTimeZone("Asia/Tokyo"));
    }
    String text = plain.format(new Date(1_700_000_000_000L));

    assertThat(late.format(new Date(1_700_000_000_000L))).isEqualTo(text);
    assertThat(late.parse(text)).isEqualTo(plain.parse(text));
    assertThat(late.getTimeZone()).isEqualTo(plain.getTimeZone());
  }

  @Test
  void clone_hasItsOwnZoneAndLeniency() {
    DateFormat clone = (DateFormat) late.clone();
    assertThat(clone).isEqualTo(late).hasSameHashCodeAs(late);

    clone.setLenient(false);
    clone.setTimeZone(TimeZone.getTimeZone("Asia/Tokyo"));

    assertThat(clone).isNotEqualTo(late);
    assertThat(late.isLenient()).isTrue();
    assertThat(late.getTimeZone()).isEqualTo(plain.getTimeZone());
    assertThat(clone.format(new Date(0))).isEqualTo("Thu, 01 Jan 1970 09:00:00 JST");
  }
}
