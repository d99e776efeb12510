/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.List;

/**
 * A path pattern as servlet frameworks read it: {@code ?} is one character and {@code *} any number
 * within a segment, {@code **} any number of segments, anywhere. Case counts, and so does a slash
 * at the end.
 */
final class AntPattern {

  private final String text;
  private final String[] segments;

  /**
   * What a path must begin with where the pattern is only that and a last {@code **}; else null.
   */
  private final String prefix;

  private AntPattern(String text) {
    this.text = text;
    segments = text.substring(1).split("/", -1);
    boolean tail = text.endsWith("/**");
    String head = tail ? text.substring(0, text.length() - 3) : text;
    prefix = tail && head.indexOf('*') < 0 && head.indexOf('?') < 0 ? head : null;
  }

  /** Reads a pattern; one that does not begin with a slash is taken to. */
  static AntPattern of(String pattern) {
    String text = pattern.strip();
    return new AntPattern(text.startsWith("/") ? text : "/" + text);
  }

  static List<AntPattern> list(String patterns) {
    return java.util.Arrays.stream(patterns.split(","))
        .map(String::strip)
        .filter(pattern -> !pattern.isEmpty())
        .map(AntPattern::of)
        .toList();
  }

  boolean matches(String path) {
    if (prefix != null) {
      return path.startsWith(prefix)
          && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
    return !path.isEmpty() && path.charAt(0) == '/' && matchesSegments(path);
  }

  /** Greedy matching that goes back to the last {@code **} alone, so that no path is costly. */
  private boolean matchesSegments(String path) {
    String[] parts = path.substring(1).split("/", -1);
    int part = 0;
    int segment = 0;
    int lastDouble = -1;
    int resume = 0;
    while (part < parts.length) {
      if (segment < segments.length && segments[segment].equals("**")) {
        lastDouble = segment++;
        resume = part;
      } else if (segment < segments.length && within(segments[segment], parts[part])) {
        segment++;
        part++;
      } else if (lastDouble >= 0) {
        segment = lastDouble + 1;
        part = ++resume;
      } else {
        return false;
      }
    }
    while (segment < segments.length && segments[segment].equals("**")) {
      segment++;
    }
    return segment == segments.length;
  }

  private static boolean within(String pattern, String part) {
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (at < part.length()) {
      char expected = in < pattern.length() ? pattern.charAt(in) : 0;
      if (in < pattern.length() && expected == '*') {
        star = in++;
        resume = at;
      } else if (in < pattern.length() && (expected == '?' || expected == part.charAt(at))) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.charAt(in) == '*') {
      in++;
    }
    return in == pattern.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
