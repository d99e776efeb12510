/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A dictionary of structured fields (RFC 8941, 3.2), as targeted cache control uses it (RFC 9213):
 * integers, tokens, strings and flags; parameters are read over.
 */
public final class Dictionary {

  private static final int MOST_DIGITS = 15;

  private final String text;
  private int at;

  private Dictionary(String text) {
    this.text = text;
  }

  /**
   * Reads all lines of a field as cache directives.
   *
   * @return null if they are no dictionary, are empty, or give a lifetime that is no integer; such
   *     a field is ignored as if it were not there (RFC 9213, 2.1)
   */
  public static CacheControl cacheControl(List<String> lines) {
    Map<String, Object> members = lines.isEmpty() ? null : read(String.join(",", lines));
    if (members == null || members.isEmpty()) {
      return null;
    }
    Map<String, String> directives = new LinkedHashMap<>();
    for (Map.Entry<String, Object> member : members.entrySet()) {
      boolean lifetime = member.getKey().equals("max-age") || member.getKey().equals("s-maxage");
      if (lifetime && !(member.getValue() instanceof Long seconds && seconds >= 0)) {
        return null;
      }
      if (member.getValue() != Boolean.FALSE) {
        boolean flag = member.getValue() == Boolean.TRUE;
        directives.put(member.getKey(), flag ? "" : member.getValue().toString());
      }
    }
    return CacheControl.NONE.with(directives, List.of());
  }

  /** The members by name; null if the text is no dictionary. */
  static Map<String, Object> read(String text) {
    try {
      return new Dictionary(text).members();
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    skip(" ");
    while (at < text.length()) {
      String key = key();
      Object value = true;
      if (peek() == '=') {
        at++;
        value = item();
      }
      parameters();
      members.remove(key);
      members.put(key, value);
      skip(" \t");
      if (at == text.length()) {
        break;
      }
      expect(',');
      skip(" \t");
      if (at == text.length()) {
        throw new IllegalArgumentException("a comma at the end");
      }
    }
    return members;
  }

  private void parameters() {
    while (peek() == ';') {
      at++;
      skip(" ");
      key();
      if (peek() == '=') {
        at++;
        item();
      }
    }
  }

  private String key() {
    int from = at;
    char first = peek();
    if (first != '*' && (first < 'a' || first > 'z')) {
      throw new IllegalArgumentException("no key at " + at);
    }
    while (isKeyChar(peek())) {
      at++;
    }
    return text.substring(from, at);
  }

  private static boolean isKeyChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c != 0 && "_-.*".indexOf(c) >= 0);
  }

  private Object item() {
    char first = peek();
    if (first == '"') {
      return string();
    }
    if (first == '?') {
      at += 2;
      char flag = at <= text.length() ? text.charAt(at - 1) : 0;
      if (flag != '0' && flag != '1') {
        throw new IllegalArgumentException("no flag at " + at);
      }
      return flag == '1';
    }
    if (first == '-' || Character.digit(first, 10) >= 0) {
      return number();
    }
    int from = at;
    while (peek() > ' ' && peek() != ',' && peek() != ';') {
      at++;
    }
    String token = text.substring(from, at);
    if (token.isEmpty() || !(Character.isLetter(first) || first == '*')) {
      throw new IllegalArgumentException("no token at " + from);
    }
    return token;
  }

  private Object number() {
    int from = at;
    at++;
    while (Character.digit(peek(), 10) >= 0 || peek() == '.') {
      at++;
    }
    String number = text.substring(from, at);
    if (number.length() > MOST_DIGITS + 1) {
      throw new IllegalArgumentException("too long a number at " + from);
    }
    return number.indexOf('.') >= 0 ? (Object) Double.valueOf(number) : Long.valueOf(number);
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    at++;
    for (char c = peek(); c != '"'; c = peek()) {
      if (c == 0) {
        throw new IllegalArgumentException("a string without an end");
      }
      at += c == '\\' ? 1 : 0;
      string.append(peek());
      at++;
    }
    at++;
    return string.toString();
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new IllegalArgumentException("no " + c + " at " + at);
    }
    at++;
  }

  private void skip(String blanks) {
    while (at < text.length() && blanks.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
