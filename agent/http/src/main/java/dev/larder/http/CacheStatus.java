/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

/** How a request stands with a cache, in the words of {@code Cache-Status} (RFC 9211, 2). */
enum CacheStatus {
  BYPASS("fwd=bypass"),
  REQUEST("fwd=request"),
  MISS("fwd=miss"),
  URI_MISS("fwd=uri-miss"),
  VARY_MISS("fwd=vary-miss"),
  STALE("fwd=stale"),
  HIT("hit"),
  REFUSED("detail=only-if-cached");

  private final String member;

  CacheStatus(String parameter) {
    member = "larder; " + parameter;
  }

  /**
   * The member for an answer that the cache neither gave nor keeps.
   *
   * @param forwarded what the application answered, where that is not what the client gets; 0 for
   *     the same
   */
  String unkept(int forwarded) {
    return forwarded == 0 ? member : member + "; fwd-status=" + forwarded;
  }

  /**
   * The member for an answer that the cache gave.
   *
   * @param collapsed whether another request filled the cache meanwhile
   * @param ttl how long it is fresh yet, in seconds; negative once it is stale
   */
  String served(int forwarded, boolean collapsed, long ttl) {
    return unkept(forwarded) + (collapsed ? "; collapsed; ttl=" : "; ttl=") + ttl;
  }

  /**
   * The member for an answer that the application gave and the cache keeps.
   *
   * @param ttl for how long it is fresh, in seconds
   */
  String stored(int forwarded, long ttl) {
    return unkept(forwarded) + "; stored; ttl=" + ttl;
  }
}
