/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import java.util.List;
import java.util.function.Function;

/**
 * The part of a whole response that a request asks for (RFC 9110, 14).
 *
 * @param first the first byte's position
 * @param last the last byte's; less than the first where the response has no byte of the range
 * @param length of the whole
 */
public record ByteRange(int first, int last, int length) {

  /**
   * The single range that a GET asks for; null where the whole is the answer: no range, several,
   * another unit, a malformed one, or an {@code If-Range} that does not match (13.1.5).
   *
   * @param request all lines of a request's field, by name
   * @param response all lines of the whole response's field, by name
   * @param made when the response was made, in milliseconds since 1970
   */
  public static ByteRange of(
      Function<String, List<String>> request,
      Function<String, List<String>> response,
      long made,
      int length) {
    List<String> lines = request.apply("Range");
    String range = lines.size() == 1 ? lines.get(0).strip() : "";
    if (!range.regionMatches(true, 0, "bytes=", 0, 6) || !isWanted(request, response, made)) {
      return null;
    }
    String spec = range.substring(6).strip();
    int dash = spec.indexOf('-');
    long from = dash < 0 ? -1 : position(spec.substring(0, dash));
    long to = dash < 0 ? -1 : position(spec.substring(dash + 1));
    if (dash == 0) {
      return to < 0 ? null : new ByteRange(length - (int) Math.min(to, length), length - 1, length);
    }
    boolean open = dash == spec.length() - 1;
    if (from < 0 || (!open && to < from)) {
      return null;
    }
    int last = open ? length - 1 : (int) Math.min(to, length - 1L);
    return new ByteRange((int) Math.min(from, Integer.MAX_VALUE), last, length);
  }

  private static long position(String digits) {
    return CacheControl.seconds(digits, -1);
  }

  /** By a strong comparison, of tags or of dates (13.1.5 and 8.8.2.2). */
  private static boolean isWanted(
      Function<String, List<String>> request, Function<String, List<String>> response, long made) {
    List<String> conditions = request.apply("If-Range");
    if (conditions.isEmpty()) {
      return true;
    }
    String condition = conditions.get(0).strip();
    EntityTag wanted = EntityTag.parse(condition);
    if (wanted != null) {
      EntityTag tag = EntityTag.parse(first(response, "ETag"));
      return conditions.size() == 1 && tag != null && wanted.matchesStrongly(tag);
    }
    long modified = HttpDate.parse(first(response, "Last-Modified"));
    return modified != HttpDate.NONE
        && modified == HttpDate.parse(condition)
        && made - modified >= 1_000;
  }

  private static String first(Function<String, List<String>> lines, String name) {
    List<String> found = lines.apply(name);
    return found.isEmpty() ? null : found.get(0);
  }

  /** Whether the response has any byte of it; 416 answers where it has none. */
  public boolean isSatisfiable() {
    return first <= last;
  }

  /** How many bytes it is. */
  public int size() {
    return last - first + 1;
  }

  /** As {@code Content-Range} has it. */
  @Override
  public String toString() {
    return isSatisfiable() ? "bytes " + first + '-' + last + '/' + length : "bytes */" + length;
  }
}
