/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

/** Where expressions end inside a template, whatever stands in their texts. */
final class Braces {

  private Braces() {}

  /** The index of the brace that closes the one at an index; -1 if none does. */
  static int end(String text, int open) {
    for (int at = open + 1; at < text.length(); at++) {
      char next = text.charAt(at);
      if (next == '}') {
        return at;
      }
      if (next == '\'' || next == '"') {
        at = quoted(text, at);
      }
    }
    return -1;
  }

  /** The index of the next comma outside of an expression; the text's length if there is none. */
  static int comma(String text, int from) {
    boolean isExpression = text.substring(from).stripLeading().startsWith("#");
    int at = from;
    while (at < text.length() && text.charAt(at) != ',') {
      char next = text.charAt(at);
      if (next == '{' && at + 1 < text.length() && text.charAt(at + 1) == '{') {
        at++;
      } else if (next == '{') {
        int end = end(text, at);
        at = end < 0 ? text.length() - 1 : end;
      } else if (isExpression && (next == '\'' || next == '"')) {
        at = quoted(text, at);
      }
      at++;
    }
    return Math.min(at, text.length());
  }

  /** The index of the quote that closes the one at an index; the text's end if none does. */
  private static int quoted(String text, int open) {
    char quote = text.charAt(open);
    for (int at = open + 1; at < text.length(); at++) {
      if (text.charAt(at) == '\\') {
        at++;
      } else if (text.charAt(at) == quote) {
        return at;
      }
    }
    return text.length();
  }
}
