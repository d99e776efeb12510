/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Capture;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The stream that the application writes its body to. */
final class LarderOutputStream extends ServletOutputStream {

  private final ServletOutputStream raw;
  private final LarderResponse response;
  private final Capture capture;
  private final byte[] single = new byte[1];

  LarderOutputStream(ServletOutputStream raw, LarderResponse response, Capture capture) {
    this.raw = raw;
    this.response = response;
    this.capture = capture;
  }

  @Override
  public void write(int value) throws IOException {
    single[0] = (byte) value;
    capture.write(single, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
    capture.write(bytes, offset, length);
  }

  @Override
  public void print(String text) throws IOException {
    byte[] bytes = printed(text);
    if (bytes == null) {
      super.print(text);
    } else {
      write(bytes, 0, bytes.length);
    }
  }

  /** The bytes of a printed text; null if they are as the servlet API has them. */
  byte[] printed(String text) throws IOException {
    return Containers.printed(response.raw(), raw, response.raw(), text);
  }

  @Override
  public void flush() throws IOException {
    if (!response.isDeaf()) {
      capture.flush();
    }
  }

  /** Nothing can follow, so the answer is whole here and goes out as if it had ended. */
  @Override
  public void close() throws IOException {
    if (response.isDeaf()) {
      return;
    }
    capture.finish();
    if (!capture.isDropping()) {
      raw.close();
    }
  }

  @Override
  public boolean isReady() {
    return raw.isReady();
  }

  /** Non-blocking writing is between the application and the container: nothing is held. */
  @Override
  public void setWriteListener(WriteListener listener) {
    try {
      capture.pass();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    raw.setWriteListener(listener);
  }
}
