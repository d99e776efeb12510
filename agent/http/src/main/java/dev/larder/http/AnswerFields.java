/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.CacheControl;
import dev.larder.http.message.Fields;
import dev.larder.http.message.Freshness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The header fields by which Larder tells clients and caches about an answer: {@code
 * Cache-Control}, {@code Vary}, {@code Age} and {@code Cache-Status}.
 *
 * @param visit the request's dealings with the store; null for none
 * @param handler what a cached handler method told; null for nothing
 */
record AnswerFields(
    Rule rule,
    RequestView request,
    ResponseView response,
    StoreVisit visit,
    HandlerServed handler) {

  private static final CacheControl NO_CACHE = CacheControl.parse("no-cache");

  /**
   * Adds {@code Cache-Control}, {@code Vary} and {@code Cache-Status}.
   *
   * @param codable whether the container may code the body, which goes by its tag
   */
  void describe(boolean personal, boolean codable) {
    List<String> dependsOn = new ArrayList<>(4);
    if (codable) {
      dependsOn.add("Accept-Encoding");
    }
    // On a personal answer a past Expires may be the container's, beside its cookie (Jetty).
    boolean silent = response.header("Cache-Control") == null;
    if (silent || (rule.override() && !personal)) {
      boolean ends = !personal && !rule.override() && response.header("Expires") != null;
      CacheControl told = ends ? notBeyondExpires(told()) : told();
      if ((personal || stripsCookie()) && !told.has("no-store")) {
        told = told.asPrivate();
      }
      response.setHeader("Cache-Control", told.toString());
      boolean sharable = !personal && !told.has("private") && !told.has("no-store");
      if (sharable && !rule.ignoresCookies()) {
        dependsOn.add("Cookie");
      }
    }
    // Its owner's client keeps a personal answer as well, and asks in other languages.
    StoredResponse kept = visit == null ? null : visit.kept();
    dependsOn.addAll(kept == null ? Storing.keyFields(rule, request) : kept.vary());
    addVary(dependsOn);
    age();
    status();
  }

  /** Adds {@code Age} to what is served from the store (RFC 9111, 5.1). */
  void age() {
    if (visit != null && visit.isServed()) {
      response.setHeader("Age", Long.toString(secondsOfAge()));
    }
  }

  /** The answer's {@code Age}, which its {@code max-age} includes. */
  private long secondsOfAge() {
    return visit != null && visit.isServed()
        ? visit.kept().age(System.currentTimeMillis()) / 1000
        : Freshness.statedAge(response.headers("Age"));
  }

  /** Whether a cookie goes out that is left out of what is stored. */
  private boolean stripsCookie() {
    return rule.setCookie() == Rule.SetCookie.STRIP
        && (response.setsCookie() || response.header("Set-Cookie") != null);
  }

  private CacheControl told() {
    StoredResponse kept = visit == null ? null : visit.kept();
    CacheControl own = rule.cacheControl();
    if (kept != null) {
      long age = secondsOfAge();
      long left =
          visit.isServed()
              ? kept.remaining(System.currentTimeMillis()) / 1000
              : kept.secondsAtFirst();
      if (own == null) {
        return CacheControl.maxAge(age + left);
      }
      return own.has("max-age")
          ? withMaxAge(own, age + Math.min(left, own.seconds("max-age")))
          : own;
    }
    if (handler == null || !handler.isKept()) {
      return own == null ? NO_CACHE : own;
    }
    long remaining = Math.max(0, handler.seconds());
    return own == null ? CacheControl.maxAge(remaining) : atMost(own, "max-age", remaining);
  }

  /** What the rule says to an answer that says by {@code Expires} when it ends: no longer. */
  private CacheControl notBeyondExpires(CacheControl told) {
    // A Date that the container has set is some moment of the second before.
    long left =
        Freshness.lifetime(
            CacheControl.NONE,
            false,
            name -> name.equals("Date") ? List.of() : response.headers(name),
            System.currentTimeMillis());
    long seconds = secondsOfAge() + left;
    if (told.equals(NO_CACHE) && rule.cacheControl() == null) {
      return CacheControl.maxAge(seconds);
    }
    return atMost(atMost(told, "max-age", seconds), "s-maxage", seconds);
  }

  private static CacheControl atMost(CacheControl told, String directive, long seconds) {
    return told.seconds(directive) > seconds
        ? told.with(Map.of(directive, Long.toString(seconds)), List.of())
        : told;
  }

  private static CacheControl withMaxAge(CacheControl told, long seconds) {
    return told.with(Map.of("max-age", Long.toString(seconds)), List.of());
  }

  /** {@code Cache-Status}, as one member at the end of what others said (RFC 9211). */
  void status() {
    if (!rule.statusHeader()) {
      return;
    }
    String member;
    if (visit != null) {
      member = visit.status();
    } else if (handler == null) {
      member = CacheStatus.BYPASS.unkept(0);
    } else {
      long ttl = handler.seconds();
      member =
          handler.hit()
              ? CacheStatus.HIT.served(0, false, ttl)
              : handler.stored() ? CacheStatus.MISS.stored(0, ttl) : CacheStatus.MISS.unkept(0);
    }
    response.addHeader("Cache-Status", member);
  }

  /** Adds members to {@code Vary}, in one line, but for those that are there. */
  void addVary(List<String> fields) {
    if (fields.isEmpty()) {
      return;
    }
    List<String> lines = response.headers("Vary");
    if (Fields.contains(lines, "*")) {
      return;
    }
    List<String> added = new ArrayList<>(fields.size());
    for (String field : fields) {
      if (!Fields.contains(lines, field) && !Fields.contains(added, field)) {
        added.add(field);
      }
    }
    if (!added.isEmpty()) {
      response.addHeader("Vary", String.join(", ", added));
    }
  }
}
