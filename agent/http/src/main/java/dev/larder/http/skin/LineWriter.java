/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/** A writer that ends lines, and formats, as the container's does. */
class LineWriter extends PrintWriter {

  private final String lineEnd;

  /** By which it formats where the application names none; null for the JVM's. */
  private final Locale locale;

  private final LarderResponse response;

  /**
   * A writer.
   *
   * @param response over the container's own
   */
  LineWriter(Writer to, LarderResponse response) {
    super(to);
    this.response = response;
    lineEnd = Containers.lineEnd(response.raw());
    locale = Containers.locale(response.raw());
  }

  @Override
  public void flush() {
    if (!response.isDeaf()) {
      super.flush();
    }
  }

  @Override
  public void close() {
    if (!response.isDeaf()) {
      super.close();
    }
  }

  @Override
  public void println() {
    write(lineEnd);
  }

  @Override
  public PrintWriter format(String text, Object... values) {
    return locale == null ? super.format(text, values) : super.format(locale, text, values);
  }
}
