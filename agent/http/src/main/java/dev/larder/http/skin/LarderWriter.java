/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Capture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** The writer that the application writes its body to, over the container's own. */
final class LarderWriter extends LineWriter {

  private final Into into;

  LarderWriter(PrintWriter raw, Capture capture, LarderResponse response) {
    this(new Into(raw, capture), response);
  }

  private LarderWriter(Into into, LarderResponse response) {
    super(into, response);
    this.into = into;
  }

  /** As the container's writer, which swallows what goes wrong and tells it here. */
  @Override
  public boolean checkError() {
    return super.checkError() || into.failed();
  }

  private static final class Into extends Writer {
    private final PrintWriter raw;
    private final Capture capture;

    Into(PrintWriter raw, Capture capture) {
      this.raw = raw;
      this.capture = capture;
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
      capture.write(chars, offset, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
      capture.write(text, offset, length);
    }

    @Override
    public void flush() throws IOException {
      capture.flush();
    }

    @Override
    public void close() throws IOException {
      capture.finish();
      if (!capture.isDropping()) {
        raw.close();
      }
    }

    boolean failed() {
      return !capture.isHolding() && raw.checkError();
    }
  }
}
