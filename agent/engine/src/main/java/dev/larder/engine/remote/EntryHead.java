/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The first bytes of a cell that held an entry, as a removal gets them back: enough to tell whether
 * anybody could still have read it.
 */
final class EntryHead {

  /** How many bytes are asked for: all fixed fields, the codec's name and the cache's mark. */
  static final int LENGTH = 160;

  private static final short MAGIC = 0x4C64;
  private static final int EXPIRES = 24;
  private static final int LAST_WINDOW = 40;
  private static final int CODEC = 56;

  private EntryHead() {}

  /** Whether a cell's first bytes are those of an entry. */
  static boolean isEntry(byte[] head) {
    return head.length > CODEC && ByteBuffer.wrap(head).getShort() == MAGIC;
  }

  /** The first bytes of a whole cell. */
  static byte[] of(byte[] cell) {
    return Arrays.copyOf(cell, Math.min(cell.length, LENGTH));
  }

  /** How long ago an entry was stored, in milliseconds. */
  static long age(byte[] head) {
    return System.currentTimeMillis() - ByteBuffer.wrap(head).getLong(EXPIRES - Long.BYTES);
  }

  /**
   * How long ago an entry was stored at least, in milliseconds, by what is left of its time with
   * the backend: whose clock it is by does not matter. Of one that is gone if unread it says too
   * much.
   */
  static long ageBy(long left, byte[] head) {
    return end(head) - ByteBuffer.wrap(head).getLong(EXPIRES - Long.BYTES) - left;
  }

  /** The last moment at which an entry is of any use, in milliseconds since 1970. */
  static long end(byte[] head) {
    ByteBuffer in = ByteBuffer.wrap(head);
    return Math.max(
        in.getLong(EXPIRES), Math.max(in.getLong(EXPIRES + Long.BYTES), in.getLong(LAST_WINDOW)));
  }

  /** Whether it was an entry that would have been served. */
  static boolean isServed(byte[] head, byte[] cacheMark) {
    if (head == null || !isEntry(head)) {
      return false;
    }
    ByteBuffer in = ByteBuffer.wrap(head);
    try {
      in.position(CODEC);
      in.position(CODEC + 1 + (in.get(CODEC) & 0xFF));
      byte[] mark = new byte[in.get() & 0xFF];
      in.get(mark);
      return end(head) > System.currentTimeMillis() && Arrays.equals(mark, cacheMark);
    } catch (BufferUnderflowException | IllegalArgumentException tooShort) {
      return false; // no entry of ours
    }
  }
}
