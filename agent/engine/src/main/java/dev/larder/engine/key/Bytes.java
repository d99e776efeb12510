/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;

/**
 * The canonical form of values as bytes.
 *
 * <p>Each value begins with a tag and tells its own end, so that no sequence of values begins
 * another: equal bytes mean equal values, whatever stands in a text. Texts are written as their
 * UTF-16 units, since UTF-8 has no form for half a surrogate pair.
 */
final class Bytes {

  static final byte END = 0;
  static final byte NULL = 1;
  static final byte BOOLEAN = 2;
  static final byte BYTE = 3;
  static final byte SHORT = 4;
  static final byte CHAR = 5;
  static final byte INT = 6;
  static final byte LONG = 7;
  static final byte FLOAT = 8;
  static final byte DOUBLE = 9;
  static final byte ASCII = 10;
  static final byte TEXT = 11;
  static final byte BIG_INTEGER = 12;
  static final byte BIG_DECIMAL = 13;
  static final byte UUID = 14;
  static final byte NAMED = 15;
  static final byte LIST = 16;
  static final byte SET = 17;
  static final byte MAP = 18;
  static final byte ENTRY = 19;
  static final byte ARRAY = 20;
  static final byte OBJECT = 21;
  static final byte RAW = 22;
  static final byte OPTIONAL = 23;
  static final byte DIGEST = 24;

  /** Of results alone: a value that holds this one again. */
  static final byte ABOVE = 25;

  private byte[] bytes = new byte[96];
  private int length;

  int length() {
    return length;
  }

  /** A hash of all so far that differs, but for one in 2⁶⁴, where the bytes do. */
  long hash() {
    return Hashing.xxh3_64().hashBytesToLong(bytes, 0, length);
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  void put(int one) {
    if (length == bytes.length) {
      room(1);
    }
    bytes[length++] = (byte) one;
  }

  void putShort(int two) {
    put(two >> 8);
    put(two);
  }

  void putInt(int four) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (four >> shift);
    }
  }

  void putLong(long eight) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (eight >> shift);
    }
  }

  /** A number that is not negative, in seven bits a byte. */
  void putSize(int size) {
    int rest = size;
    while (rest > 0x7f) {
      put(rest | 0x80);
      rest >>>= 7;
    }
    put(rest);
  }

  void putAll(byte[] all) {
    room(all.length);
    System.arraycopy(all, 0, bytes, length, all.length);
    length += all.length;
  }

  /** Bytes with their number before them. */
  void putSized(byte[] all) {
    putSize(all.length);
    putAll(all);
  }

  void putText(String text) {
    int size = text.length();
    room(size + 6);
    int start = length;
    put(ASCII);
    putSize(size);
    for (int i = 0; i < size; i++) {
      char unit = text.charAt(i);
      if (unit >= 0x80) {
        length = start;
        putWide(text);
        return;
      }
      bytes[length++] = (byte) unit;
    }
  }

  private void putWide(String text) {
    int size = text.length();
    room(2 * size + 6);
    put(TEXT);
    putSize(size);
    for (int i = 0; i < size; i++) {
      putShort(text.charAt(i));
    }
  }

  /** A value that its text tells whole among those of its kind. */
  void putNamed(String kind, String text) {
    put(NAMED);
    putText(kind);
    putText(text);
  }

  /**
   * Puts pieces that lie one after the other into the order of their bytes.
   *
   * @param starts where each piece starts; a piece ends where the next one starts, the last one at
   *     the end
   * @param count how many pieces there are
   */
  void sort(int[] starts, int count) {
    if (count < 2) {
      return;
    }
    int from = starts[0];
    byte[][] pieces = new byte[count][];
    for (int i = 0; i < count; i++) {
      pieces[i] = Arrays.copyOfRange(bytes, starts[i], i + 1 < count ? starts[i + 1] : length);
    }
    Arrays.sort(pieces, Arrays::compareUnsigned);
    length = from;
    for (byte[] piece : pieces) {
      putAll(piece);
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
