/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Keys for servers that cannot take every text as a key.
 *
 * <p>A key that fits is stored as it is. In place of another stands its beginning, as far as that
 * is plain text, so that it can still be recognised and begins with its prefix, then {@code #} and
 * the SHA-256 of the whole key. A plain key that looks like that is replaced too, so that nobody
 * can write down the place of another.
 */
public final class StoredKeys {

  private static final int HASH_LENGTH = 1 + 43;
  private static final int LEAST_LENGTH = 64;

  private final int maxBytes;
  private final boolean plain;

  private StoredKeys(int maxBytes, boolean plain) {
    if (maxBytes < LEAST_LENGTH) {
      throw new IllegalArgumentException(
          "keys of at most " + maxBytes + " bytes have no room for a hash; allow " + LEAST_LENGTH);
    }
    this.maxBytes = maxBytes;
    this.plain = plain;
  }

  /** For servers that take any Unicode text of up to so many bytes in UTF-8, at least 64. */
  public static StoredKeys upTo(int maxBytes) {
    return new StoredKeys(maxBytes, false);
  }

  /**
   * For servers that take printable ASCII without spaces, up to so many characters, at least 64.
   */
  public static StoredKeys plainUpTo(int maxBytes) {
    return new StoredKeys(maxBytes, true);
  }

  /** The key under which a server keeps what has this key. */
  public String of(String key) {
    int plainLength = plainLength(key);
    boolean fits =
        plainLength == key.length() ? plainLength <= maxBytes : !plain && fitsAsUtf8(key);
    if (fits && !looksHashed(key)) {
      return key;
    }
    return key.substring(0, Math.min(plainLength, maxBytes - HASH_LENGTH)) + "#" + hash(key);
  }

  private static boolean looksHashed(String key) {
    return key.length() >= HASH_LENGTH && key.charAt(key.length() - HASH_LENGTH) == '#';
  }

  private static int plainLength(String key) {
    int i = 0;
    while (i < key.length() && key.charAt(i) > ' ' && key.charAt(i) < 0x7f) {
      i++;
    }
    return i;
  }

  /** Whether it is short enough, and no half of a surrogate pair would be lost on the way. */
  private boolean fitsAsUtf8(String key) {
    return key.length() <= maxBytes
        && StandardCharsets.UTF_8.newEncoder().canEncode(key)
        && key.getBytes(StandardCharsets.UTF_8).length <= maxBytes;
  }

  private static String hash(String key) {
    try {
      // UTF-16, so that texts that are no well-formed Unicode differ as well.
      ByteBuffer bytes = ByteBuffer.allocate(key.length() * Character.BYTES);
      bytes.asCharBuffer().put(key);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
