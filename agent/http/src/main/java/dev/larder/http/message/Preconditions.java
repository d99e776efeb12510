/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import java.util.List;
import java.util.function.Function;

/** What a request's preconditions make of a 200 (RFC 9110, 13.2.2). */
public final class Preconditions {

  private Preconditions() {}

  /** What to answer. */
  public enum Outcome {
    /** The response itself. */
    PROCEED,
    /** 304. */
    NOT_MODIFIED,
    /** 412. */
    FAILED
  }

  /**
   * Whether a request has any.
   *
   * @param line a request's field's first line, by name; null for a field that is not there
   */
  public static boolean areIn(Function<String, String> line) {
    return line.apply("If-None-Match") != null
        || line.apply("If-Modified-Since") != null
        || line.apply("If-Match") != null
        || line.apply("If-Unmodified-Since") != null;
  }

  /**
   * Evaluates the preconditions of a GET or HEAD for a response that would else be a 200.
   *
   * @param lines all lines of a request's field, by name; empty for a field that is not there
   * @param tag the response's entity tag; null if it has none
   * @param lastModified milliseconds since 1970; {@link HttpDate#NONE} if the response says none
   * @param now milliseconds since 1970
   */
  public static Outcome evaluate(
      Function<String, List<String>> lines, EntityTag tag, long lastModified, long now) {
    List<String> ifMatch = lines.apply("If-Match");
    if (!ifMatch.isEmpty()) {
      if (!isAny(ifMatch) && !anyMatches(ifMatch, tag, true)) {
        return Outcome.FAILED;
      }
    } else {
      long since = date(lines.apply("If-Unmodified-Since"));
      if (since != HttpDate.NONE && lastModified != HttpDate.NONE && lastModified > since) {
        return Outcome.FAILED;
      }
    }
    List<String> ifNoneMatch = lines.apply("If-None-Match");
    if (!ifNoneMatch.isEmpty()) {
      return isAny(ifNoneMatch) || anyMatches(ifNoneMatch, tag, false)
          ? Outcome.NOT_MODIFIED
          : Outcome.PROCEED;
    }
    long since = date(lines.apply("If-Modified-Since"));
    boolean usable = since != HttpDate.NONE && since <= now && lastModified != HttpDate.NONE;
    return usable && lastModified <= since ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
  }

  private static boolean isAny(List<String> lines) {
    return lines.size() == 1 && lines.get(0).strip().equals("*");
  }

  private static boolean anyMatches(List<String> lines, EntityTag tag, boolean strongly) {
    if (tag == null) {
      return false;
    }
    for (EntityTag each : EntityTag.list(lines)) {
      if (strongly ? each.matchesStrongly(tag) : each.matchesWeakly(tag)) {
        return true;
      }
    }
    return false;
  }

  /** The field's date; several lines, or none, are no date (RFC 9110, 13.1.3). */
  private static long date(List<String> lines) {
    return lines.size() == 1 ? HttpDate.parse(lines.get(0).strip()) : HttpDate.NONE;
  }
}
