/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.advise;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Figures as people read them. */
final class Texts {

  private Texts() {}

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String percent(long part, long whole) {
    return whole == 0 ? "0 %" : String.format(Locale.ROOT, "%.0f %%", 100.0 * part / whole);
  }

  /** A duration as a setting has it. */
  static String duration(long millis) {
    if (millis % TimeUnit.DAYS.toMillis(1) == 0) {
      return TimeUnit.MILLISECONDS.toDays(millis) + "d";
    }
    if (millis % TimeUnit.HOURS.toMillis(1) == 0) {
      return TimeUnit.MILLISECONDS.toHours(millis) + "h";
    }
    if (millis % TimeUnit.MINUTES.toMillis(1) == 0) {
      return TimeUnit.MILLISECONDS.toMinutes(millis) + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }

  /** About how long something took. */
  static String nanos(double nanos) {
    String[] units = {"ns", "µs", "ms", "s"};
    double left = nanos;
    int unit = 0;
    while (left >= 1_000 && unit < units.length - 1) {
      left /= 1_000;
      unit++;
    }
    if (unit == units.length - 1 && left >= 120) {
      return left >= 7_200
          ? String.format(Locale.ROOT, "%.0f h", left / 3_600)
          : String.format(Locale.ROOT, "%.0f min", left / 60);
    }
    return String.format(
        Locale.ROOT, left < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", left, units[unit]);
  }

  /** Types of parameters as in source, {@code java.lang} without its package. */
  static String parameters(String types) {
    return types.replaceAll("(?<![\\w.$])java\\.lang\\.(?=[A-Z])", "");
  }

  /** A part of a key of a properties file. */
  static String inKey(String name) {
    return name.replaceAll("([\\\\ =:\\t\\f])", "\\\\$1");
  }

  /** A value of a properties file. */
  static String asValue(String value) {
    String escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return escaped.startsWith(" ") ? "\\" + escaped : escaped;
  }

  /** In a comment, which ends with its line. */
  static String onOneLine(String text) {
    return text.replaceAll("[\\r\\n\\f\\t]+", " ");
  }
}
