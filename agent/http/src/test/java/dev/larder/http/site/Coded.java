/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.site;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A response whose body a filter keeps, codes, and sends with the length that it then has. */
final class Coded extends HttpServletResponseWrapper {

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  Coded(HttpServletResponse raw) {
    super(raw);
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return new ServletOutputStream() {
      @Override
      public void write(int value) {
        kept.write(value);
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException();
      }
    };
  }

  @Override
  public void setContentLength(int length) {}

  void end() throws IOException {
    byte[] coded = Base64.getEncoder().encode(kept.toByteArray());
    HttpServletResponse raw = (HttpServletResponse) getResponse();
    raw.setContentLength(coded.length);
    raw.setHeader("Content-Coded", new String(coded, StandardCharsets.US_ASCII).substring(0, 4));
    raw.getOutputStream().write(coded);
  }
}
