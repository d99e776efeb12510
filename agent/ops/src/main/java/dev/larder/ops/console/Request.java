/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request, as far as the console looks at it.
 *
 * @param path the decoded segments of its path; none of {@code /}
 * @param query the decoded parameters of its query
 * @param headers by their names in lower case
 */
record Request(
    String method,
    List<String> path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers) {

  /**
   * Takes a request line's target apart.
   *
   * @throws IllegalArgumentException if it is no path, or not encoded as one
   */
  static Request of(String method, String target, Map<String, List<String>> headers) {
    if (!target.startsWith("/")) {
      throw new IllegalArgumentException("the target of a request must be a path");
    }
    QueryStringDecoder decoder = new QueryStringDecoder(target);
    List<String> path = new ArrayList<>();
    for (String segment : decoder.rawPath().substring(1).split("/", -1)) {
      path.add(new QueryStringDecoder(segment).path());
    }
    if (path.size() == 1 && path.get(0).isEmpty()) {
      path.clear();
    }
    return new Request(method, path, decoder.parameters(), headers);
  }

  /** The one header field of a name; null where there is none, or more than one. */
  String header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    return values.size() == 1 ? values.get(0) : null;
  }

  boolean has(String name) {
    return headers.containsKey(name.toLowerCase(Locale.ROOT));
  }

  /** The one parameter of a name; null where there is none, or more than one. */
  String parameter(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.size() == 1 ? values.get(0) : null;
  }

  /** Whether it is the one for a path of a single segment; of none for the empty text. */
  boolean isFor(String segment) {
    return segment.isEmpty() ? path.isEmpty() : path.equals(List.of(segment));
  }

  boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }
}
