/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import java.time.DateTimeException;
import java.time.Duration;

/** Reads durations, sizes, shares and counts. */
final class Amounts {

  static final String DURATIONS =
      "a duration such as 500ms, 60s, 5m, 2h, 1d, PT1M30S, forever or 0";
  static final String SIZES = "a size such as 1048576, 512KB, 10MB or 1GB";
  static final String SHARES = "a share from 0% to 100%, such as 80%";

  private Amounts() {}

  /** A duration in milliseconds; {@link Long#MAX_VALUE} for ever. */
  static long duration(String text) throws FaultyValue {
    if (text.equals("forever")) {
      return Long.MAX_VALUE;
    }
    if (text.startsWith("P") || text.startsWith("p")) {
      return isoDuration(text);
    }
    int digits = digits(text);
    if (digits == 0) {
      throw faulty(text, "no duration", DURATIONS);
    }
    long unit =
        switch (text.substring(digits).strip()) {
          case "ms" -> 1L;
          case "s" -> 1_000L;
          case "m" -> 60_000L;
          case "h" -> 3_600_000L;
          case "d" -> 86_400_000L;
          default -> 0L;
        };
    if (unit == 0) {
      if (isZero(text)) {
        return 0;
      }
      String problem = digits == text.length() ? "a number without a unit" : "no duration";
      throw faulty(text, problem, DURATIONS);
    }
    return product(text, digits, unit, DURATIONS);
  }

  private static long isoDuration(String text) throws FaultyValue {
    try {
      Duration duration = Duration.parse(text);
      if (duration.isNegative()) {
        throw faulty(text, "negative", DURATIONS);
      }
      return duration.toMillis();
    } catch (DateTimeException | ArithmeticException notIso) {
      throw faulty(text, "no duration", DURATIONS);
    }
  }

  /** A size in bytes. */
  static long size(String text) throws FaultyValue {
    int digits = digits(text);
    long unit =
        switch (text.substring(digits).strip()) {
          case "", "B" -> 1L;
          case "KB" -> 1L << 10;
          case "MB" -> 1L << 20;
          case "GB" -> 1L << 30;
          default -> 0L;
        };
    if (digits == 0 || unit == 0) {
      throw faulty(text, "no size", SIZES);
    }
    return product(text, digits, unit, SIZES);
  }

  /** A share, from 0 to 1. */
  static double share(String text) throws FaultyValue {
    int end = text.length() - 1;
    boolean point = false;
    boolean sound = end > 0 && text.charAt(end) == '%' && text.charAt(end - 1) != '.';
    for (int i = 0; sound && i < end; i++) {
      char c = text.charAt(i);
      sound = (c >= '0' && c <= '9') || (c == '.' && !point && i > 0);
      point |= c == '.';
    }
    double share = sound ? Double.parseDouble(text.substring(0, end)) / 100 : 2;
    if (share > 1) {
      throw faulty(text, "no share", SHARES);
    }
    return share;
  }

  /** A whole number from 1. */
  static long count(String text) throws FaultyValue {
    String allowed = "a whole number from 1";
    if (digits(text) != text.length() || isZero(text)) {
      throw faulty(text, "no such number", allowed);
    }
    return product(text, text.length(), 1, allowed);
  }

  /** A time to live: a duration, or a template that says it per result. */
  static Ttl ttl(String text) throws FaultyValue {
    return text.indexOf('{') >= 0 || text.startsWith("#")
        ? new Ttl(0, Templates.template(text))
        : new Ttl(duration(text), null);
  }

  /** A share of the heap, or a size. */
  static MaxMemory maxMemory(String text) throws FaultyValue {
    String allowed = "a share of the heap such as 10%, or " + SIZES;
    try {
      MaxMemory bound =
          text.endsWith("%") ? new MaxMemory(share(text), 0) : new MaxMemory(0, size(text));
      if (bound.share() > 0 || bound.bytes() > 0) {
        return bound;
      }
    } catch (FaultyValue neither) {
      throw faulty(text, "neither a share of the heap nor a size", allowed);
    }
    throw new FaultyValue(Parsers.shown(text) + " leaves no room", allowed);
  }

  private static int digits(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    return digits;
  }

  private static boolean isZero(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static long product(String text, int digits, long unit, String allowed)
      throws FaultyValue {
    try {
      return Math.multiplyExact(Long.parseLong(text.substring(0, digits)), unit);
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      throw faulty(text, "too large", allowed);
    }
  }

  private static FaultyValue faulty(String text, String what, String allowed) {
    return new FaultyValue(Parsers.shown(text) + " is " + what, allowed);
  }
}
