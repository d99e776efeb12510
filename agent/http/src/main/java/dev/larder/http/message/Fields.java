/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Field values as lists and tokens (RFC 9110, 5.6). */
public final class Fields {

  private Fields() {}

  /**
   * The members of a list-based field, over all its lines: split at commas outside of quoted
   * strings, trimmed, empty ones left out (RFC 9110, 5.6.1).
   */
  public static List<String> members(List<String> lines) {
    List<String> members = new ArrayList<>();
    for (String line : lines) {
      int end;
      for (int from = 0; (end = end(line, from)) <= line.length(); from = end + 1) {
        String member = line.substring(from, end).strip();
        if (!member.isEmpty()) {
          members.add(member);
        }
      }
    }
    return members;
  }

  /**
   * Where a member ends that begins at some place: at a comma, or with the line.
   *
   * @return more than the line's length if there is none, or the line breaks off behind a backslash
   */
  private static int end(String line, int from) {
    boolean quoted = false;
    int at = from;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (quoted && c == '\\') {
        at++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return at;
      }
      at++;
    }
    return at;
  }

  /** Whether a list-based field has a member, in any case. */
  public static boolean contains(List<String> lines, String member) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean is =
          line.length() > member.length() ? holds(line, member) : line.equalsIgnoreCase(member);
      if (is) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(String line, String member) {
    int end;
    for (int from = 0; (end = end(line, from)) <= line.length(); from = end + 1) {
      int first = from;
      while (first < end && Character.isWhitespace(line.charAt(first))) {
        first++;
      }
      int last = end;
      while (last > first && Character.isWhitespace(line.charAt(last - 1))) {
        last--;
      }
      if (last - first == member.length()
          && line.regionMatches(true, first, member, 0, member.length())) {
        return true;
      }
    }
    return false;
  }

  /**
   * The media type of a {@code Content-Type} without its parameters, in lower case; "" for none.
   */
  public static String mediaType(String contentType) {
    if (contentType == null) {
      return "";
    }
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** Whether a text is a token (RFC 9110, 5.6.2). */
  public static boolean isToken(String text) {
    if (text.isEmpty()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 127 || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }
}
