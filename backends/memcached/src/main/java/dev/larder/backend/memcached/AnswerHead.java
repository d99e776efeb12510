/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The first 24 bytes of an answer in Memcached's binary protocol.
 *
 * <p>They are believed only if they belong to what was asked: the client itself would take any
 * answer for that to its oldest request, and make room for whatever length it says.
 */
final class AnswerHead {

  /** The most that {@code memcached -I} takes; no item is longer. */
  static final int LONGEST_BODY = 1 << 30;

  private static final int LENGTH = 24;
  private static final int MAGIC = 0x81;

  private static final int KEY_LENGTH = 2;
  private static final int EXTRAS_LENGTH = 4;
  private static final int STATUS = 6;
  private static final int BODY_LENGTH = 8;
  private static final int OPAQUE = 12;
  private static final int VERSION = 16;

  private final ByteBuffer bytes = ByteBuffer.allocate(LENGTH);

  /** Takes what is there of it; whether it is whole now. */
  boolean read(ByteBuffer from) {
    int length = Math.min(bytes.remaining(), from.remaining());
    bytes.put(bytes.position(), from, from.position(), length);
    bytes.position(bytes.position() + length);
    from.position(from.position() + length);
    return isWhole();
  }

  boolean isWhole() {
    return !bytes.hasRemaining();
  }

  /** Forgets it, since another answer follows. */
  void clear() {
    bytes.clear();
  }

  /**
   * Compares it with what was asked.
   *
   * @param opaque the number that the server is to repeat
   * @param longest how many bytes can follow at most
   * @throws IOException if it is no head, or that of another answer; the client then ends the
   *     connection, since nobody knows where the next one begins
   */
  void check(byte opcode, int opaque, int longest) throws IOException {
    boolean isAnswer =
        Byte.toUnsignedInt(bytes.get(0)) == MAGIC
            && bytes.get(1) == opcode
            && bytes.getInt(OPAQUE) == opaque;
    if (!isAnswer) {
      throw new IOException("it answered what it was not asked");
    }
    if (bodyLength() < valueAt() || bodyLength() > longest) {
      throw new IOException(
          "it answered by "
              + Integer.toUnsignedString(bodyLength())
              + " bytes, of which "
              + valueAt()
              + " come before the value");
    }
  }

  int status() {
    return Short.toUnsignedInt(bytes.getShort(STATUS));
  }

  int bodyLength() {
    return bytes.getInt(BODY_LENGTH);
  }

  /** Where the key begins in the body. */
  int keyAt() {
    return Byte.toUnsignedInt(bytes.get(EXTRAS_LENGTH));
  }

  /** Where the value begins in the body. */
  int valueAt() {
    return keyAt() + Short.toUnsignedInt(bytes.getShort(KEY_LENGTH));
  }

  /** What the item is compared by and swapped. */
  long version() {
    return bytes.getLong(VERSION);
  }
}
