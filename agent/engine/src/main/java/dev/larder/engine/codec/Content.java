/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import java.util.Arrays;

/**
 * The bytes that a codec has written, where they lie within those of their entry.
 *
 * @param bytes that hold them; changed by nobody
 */
public record Content(byte[] bytes, int from, int length) {

  static Content of(byte[] bytes) {
    return new Content(bytes, 0, bytes.length);
  }

  /** They alone. */
  public byte[] toArray() {
    return from == 0 && length == bytes.length
        ? bytes
        : Arrays.copyOfRange(bytes, from, from + length);
  }
}
