/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.StoredResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Gives what is stored as the servlet gave it: as bytes or, where a filter has taken the writer
 * before, as the text that the servlet must then have written.
 */
final class Replay {

  private Replay() {}

  static void of(StoredResponse stored, HttpServletResponse into) throws IOException {
    into.setStatus(stored.status());
    fields(stored.fields(), into);
    if (stored.body().length > 0 || stored.status() == HttpServletResponse.SC_OK) {
      body(stored.body(), into);
    }
  }

  private static void body(byte[] body, HttpServletResponse into) throws IOException {
    ServletOutputStream stream;
    try {
      stream = into.getOutputStream();
    } catch (IllegalStateException writerTaken) {
      into.getWriter().write(new String(body, Charset.forName(into.getCharacterEncoding())));
      return;
    }
    stream.write(body);
  }

  /** Sets fields in place of those of the same names, which a container may have of its own. */
  static void fields(List<StoredResponse.Field> fields, HttpServletResponse into) {
    Set<String> set = new HashSet<>();
    for (StoredResponse.Field field : fields) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (name.equals("content-type")) {
        into.setContentType(field.value());
      } else if (set.add(name)) {
        into.setHeader(field.name(), field.value());
      } else {
        into.addHeader(field.name(), field.value());
      }
    }
  }
}
