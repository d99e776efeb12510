/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.StoredResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;

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
