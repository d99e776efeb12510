/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.Fields;
import java.util.List;
import java.util.Locale;

/** What makes the answer to a request one person's own, so that it is never shared. */
final class Personal {

  private final Rule rule;
  private final RequestView request;

  /** Whether the request itself says whose it is; null until that was asked. */
  private Boolean named;

  Personal(Rule rule, RequestView request) {
    this.rule = rule;
    this.request = request;
  }

  /** Whether the request is one person's, as far as is known by now, whatever is answered. */
  boolean isRequest() {
    if (named == null) {
      named = isNamed();
    }
    return named || request.isKnown();
  }

  private boolean isNamed() {
    if (hasSessionId(request.rawPath())) {
      return true;
    }
    for (String field : rule.privateHeaders()) {
      if (request.header(field) != null) {
        return true;
      }
    }
    return hasCountingCookie(rule, request.headers("Cookie"));
  }

  /**
   * Whether the answer is, given that the request is not: by its own fields, or because it answers
   * an {@code Authorization} without a permission to share it (RFC 9111, 3.5).
   */
  boolean isResponse(ResponseView response, Storing.Said said) {
    if (said.control().has("private") || said.control().has("no-store")) {
      return true;
    }
    if (setsCookie(response)) {
      return true;
    }
    if (Fields.contains(response.headers("Vary"), "*")) {
      return true;
    }
    return request.header("Authorization") != null && !said.isShared();
  }

  /**
   * Whether the answer sets a cookie that makes it one person's. One that a filter has set stays
   * with whatever answers behind it.
   */
  boolean setsCookie(ResponseView response) {
    return rule.setCookie() == Rule.SetCookie.REFUSE
        && (response.setsCookie() || response.header("Set-Cookie") != null);
  }

  private static boolean hasSessionId(String rawPath) {
    return rawPath.indexOf(';') >= 0 && rawPath.toLowerCase(Locale.ROOT).contains(";jsessionid");
  }

  private static boolean hasCountingCookie(Rule rule, List<String> lines) {
    if (lines.isEmpty() || rule.ignoresCookies()) {
      return false;
    }
    if (rule.cookies() == null) {
      return true;
    }
    for (String line : lines) {
      for (String cookie : line.split("[;,]")) {
        int equals = cookie.indexOf('=');
        if (rule.cookies().contains((equals < 0 ? cookie : cookie.substring(0, equals)).strip())) {
          return true;
        }
      }
    }
    return false;
  }
}
