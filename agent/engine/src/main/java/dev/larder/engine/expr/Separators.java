/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import java.util.List;

/**
 * The escaping that keeps the values of a {@code key} apart.
 *
 * <p>A reader goes from left to right. In a value {@code \} stands before each {@code \} and before
 * each character that begins a text between two expressions of the template; so the first such
 * character without a {@code \} ends the value, whatever the values are. {@code \N} is null. A text
 * between two expressions that is empty, or that begins with {@code \} or {@code N}, could not be
 * told this way: it gets {@code \} and a character in front that no value ever has after a {@code
 * \}.
 */
final class Separators {

  static final String NULL = "\\N";

  private static final String MARKERS = "|/.~^+*=;,:-_0123456789";

  private final String escaped;
  private final String marker;

  /** For the texts that stand between the expressions of one template, in order. */
  Separators(List<String> between) {
    StringBuilder first = new StringBuilder("\\");
    for (String each : between) {
      if (!needsMarker(each) && first.indexOf(each.substring(0, 1)) < 0) {
        first.append(each.charAt(0));
      }
    }
    this.escaped = first.toString();
    this.marker = "\\" + unused(escaped);
  }

  /** A text between two expressions as it stands in the key. */
  String between(String text) {
    return needsMarker(text) ? marker + text : text;
  }

  void append(StringBuilder key, String value) {
    for (int i = 0; i < value.length(); i++) {
      char next = value.charAt(i);
      if (escaped.indexOf(next) >= 0) {
        key.append('\\');
      }
      key.append(next);
    }
  }

  private static boolean needsMarker(String text) {
    return text.isEmpty() || text.charAt(0) == '\\' || text.charAt(0) == 'N';
  }

  private static char unused(String used) {
    for (int i = 0; i < MARKERS.length(); i++) {
      if (used.indexOf(MARKERS.charAt(i)) < 0) {
        return MARKERS.charAt(i);
      }
    }
    char next = 'a';
    while (used.indexOf(next) >= 0) {
      next++;
    }
    return next;
  }
}
