/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Locale;

/** Where a container goes a way of its own. */
final class Containers {

  private Containers() {}

  /** Whether a request, or a response, is Undertow's own. */
  static boolean isUndertow(Object raw) {
    return raw.getClass().getName().startsWith("io.undertow.");
  }

  private static boolean isJetty(Object raw) {
    return raw.getClass().getName().startsWith("org.eclipse.jetty.");
  }

  static boolean isTomcat(Object raw) {
    return raw.getClass().getName().startsWith("org.apache.catalina.");
  }

  /** How the container's writer ends a line. */
  static String lineEnd(Object raw) {
    return isUndertow(raw) ? "\r\n" : System.lineSeparator();
  }

  /** By which the container's writer formats; null for the JVM's. */
  static Locale locale(ServletResponse raw) {
    return isJetty(raw) ? raw.getLocale() : null;
  }

  /**
   * The bytes of a text that is printed to the container's stream: Jetty encodes it as it would for
   * its writer, and settles {@code Content-Type} by that.
   *
   * @param stream the container's; null if there is none
   * @param said that of which the encoding is asked
   * @return null if it is as the servlet API has it
   */
  static byte[] printed(
      HttpServletResponse raw, ServletOutputStream stream, HttpServletResponse said, String text)
      throws IOException {
    if (!isJetty(raw)) {
      return null;
    }
    if (stream != null) {
      stream.print("");
    }
    return String.valueOf(text).getBytes(Charset.forName(said.getCharacterEncoding()));
  }
}
