/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A part of a key that stands for an argument by its canonical bytes alone.
 *
 * <p>Of long ones the digest is kept in place of the bytes, so that a key in memory stays small
 * whatever the argument.
 */
public final class Composite {

  private static final int LONGEST = 512;

  private final byte[] bytes;
  private final int hash;

  private Composite(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  static Composite of(Bytes canonical) {
    byte[] bytes = canonical.toArray();
    if (bytes.length > LONGEST) {
      byte[] digest = sha256(bytes);
      bytes = new byte[1 + digest.length];
      bytes[0] = Bytes.DIGEST;
      System.arraycopy(digest, 0, bytes, 1, digest.length);
    }
    return new Composite(bytes);
  }

  /** The canonical bytes; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** An estimate of what this part takes of the heap, in bytes. */
  public int weight() {
    return 40 + bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Composite that
            && hash == that.hash
            && Arrays.equals(bytes, that.bytes));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The part's text as it stands in a key. */
  @Override
  public String toString() {
    return KeyText.of(this);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
