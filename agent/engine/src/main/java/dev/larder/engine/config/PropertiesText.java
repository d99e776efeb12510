/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text of a properties file exactly as {@link java.util.Properties} does, but says on
 * which line each key stands, and keeps a key that stands twice.
 */
final class PropertiesText {

  /**
   * A key and its value.
   *
   * @param number the line on which it begins, from 1
   * @param value null where an escape for a Unicode character is broken
   */
  record Line(int number, String key, String value) {}

  private static final int ESCAPE_DIGITS = 4;

  private final String text;
  private final StringBuilder logical = new StringBuilder();
  private int at;
  private int natural = 1;
  private int first = 1;

  private PropertiesText(String text) {
    this.text = text;
  }

  /** The lines that hold a key, in order. */
  static List<Line> read(String text) {
    PropertiesText reader = new PropertiesText(text);
    List<Line> lines = new ArrayList<>();
    while (reader.nextLogical()) {
      lines.add(reader.line());
    }
    return lines;
  }

  /** Joins the next natural lines up to one that does not end in a lone backslash. */
  private boolean nextLogical() {
    logical.setLength(0);
    boolean leading = true;
    boolean escaped = false;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (leading && isBlank(c)) {
        continue;
      }
      if (logical.length() == 0 && (c == '#' || c == '!')) {
        while (at < text.length() && !isEnd(text.charAt(at))) {
          at++;
        }
      } else if (!isEnd(c)) {
        if (logical.length() == 0) {
          first = natural;
        }
        logical.append(c);
        escaped = c == '\\' && !escaped;
        leading = false;
      } else {
        boolean last = at == text.length();
        if (c == '\r' && !last && text.charAt(at) == '\n') {
          at++;
        }
        natural++;
        leading = true;
        if (logical.length() > 0) {
          if (!escaped) {
            return true;
          }
          logical.setLength(logical.length() - 1);
          escaped = false;
          if (last) {
            return true;
          }
        }
      }
    }
    if (escaped) {
      logical.setLength(logical.length() - 1);
    }
    return escaped || logical.length() > 0;
  }

  private Line line() {
    int end = logical.length();
    int keyEnd = 0;
    for (boolean escaped = false; keyEnd < end; keyEnd++) {
      char c = logical.charAt(keyEnd);
      if (!escaped && (isBlank(c) || isSeparator(c))) {
        break;
      }
      escaped = c == '\\' && !escaped;
    }
    int valueStart = skipBlanks(keyEnd);
    if (valueStart < end && isSeparator(logical.charAt(valueStart))) {
      valueStart = skipBlanks(valueStart + 1);
    }
    String key = unescape(0, keyEnd);
    String value = unescape(valueStart, end);
    return key == null
        ? new Line(first, logical.substring(0, keyEnd), null)
        : new Line(first, key, value);
  }

  private int skipBlanks(int from) {
    int to = from;
    while (to < logical.length() && isBlank(logical.charAt(to))) {
      to++;
    }
    return to;
  }

  /** Null where a Unicode escape is broken. */
  private String unescape(int from, int to) {
    StringBuilder plain = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = logical.charAt(i);
      if (c == '\\' && i + 1 < to) {
        c = logical.charAt(++i);
        switch (c) {
          case 't' -> c = '\t';
          case 'n' -> c = '\n';
          case 'r' -> c = '\r';
          case 'f' -> c = '\f';
          case 'u' -> {
            int code = hexadecimal(i + 1, to);
            if (code < 0) {
              return null;
            }
            c = (char) code;
            i += ESCAPE_DIGITS;
          }
          default -> {}
        }
      }
      plain.append(c);
    }
    return plain.toString();
  }

  private int hexadecimal(int from, int limit) {
    if (from + ESCAPE_DIGITS > limit) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + ESCAPE_DIGITS; i++) {
      char c = logical.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      code = code << 4 | digit;
    }
    return code;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean isSeparator(char c) {
    return c == '=' || c == ':';
  }

  private static boolean isEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
