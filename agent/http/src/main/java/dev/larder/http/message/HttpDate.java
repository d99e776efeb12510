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
import java.util.List;
import java.util.Locale;

/** Dates in header fields, in any of the three forms of RFC 9110, 5.6.7. */
public final class HttpDate {

  /** What {@link #parse} gives for a text that is no date. */
  public static final long NONE = Long.MIN_VALUE;

  private static final DateTimeFormatter IMF =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

  private HttpDate() {}

  /** Milliseconds since 1970, or {@link #NONE} for null and for what is no date. */
  public static long parse(String text) {
    if (text == null || text.length() < 20) {
      return NONE;
    }
    for (DateTimeFormatter form : List.of(IMF, rfc850(), ASCTIME)) {
      try {
        return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC).toEpochMilli();
      } catch (DateTimeException tryTheNext) {
        continue;
      }
    }
    return NONE;
  }

  /** The preferred form; parts of a second are dropped. */
  public static String format(long millis) {
    return IMF.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
  }

  /** The form of RFC 850; its two digits mean the year at most 50 ahead (RFC 9110, 5.6.7). */
  private static DateTimeFormatter rfc850() {
    int base = LocalDateTime.now(ZoneOffset.UTC).getYear() - 49;
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, base)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.ENGLISH);
  }
}
