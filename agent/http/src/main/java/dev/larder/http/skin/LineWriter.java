/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.ServletResponse;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;

/** A writer that ends lines, and formats, as the container's does. */
class LineWriter extends PrintWriter {

  private final String lineEnd;

  /** By which it formats where the application names none; null for the JVM's. */
  private final Locale locale;

  /**
   * A writer.
   *
   * @param raw the container's response
   */
  LineWriter(Writer to, ServletResponse raw) {
    super(to);
    lineEnd = Containers.lineEnd(raw);
    locale = Containers.locale(raw);
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
