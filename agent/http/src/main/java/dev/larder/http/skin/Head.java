/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.StoredResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a response says before its body, so that it can be put back. */
record Head(int status, String contentType, List<StoredResponse.Field> lines) {

  static Head of(HttpServletResponse response) {
    List<StoredResponse.Field> lines = new ArrayList<>();
    for (String name : List.copyOf(response.getHeaderNames())) {
      if (!name.equalsIgnoreCase("Content-Type")) {
        response.getHeaders(name).forEach(line -> lines.add(new StoredResponse.Field(name, line)));
      }
    }
    return new Head(response.getStatus(), response.getContentType(), lines);
  }

  /**
   * This, and what others than the servlet have said while it ran: filters, as they saw it flush,
   * or the container. They say it once, so that it must outlast what is taken back.
   *
   * @param after what was said once the servlet had run
   * @param servlets the names of fields that the servlet set, in any case
   */
  Head withOthersOf(Head after, Set<String> servlets) {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(servlets);
    known.add("Content-Length");
    lines.forEach(line -> known.add(line.name()));
    List<StoredResponse.Field> all = new ArrayList<>(lines);
    after.lines().stream().filter(line -> !known.contains(line.name())).forEach(all::add);
    return new Head(status, contentType, all);
  }

  /** Takes back all that was said since, and what was written. */
  void restore(HttpServletResponse response) {
    response.reset();
    response.setStatus(status);
    if (contentType != null) {
      response.setContentType(contentType);
    }
    Replay.fields(lines, response);
  }
}
