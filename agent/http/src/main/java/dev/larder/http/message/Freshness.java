/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** How long a response is fresh, and how old it already is (RFC 9111, 4.2). */
public final class Freshness {

  /** Statuses that may be stored without a lifetime of their own (RFC 9110, 15.1). */
  private static final Set<Integer> HEURISTIC =
      Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

  private Freshness() {}

  /**
   * The lifetime that a response itself gives, in seconds; -1 if it gives none.
   *
   * @param said its cache directives, targeted ones in place of {@code Cache-Control}'s
   * @param targeted whether they are targeted, so that {@code Expires} does not count
   * @param lines all lines of a response's field, by name
   * @param now milliseconds since 1970, in place of a {@code Date} that is not there
   */
  public static long lifetime(
      CacheControl said, boolean targeted, Function<String, List<String>> lines, long now) {
    if (said.has("s-maxage")) {
      return said.seconds("s-maxage");
    }
    if (said.has("max-age")) {
      return said.seconds("max-age");
    }
    List<String> expires = lines.apply("Expires");
    if (targeted || expires.isEmpty()) {
      return -1;
    }
    long end = expires.size() == 1 ? HttpDate.parse(expires.get(0)) : HttpDate.NONE;
    return end == HttpDate.NONE ? 0 : Math.max(0, (end - date(lines, now)) / 1000);
  }

  /** Whether a status is one whose caching this cache knows to handle (RFC 9111, 3). */
  public static boolean isUnderstood(int status) {
    return HEURISTIC.contains(status);
  }

  /**
   * A tenth of the time since the last change, in seconds; -1 if there is no telling (4.2.2).
   *
   * @param allowed whether the response itself says {@code public}, whatever its status
   */
  public static long heuristic(
      int status, boolean allowed, Function<String, List<String>> lines, long now) {
    List<String> modified = lines.apply("Last-Modified");
    long since = modified.size() == 1 ? HttpDate.parse(modified.get(0)) : HttpDate.NONE;
    if (since == HttpDate.NONE || !(allowed || HEURISTIC.contains(status))) {
      return -1;
    }
    return Math.max(0, (date(lines, now) - since) / 10_000);
  }

  /** How old a response is as it arrives, in milliseconds (4.2.3). */
  public static long initialAge(Function<String, List<String>> lines, long asked, long now) {
    // A date has no parts of a second.
    long apparent = Math.max(0, now / 1000 * 1000 - date(lines, now));
    long stated = statedAge(lines.apply("Age")) * 1000;
    return Math.max(apparent, stated == 0 ? 0 : stated + (now - asked));
  }

  /** What {@code Age} says, in seconds; 0 if it says nothing. */
  public static long statedAge(List<String> lines) {
    List<String> members = Fields.members(lines);
    return members.isEmpty() ? 0 : CacheControl.seconds(members.get(0), 0);
  }

  private static long date(Function<String, List<String>> lines, long now) {
    List<String> dates = lines.apply("Date");
    long date = dates.size() == 1 ? HttpDate.parse(dates.get(0)) : HttpDate.NONE;
    return date == HttpDate.NONE ? now : date;
  }
}
