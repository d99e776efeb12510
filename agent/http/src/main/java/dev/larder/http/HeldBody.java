/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * The bytes of a body that are held or, where the application took the writer, the characters.
 *
 * <p>A body that comes in one piece, or says its length before, is copied once, into an array that
 * it fills, so that the store may keep just that array.
 */
final class HeldBody {

  /** The room for a body that comes in pieces, of which nobody knows how many. */
  private static final int PIECES = 4096;

  private byte[] bytes;
  private char[] chars;
  private int size;

  /** The characters as bytes, once the body is whole. */
  private byte[] encoded;

  /** Whose bytes were held last, and which of them. */
  private byte[] last;

  private int lastOffset;
  private int lastLength;

  private int beginning;

  int size() {
    return size;
  }

  /** How often what was held has been forgotten. */
  int beginning() {
    return beginning;
  }

  /** Forgets what is held; another body may begin. */
  void forget() {
    drop();
    size = 0;
    beginning++;
  }

  /** Holds nothing any more. */
  void drop() {
    bytes = null;
    chars = null;
    encoded = null;
    last = null;
  }

  /** Holds all of a body, in an array that nobody will write to. */
  void share(byte[] body) {
    bytes = body;
    size = body.length;
  }

  /**
   * Holds some bytes more.
   *
   * @param expected how long the body will be; more than can be held if nobody knows
   */
  void add(byte[] from, int offset, int length, long expected) {
    if (size == 0 && (length == expected || length >= PIECES)) {
      bytes = Arrays.copyOfRange(from, offset, offset + length);
    } else {
      int needed = size + length;
      if (bytes == null) {
        bytes = new byte[expected <= Integer.MAX_VALUE ? (int) expected : Math.max(PIECES, needed)];
      } else if (bytes.length < needed) {
        bytes = Arrays.copyOf(bytes, grown(bytes.length, needed));
      }
      System.arraycopy(from, offset, bytes, size, length);
    }
    size += length;
    last = from;
    lastOffset = offset;
    lastLength = length;
  }

  void add(char[] from, int offset, int length) {
    makeRoom(length);
    System.arraycopy(from, offset, chars, size, length);
    size += length;
  }

  void add(String from, int offset, int length) {
    makeRoom(length);
    from.getChars(offset, offset + length, chars, size);
    size += length;
  }

  private void makeRoom(int more) {
    if (chars == null) {
      chars = new char[Math.max(PIECES, more)];
    } else if (chars.length < size + more) {
      chars = Arrays.copyOf(chars, grown(chars.length, size + more));
    }
  }

  private static int grown(int now, int needed) {
    return (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, now * 2L));
  }

  /** Whether just these bytes are what is held from some place on. */
  boolean endsWith(int from, byte[] expected, int offset, int length) {
    if (bytes == null || size != from + length) {
      return false;
    }
    boolean same = last == expected && lastOffset == offset && lastLength == length;
    return same || Arrays.equals(bytes, from, size, expected, offset, offset + length);
  }

  /** Whether just these characters are what is held from some place on. */
  boolean endsWith(int from, char[] expected, int offset, int length) {
    return chars != null
        && size == from + length
        && Arrays.equals(chars, from, size, expected, offset, offset + length);
  }

  /** Whether just these characters are what is held from some place on. */
  boolean endsWith(int from, String expected, int offset, int length) {
    if (chars == null || size != from + length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (chars[from + i] != expected.charAt(offset + i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * All of it as bytes, {@link #length} of them.
   *
   * @param encoder for characters; gives null where only the container can
   * @return null if the encoder gave it
   */
  byte[] whole(BiFunction<char[], Integer, byte[]> encoder) {
    if (chars != null) {
      encoded = encoder.apply(chars, size);
      return encoded;
    }
    return bytes == null ? new byte[0] : bytes;
  }

  /** How many bytes {@link #whole} has given. */
  int length() {
    return chars == null ? size : encoded.length;
  }

  /**
   * The first of it as bytes: the very array of {@link #whole}, where it is all of that.
   *
   * @param count bytes, or characters where those are held
   * @return null if it is not held any more, or the encoder gave null
   */
  byte[] first(int count, BiFunction<char[], Integer, byte[]> encoder) {
    if (chars != null) {
      return count == size && encoded != null ? encoded : encoder.apply(chars, count);
    }
    if (bytes == null) {
      return count == 0 ? new byte[0] : null;
    }
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }

  /** The first of it, where it is characters; null if it is not, or is not held any more. */
  char[] firstChars(int count) {
    return chars != null ? Arrays.copyOf(chars, count) : count == 0 ? new char[0] : null;
  }

  /** Gives all of it to the container. */
  void emit(Capture.Out out) throws IOException {
    if (bytes != null && size > 0) {
      out.bytes(bytes, 0, size);
    } else if (chars != null && size > 0) {
      out.chars(chars, 0, size);
    }
  }
}
