/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.match;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of a dotted name: {@code *} stands for characters inside one segment, {@code ..} for
 * any number of segments. A {@code $} counts as a dot, so that a nested class may be written as in
 * source. Both matchers go back to the last wildcard only, so that no name costs more than its
 * length times the pattern's.
 */
final class NamePattern {

  private static final String ANY = "..";

  private final String text;
  private final List<String> segments;
  private final boolean exact;

  /** How much of the text stands before its first wildcard. */
  private final int literal;

  private NamePattern(String text, List<String> segments) {
    this.text = text;
    this.segments = segments;
    int star = text.indexOf('*');
    int any = text.indexOf(ANY);
    this.exact = star < 0 && any < 0;
    this.literal = Math.min(star < 0 ? text.length() : star, any < 0 ? text.length() : any);
  }

  /**
   * Parses a name.
   *
   * @param offset where it begins in the text that a fault is to speak of
   */
  static NamePattern parse(String text, int offset) throws FaultyPattern {
    if (text.isEmpty()) {
      throw new FaultyPattern("a name is missing", offset);
    }
    List<String> segments = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '.';
      if (c == '.' || c == '$') {
        if (i > start) {
          segments.add(text.substring(start, i));
        } else if (c == '.' && i > 0 && i < text.length() && text.charAt(i - 1) == '.') {
          if (!segments.isEmpty() && segments.get(segments.size() - 1).equals(ANY)) {
            throw new FaultyPattern("more than two dots in a row", offset + i);
          }
          segments.add(ANY);
        } else if (c == '$' || (i == text.length() && text.charAt(i - 1) == '$')) {
          segments.add("");
        } else if (i == text.length() || (i == 0 && !text.startsWith(ANY))) {
          throw new FaultyPattern("a name is missing beside a dot", offset + Math.max(0, i - 1));
        }
        start = i + 1;
      } else if (!isNamePart(c)) {
        throw new FaultyPattern("a name holds no " + shown(c), offset + i);
      }
    }
    return new NamePattern(text, List.copyOf(segments));
  }

  /** Kotlin writes a hyphen into the names of methods that take inline classes. */
  static boolean isNamePart(char c) {
    return c == '*' || c == '-' || (Character.isJavaIdentifierPart(c) && c >= ' ');
  }

  static String shown(char c) {
    return c == ' ' ? "blank" : Character.isISOControl(c) ? "control character" : "'" + c + "'";
  }

  String text() {
    return text;
  }

  boolean exact() {
    return exact;
  }

  boolean matches(String name) {
    if (!beginsAlike(name)) {
      return false; // as nearly all of an application's classes do, at a start
    }
    if (exact) {
      return name.length() == literal;
    }
    List<String> parts = split(name);
    int p = 0;
    int n = 0;
    int lastAny = -1;
    int resume = 0;
    while (n < parts.size()) {
      if (p < segments.size() && segments.get(p).equals(ANY)) {
        lastAny = p++;
        resume = n;
      } else if (p < segments.size() && matchesSegment(segments.get(p), parts.get(n))) {
        p++;
        n++;
      } else if (lastAny >= 0) {
        p = lastAny + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    return p == segments.size();
  }

  /** Whether a name begins with what stands before the first wildcard. */
  private boolean beginsAlike(String name) {
    if (name.length() < literal) {
      return false;
    }
    for (int i = 0; i < literal; i++) {
      char mine = text.charAt(i);
      char its = name.charAt(i);
      if (mine != its && !(isDot(mine) && isDot(its))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDot(char c) {
    return c == '.' || c == '$';
  }

  private static List<String> split(String name) {
    List<String> parts = new ArrayList<>(8);
    int start = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (isDot(c)) {
        parts.add(name.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(name.substring(start));
    return parts;
  }

  /** Whether a text without dots is what a pattern with {@code *} describes. */
  static boolean matchesSegment(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
