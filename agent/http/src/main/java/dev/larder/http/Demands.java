/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.CacheControl;

/**
 * What a request's own {@code Cache-Control} asks of the store (RFC 9111, 5.2.1).
 *
 * @param wants its directives
 * @param validated whether nothing may be served without a word of the application
 */
record Demands(CacheControl wants, boolean validated) {

  /** Those of a request that asks for nothing, or whose directives do not count. */
  static final Demands NONE = new Demands(CacheControl.NONE, false);

  static Demands of(RequestView request) {
    CacheControl wants = CacheControl.parse(request.headers("Cache-Control"));
    boolean pragma = wants.isEmpty() && "no-cache".equals(request.header("Pragma"));
    return new Demands(wants, pragma || wants.has("no-cache") || wants.seconds("max-age") == 0);
  }

  boolean isNoStore() {
    return wants.has("no-store");
  }

  boolean isOnlyIfCached() {
    return wants.has("only-if-cached");
  }

  /** Whether a stored response may be served as it is. */
  boolean areMetBy(StoredResponse found, long now) {
    return !validated && (isFresh(found, now) || isFreshEnough(found, now));
  }

  /** Whether it may be served as it is, past its time, while it is renewed (RFC 5861, 3). */
  boolean allowWhileRenewed(StoredResponse found, long now) {
    long remaining = found.remaining(now);
    return remaining <= 0
        && remaining + found.terms().whileRevalidate() > 0
        && !validated
        && !wants.has("max-age")
        && !wants.has("min-fresh");
  }

  private boolean isFresh(StoredResponse found, long now) {
    long most = wants.seconds("max-age");
    if (most >= 0 && found.age(now) > most * 1000) {
      return false;
    }
    return found.remaining(now) > Math.max(0, wants.seconds("min-fresh") * 1000);
  }

  /** Whether the client takes it though it is stale (RFC 9111, 5.2.1.2). */
  private boolean isFreshEnough(StoredResponse found, long now) {
    String most = wants.value("max-stale");
    if (most == null || found.terms().strict() || wants.has("min-fresh")) {
      return false;
    }
    return most.isEmpty() || found.remaining(now) + wants.seconds("max-stale") * 1000 >= 0;
  }
}
