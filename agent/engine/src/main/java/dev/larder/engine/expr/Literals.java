/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

/** Numbers and texts as they are written in Java; either kind of quotes holds a text. */
final class Literals {

  private final String text;
  private final int end;
  private final int shift;

  Literals(String text, int end, int shift) {
    this.text = text;
    this.end = end;
    this.shift = shift;
  }

  /** A literal's value, and the index after its last character. */
  record Literal(Object value, int end) {}

  Literal text(int start) throws FaultyExpression {
    char quote = text.charAt(start);
    StringBuilder value = new StringBuilder();
    int at = start + 1;
    while (at < end) {
      char next = text.charAt(at++);
      if (next == quote) {
        return new Literal(value.toString(), at);
      }
      if (next != '\\') {
        value.append(next);
        continue;
      }
      char escaped = at < end ? text.charAt(at++) : 0;
      if (escaped == 'u') {
        value.append(unit(at));
        at += 4;
        continue;
      }
      int known = "btnfrs'\"\\".indexOf(escaped);
      if (known < 0) {
        throw fault(
            "'\\' is followed by none of b t n f r s u ' \" \\", at - (escaped == 0 ? 1 : 2));
      }
      value.append("\b\t\n\f\r '\"\\".charAt(known));
    }
    throw fault("the text is not closed: its " + quote + " is missing", start);
  }

  private char unit(int at) throws FaultyExpression {
    int value = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = i < end ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        throw fault("'\\u' needs four hexadecimal digits", at - 2);
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  /**
   * A number.
   *
   * @param negated whether a minus is before it, which the least {@code int} and {@code long} need;
   *     it is no part of the literal, and these two are their own negatives
   */
  Literal number(int start, boolean negated) throws FaultyExpression {
    int at = digits(start);
    boolean whole = true;
    if (at + 1 < end && text.charAt(at) == '.' && isDigit(at + 1)) {
      at = digits(at + 1);
      whole = false;
    }
    if (at < end && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int exponent = at + 1;
      if (exponent < end && (text.charAt(exponent) == '-' || text.charAt(exponent) == '+')) {
        exponent++;
      }
      if (isDigit(exponent)) {
        at = digits(exponent);
        whole = false;
      }
    }
    String digits = text.substring(start, at);
    char suffix = at < end ? Character.toUpperCase(text.charAt(at)) : ' ';
    boolean hasSuffix = suffix == 'D' || suffix == 'F' || (suffix == 'L' && whole);
    int after = hasSuffix ? at + 1 : at;
    if (after < end
        && (Character.isJavaIdentifierPart(text.charAt(after)) || text.charAt(after) == '.')) {
      throw fault("'" + digits + text.charAt(at) + "' starts no number", start);
    }
    if (whole && !hasSuffix && digits.length() > 1 && digits.charAt(0) == '0') {
      throw fault("a number that begins with 0 is octal in Java; leave the 0 out", start);
    }
    return new Literal(value(digits, hasSuffix ? suffix : ' ', whole, negated, start), after);
  }

  private Object value(String digits, char suffix, boolean whole, boolean negated, int start)
      throws FaultyExpression {
    if (suffix == 'F') {
      return Float.valueOf(digits);
    }
    if (suffix == 'D' || !whole) {
      return Double.valueOf(digits);
    }
    try {
      long value = Long.parseLong(negated ? "-" + digits : digits);
      if (suffix != 'L' && value == (int) value) {
        return negated ? -(int) value : (int) value;
      }
      return negated ? -value : value;
    } catch (NumberFormatException e) {
      throw fault("the number " + digits + " is larger than a long holds", start);
    }
  }

  private int digits(int from) {
    int at = from;
    while (isDigit(at)) {
      at++;
    }
    return at;
  }

  private boolean isDigit(int at) {
    return at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private FaultyExpression fault(String message, int where) {
    return new FaultyExpression(message, where + shift);
  }
}
