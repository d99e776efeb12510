/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Dates in header fields, in any of the three forms of RFC 9110, 5.6.7. */
public final class HttpDate {

  /** What {@link #parse} gives for a text that is no date. */
  public static final long NONE = Long.MIN_VALUE;

  private static final DateTimeFormatter IMF =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  // Read without their day names, which say nothing that the date does not.
  private static final DateTimeFormatter IMF_REST = rest("dd MMM yyyy HH:mm:ss 'GMT'");
  private static final DateTimeFormatter ASCTIME_REST = rest("MMM ppd HH:mm:ss yyyy");

  private HttpDate() {}

  private static DateTimeFormatter rest(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH);
  }

  /** Milliseconds since 1970, or {@link #NONE} for null and for what is no date. */
  public static long parse(String text) {
    if (text == null || text.length() < 20) {
      return NONE;
    }
    int comma = text.indexOf(", ");
    DateTimeFormatter form = comma < 0 ? ASCTIME_REST : comma == 3 ? IMF_REST : rfc850();
    int rest = comma < 0 ? text.indexOf(' ') + 1 : comma + 2;
    for (int i = 0; i < rest - (comma < 0 ? 1 : 2); i++) {
      if (!Character.isLetter(text.charAt(i))) {
        return NONE;
      }
    }
    try {
      return LocalDateTime.parse(text.substring(rest), form)
          .toInstant(ZoneOffset.UTC)
          .toEpochMilli();
    } catch (DateTimeException noDate) {
      return NONE;
    }
  }

  /** The preferred form; parts of a second are dropped. */
  public static String format(long millis) {
    return IMF.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
  }

  /** The form of RFC 850; its two digits mean the year at most 50 ahead (RFC 9110, 5.6.7). */
  private static DateTimeFormatter rfc850() {
    int base = LocalDateTime.now(ZoneOffset.UTC).getYear() - 49;
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern("dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, base)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.ENGLISH);
  }
}
