/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/** A writer whose characters are at once in a stream, which is flushed only as the writer is. */
final class StreamWriter extends Writer {

  private final OutputStream stream;
  private final Writer encoder;

  StreamWriter(OutputStream stream, Charset charset) {
    this.stream = stream;
    encoder = new OutputStreamWriter(new Unflushed(stream), charset);
  }

  @Override
  public void write(char[] chars, int offset, int length) throws IOException {
    encoder.write(chars, offset, length);
    encoder.flush();
  }

  @Override
  public void flush() throws IOException {
    stream.flush();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private static final class Unflushed extends FilterOutputStream {

    Unflushed(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      out.write(from, offset, length);
    }

    @Override
    public void flush() {}
  }
}
