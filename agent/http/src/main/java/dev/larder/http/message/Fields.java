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
      int from = 0;
      boolean quoted = false;
      for (int i = 0; i <= line.length(); i++) {
        char c = i < line.length() ? line.charAt(i) : ',';
        if (quoted && i < line.length()) {
          if (c == '\\') {
            i++;
          } else if (c == '"') {
            quoted = false;
          }
        } else if (c == '"') {
          quoted = true;
        } else if (c == ',') {
          String member = line.substring(from, Math.min(i, line.length())).strip();
          if (!member.isEmpty()) {
            members.add(member);
          }
          from = i + 1;
        }
      }
    }
    return members;
  }

  /** Whether a list-based field has a member, in any case. */
  public static boolean contains(List<String> lines, String member) {
    boolean plain = true;
    for (String line : lines) {
      if (line.equalsIgnoreCase(member)) {
        return true;
      }
      plain = plain && line.length() < member.length();
    }
    if (plain) {
      return false;
    }
    for (String each : members(lines)) {
      if (each.equalsIgnoreCase(member)) {
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
