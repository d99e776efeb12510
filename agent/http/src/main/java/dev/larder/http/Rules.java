/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.Arrays;
import java.util.List;

/**
 * The rules of one configuration, ready to be asked.
 *
 * <p>Asked at every request: patterns are compiled, and a path that no rule matches costs one pass
 * over the first of them.
 */
public final class Rules {

  /** No rule. */
  public static final Rules NONE = of(List.of());

  private record Bound(Rule rule, AntPattern[] patterns) {}

  private final Bound[] bound;
  private final boolean anyStores;

  private Rules(Bound[] bound) {
    this.bound = bound;
    this.anyStores = Arrays.stream(bound).anyMatch(each -> each.rule.stores());
  }

  /** These rules, in the order of the file. */
  public static Rules of(List<Rule> rules) {
    return new Rules(
        rules.stream()
            .map(
                rule ->
                    new Bound(
                        rule, rule.paths().stream().map(AntPattern::of).toArray(AntPattern[]::new)))
            .toArray(Bound[]::new));
  }

  boolean isEmpty() {
    return bound.length == 0;
  }

  /** Whether any of them keeps responses. */
  boolean anyStores() {
    return anyStores;
  }

  /** The rule of a name; null for none. */
  Rule named(String name) {
    for (Bound each : bound) {
      if (each.rule.name().equals(name)) {
        return each.rule;
      }
    }
    return null;
  }

  /**
   * The first rule that matches; null for none.
   *
   * @param context the web application's context path, "" for the root
   * @param path the path inside it, as the container decoded it
   */
  Rule match(String context, String path) {
    for (Bound each : bound) {
      String only = each.rule.context();
      if (only != null && !only.equals(context)) {
        continue;
      }
      for (AntPattern pattern : each.patterns) {
        if (pattern.matches(path)) {
          return each.rule;
        }
      }
    }
    return null;
  }

  /**
   * Whether a raw path may be read in two ways (an encoded slash, backslash, dot or percent sign, a
   * dot segment, an empty segment, a control character), so that no rule should decide on it.
   */
  static boolean isAmbiguous(String rawPath) {
    for (int i = 0; i < rawPath.length(); i++) {
      char c = rawPath.charAt(i);
      if (c < ' ' || c == '\\' || c == 127) {
        return true;
      }
      if (c == '%' && isTrick(rawPath, i)) {
        return true;
      }
      if (c == '/' && startsEmptyOrDotSegment(rawPath, i + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTrick(String path, int at) {
    if (at + 2 >= path.length()) {
      return true;
    }
    int value =
        Character.digit(path.charAt(at + 1), 16) * 16 + Character.digit(path.charAt(at + 2), 16);
    return value < ' '
        || value == '/'
        || value == '\\'
        || value == '.'
        || value == '%'
        || value == ';';
  }

  private static boolean startsEmptyOrDotSegment(String path, int at) {
    int end = at;
    while (end < path.length() && path.charAt(end) == '.') {
      end++;
    }
    if (end - at > 2) {
      return false;
    }
    boolean ends = end == path.length() || path.charAt(end) == '/' || path.charAt(end) == ';';
    return ends && (end > at || end < path.length());
  }
}
