/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What the application has said in header fields, where its container tells of that late, not as
 * often, or says the like by itself.
 */
final class SaidFields {

  private final HttpServletResponse raw;
  private final List<String> cookies = new ArrayList<>(0);

  /** Null where the container tells each line as often as it was added. */
  private final AddedLines added;

  private boolean expires;
  private boolean locale;

  SaidFields(HttpServletResponse raw) {
    this.raw = raw;
    added = Containers.isTomcat(raw) ? new AddedLines() : null;
  }

  /** A field is about to have this line alone. */
  void set(String name) {
    note(name);
    if (added != null && name != null) {
      added.replace(name);
    }
  }

  /** A field is about to get one more line. */
  void add(String name, String line) {
    note(name);
    if (added != null && name != null && line != null) {
      added.add(name, line, raw.getHeaders(name));
    }
  }

  /** A field is about to have a line that the container writes. */
  void note(String name) {
    expires |= "Expires".equalsIgnoreCase(name);
  }

  void addCookie(Cookie cookie) {
    cookies.add(CookieLine.of(cookie));
  }

  void setLocale() {
    locale = true;
  }

  void clear() {
    cookies.clear();
    if (added != null) {
      added.clear();
    }
    expires = false;
    locale = false;
  }

  /** The cookies that the application added, also such as are no header field yet. */
  List<String> cookies() {
    return cookies;
  }

  /**
   * Whether an {@code Expires} is none of the application's: Jetty says beside a cookie that the
   * answer has expired.
   */
  boolean isExpiresTheContainers() {
    return !expires
        && !cookies.isEmpty()
        && "Thu, 01 Jan 1970 00:00:00 GMT".equals(raw.getHeader("Expires"));
  }

  /** All lines of a field, of which the container tells these. */
  Collection<String> lines(String name, Collection<String> told) {
    return added == null ? told : added.all(name, told);
  }

  /** The language of the locale that the application has set; null if it has set none. */
  String language() {
    return locale ? raw.getLocale().toLanguageTag() : null;
  }
}
