/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The directives of a {@code Cache-Control} field (RFC 9111, 5.2), of a request or a response.
 *
 * <p>Names are compared in any case, arguments may be quoted, and of a directive that stands twice
 * the first counts (RFC 9111, 4.2.1).
 */
public final class CacheControl {

  /** No directive at all. */
  public static final CacheControl NONE = new CacheControl(Map.of());

  /** What a number of seconds that does not fit is taken for (RFC 9111, 1.2.2). */
  static final long MOST_SECONDS = 1L << 31;

  private final Map<String, String> directives;

  /** As it is written; null until somebody has asked. */
  private String text;

  private CacheControl(Map<String, String> directives) {
    this.directives = directives;
  }

  /** Reads all lines of the field. */
  public static CacheControl parse(List<String> lines) {
    if (lines.isEmpty()) {
      return NONE;
    }
    Map<String, String> directives = new LinkedHashMap<>();
    for (String member : Fields.members(lines)) {
      int equals = member.indexOf('=');
      String name = (equals < 0 ? member : member.substring(0, equals)).strip();
      String value = equals < 0 ? "" : unquoted(member.substring(equals + 1).strip());
      directives.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
    }
    return new CacheControl(directives);
  }

  /** {@code max-age} alone; no more than any client can count. */
  public static CacheControl maxAge(long seconds) {
    return new CacheControl(Map.of("max-age", Long.toString(Math.min(seconds, Integer.MAX_VALUE))));
  }

  /** Reads one line of the field. */
  public static CacheControl parse(String line) {
    return line == null ? NONE : parse(List.of(line));
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || value.charAt(0) != '"' || !value.endsWith("\"")) {
      return value;
    }
    return value.substring(1, value.length() - 1).replace("\\", "");
  }

  /** Whether it keeps the answer from whoever else asks: {@code private} or {@code no-store}. */
  public boolean isPersonal() {
    return has("private") || has("no-store");
  }

  /** Whether there is no directive. */
  public boolean isEmpty() {
    return directives.isEmpty();
  }

  /** Whether a directive is there, with or without an argument. */
  public boolean has(String directive) {
    return directives.containsKey(directive);
  }

  /** Whether a directive is there without an argument that narrows it to some fields. */
  public boolean hasWhole(String directive) {
    return "".equals(directives.get(directive));
  }

  /** A directive's argument, "" where it has none; null if the directive is not there. */
  public String value(String directive) {
    return directives.get(directive);
  }

  /**
   * A directive's argument in seconds: -1 if the directive is not there, 0 if its argument is not a
   * number (such a response is stale, RFC 9111, 4.2.1), 2^31 if it is larger than that.
   */
  public long seconds(String directive) {
    String value = directives.get(directive);
    return value == null ? -1 : seconds(value, 0);
  }

  static long seconds(String value, long otherwise) {
    if (value.isEmpty()) {
      return otherwise;
    }
    long seconds = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return otherwise;
      }
      seconds = Math.min(MOST_SECONDS, seconds * 10 + digit);
    }
    return seconds;
  }

  /** These directives without some of them, and with others in their place, in writing order. */
  public CacheControl with(Map<String, String> added, List<String> removed) {
    Map<String, String> changed = new LinkedHashMap<>(directives);
    changed.keySet().removeAll(removed);
    changed.putAll(added);
    return new CacheControl(changed);
  }

  /** These directives for one client alone: {@code private}, where {@code public} stood if any. */
  public CacheControl asPrivate() {
    Map<String, String> changed = new LinkedHashMap<>();
    directives.forEach(
        (name, value) -> {
          boolean shares = name.equals("public");
          if (!name.equals("s-maxage")) {
            changed.put(shares ? "private" : name, shares ? "" : value);
          }
        });
    changed.put("private", "");
    return new CacheControl(changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CacheControl same && directives.equals(same.directives);
  }

  @Override
  public int hashCode() {
    return directives.hashCode();
  }

  @Override
  public String toString() {
    String known = text;
    if (known == null) {
      known = written();
      text = known;
    }
    return known;
  }

  private String written() {
    StringBuilder written = new StringBuilder();
    directives.forEach(
        (name, value) -> {
          written.append(written.length() == 0 ? "" : ", ").append(name);
          if (!value.isEmpty()) {
            boolean quote = !Fields.isToken(value);
            written.append('=').append(quote ? '"' + value + '"' : value);
          }
        });
    return written.toString();
  }
}
