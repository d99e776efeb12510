/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.CacheControl;
import dev.larder.http.message.Fields;
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
    boolean silent =
        response.header("Cache-Control") == null
            && (personal || response.header("Expires") == null);
    if (silent || (rule.override() && !personal)) {
      CacheControl told = told(personal);
      response.setHeader("Cache-Control", told.toString());
      boolean sharable = !personal && !told.has("private") && !told.has("no-store");
      if (sharable && !rule.ignoresCookies()) {
        dependsOn.add("Cookie");
      }
    }
    if (!personal) {
      StoredResponse kept = visit == null ? null : visit.kept();
      dependsOn.addAll(kept == null ? Storing.keyFields(rule, request) : kept.vary());
    }
    addVary(dependsOn);
    age();
    status();
  }

  /** Adds {@code Age} to what is served from the store (RFC 9111, 5.1). */
  void age() {
    if (visit != null && visit.isServed()) {
      long age = visit.kept().age(System.currentTimeMillis()) / 1000;
      response.setHeader("Age", Long.toString(age));
    }
  }

  private CacheControl told(boolean personal) {
    StoredResponse kept = visit == null ? null : visit.kept();
    if (kept != null && !personal) {
      long now = System.currentTimeMillis();
      long age = visit.isServed() ? kept.age(now) / 1000 : 0;
      long left = visit.isServed() ? kept.remaining(now) / 1000 : kept.terms().lifetime() / 1000;
      CacheControl own = rule.cacheControl();
      if (own == null) {
        return CacheControl.maxAge(age + left);
      }
      if (own.seconds("max-age") > left) {
        return own.with(Map.of("max-age", Long.toString(age + left)), List.of());
      }
      return own.has("max-age")
          ? own.with(Map.of("max-age", Long.toString(age + own.seconds("max-age"))), List.of())
          : own;
    }
    long remaining = handler == null ? 0 : handler.remainingMillis() / 1000;
    CacheControl told =
        rule.cacheControl() != null
            ? rule.cacheControl()
            : remaining > 0 ? CacheControl.maxAge(remaining) : NO_CACHE;
    if (handler != null && remaining < told.seconds("max-age")) {
      told = told.with(Map.of("max-age", Long.toString(Math.max(0, remaining))), List.of());
    }
    if (personal && !told.has("no-store")) {
      told = told.with(Map.of("private", ""), List.of("public", "s-maxage"));
    }
    return told;
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
      long ttl = Math.max(0, handler.remainingMillis() / 1000);
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
