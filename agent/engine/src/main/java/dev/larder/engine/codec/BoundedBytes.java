/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Bytes that are written up to a length. A collection that is made as it is read may have no end,
 * and is to be refused before it has filled the heap.
 */
final class BoundedBytes extends OutputStream {

  private final int longest;
  private final ByteArrayBuilder bytes = new ByteArrayBuilder();
  private int room;

  BoundedBytes(int longest) {
    this.longest = longest;
    this.room = longest;
  }

  @Override
  public void write(int each) throws IOException {
    take(1);
    bytes.append(each);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    take(length);
    bytes.write(from, offset, length);
  }

  private void take(int length) throws IOException {
    if (length > room) {
      throw new IOException("it takes more than " + longest + " bytes, which is too large");
    }
    room -= length;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
