/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import com.dynatrace.hash4j.hashing.Hashing;
import java.lang.reflect.Array;
import java.nio.Buffer;

/**
 * A walk through a result, which is to cost little however large that is, and may hold itself, as
 * entities do.
 */
final class ResultWalk extends Walk {

  /** How many bytes its canonical form may take. */
  private static final int MOST_BYTES = 64 * 1024;

  /** How long a text, or an array of bytes, may be: of a long one a hash is taken in place. */
  private static final int LONGEST = 1024 * 1024;

  private static final int LONG = 256;

  ResultWalk(Shapes shapes) {
    super(shapes);
  }

  @Override
  void value(Object value) throws NoKeyException {
    int above = value == null ? 0 : stepsUpTo(value);
    if (above > 0) {
      out().put(Bytes.ABOVE);
      out().putSize(above);
    } else if (value instanceof String text && text.length() > LONG) {
      digest(
          'S',
          text.length(),
          text.length() > LONGEST ? 0 : Hashing.xxh3_64().hashCharsToLong(text));
    } else if (value instanceof byte[] bytes && bytes.length > LONG) {
      digest(
          'B', bytes.length, bytes.length > LONGEST ? 0 : Hashing.xxh3_64().hashBytesToLong(bytes));
    } else if (isLarge(value)) {
      throw tooLarge();
    } else {
      super.value(value);
    }
    if (out().length() > MOST_BYTES) {
      throw tooLarge();
    }
  }

  private void digest(char kind, int length, long hash) throws NoKeyException {
    if (length > LONGEST) {
      throw tooLarge();
    }
    out().put(Bytes.DIGEST);
    out().put(kind);
    out().putInt(length);
    out().putLong(hash);
  }

  /** Whether it would be copied as a whole before anybody sees how much it is. */
  private static boolean isLarge(Object value) {
    if (value instanceof StringBuilder || value instanceof StringBuffer) {
      return ((CharSequence) value).length() > MOST_BYTES;
    }
    if (value instanceof Buffer buffer) {
      return buffer.remaining() > MOST_BYTES;
    }
    return value != null
        && value.getClass().isArray()
        && value.getClass().getComponentType().isPrimitive()
        && Array.getLength(value) > MOST_BYTES;
  }

  private NoKeyException tooLarge() {
    return refusal("is too large to be looked through at every call");
  }
}
