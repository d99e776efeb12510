/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What stands under a key: bytes behind the moment at which they are gone.
 *
 * <p>Memcached counts seconds, and a second of its own may be nearly over when an item comes. So
 * the server is told more than the time to live, and the moment stands in the item, by the clock of
 * the machine that wrote it, in milliseconds since 1970. The moment has a checksum, since a changed
 * one would let a value go early or late; values have their own.
 *
 * @param until the moment
 * @param value the bytes
 */
record Cell(long until, byte[] value) {

  private static final byte VERSION = 2;
  private static final int SUMMED = 1 + Long.BYTES;
  private static final int HEADER = SUMMED + Integer.BYTES;

  /** The longest relative time that Memcached takes, in seconds; what is more counts from 1970. */
  private static final long LONGEST_RELATIVE = 30L * 24 * 60 * 60;

  private static final Cell NONE = new Cell(Long.MIN_VALUE, new byte[0]);

  /** What stands in the item. */
  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(lengthWith(value)).put(VERSION).putLong(until);
    return bytes.putInt(sum(bytes.array())).put(value).array();
  }

  /** What stands in an item; over, and empty, if that is none of ours. */
  static Cell of(ByteBuffer item) {
    byte[] header = new byte[HEADER];
    if (item.remaining() < HEADER) {
      return NONE;
    }
    item.get(header);
    ByteBuffer read = ByteBuffer.wrap(header);
    if (read.get() != VERSION || read.getInt(SUMMED) != sum(header)) {
      return NONE;
    }
    byte[] value = new byte[item.remaining()];
    item.get(value);
    return new Cell(read.getLong(), value);
  }

  private static int sum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, SUMMED);
    return (int) sum.getValue();
  }

  /** A cell that is there for so many milliseconds from now. */
  static Cell lasting(long millis, byte[] value) {
    return new Cell(System.currentTimeMillis() + millis, value);
  }

  /** Its length as the server counts it, without its key. */
  static int lengthWith(byte[] value) {
    return HEADER + value.length;
  }

  boolean isOver() {
    return millisLeft() <= 0;
  }

  long millisLeft() {
    return until == Long.MIN_VALUE ? 0 : until - System.currentTimeMillis();
  }

  /** What the server is told: at least what is left, and at most two seconds more. */
  int expiration() {
    long seconds = millisLeft() / 1_000 + 2;
    return seconds <= LONGEST_RELATIVE
        ? (int) seconds
        : (int) Math.min(Integer.MAX_VALUE, System.currentTimeMillis() / 1_000 + seconds);
  }
}
