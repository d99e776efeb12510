/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs entries together with their keys, by HMAC-SHA-256 (RFC 2104).
 *
 * <p>The first of several keys signs and all verify, so that a key can be replaced while entries of
 * the old one are still about.
 */
public final class Seal {

  /** How long a signature is, in bytes. */
  static final int LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final List<SecretKeySpec> keys = new ArrayList<>();

  /**
   * Seals by these keys.
   *
   * @param keys any texts, none of them empty
   * @throws IllegalArgumentException if there is none, or an empty one
   */
  public Seal(List<String> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a seal needs a key: set seal.key to any text");
    }
    for (String key : keys) {
      this.keys.add(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    }
  }

  byte[] sign(byte[] key, byte[] entry, int length) {
    return sign(keys.get(0), key, entry, length);
  }

  /**
   * Whether the signature, which lies behind that many bytes of the entry, is by one of the keys.
   */
  boolean verifies(byte[] key, byte[] entry, int length) {
    byte[] given = new byte[LENGTH];
    System.arraycopy(entry, length, given, 0, LENGTH);
    boolean verified = false;
    for (SecretKeySpec each : keys) {
      verified |= MessageDigest.isEqual(given, sign(each, key, entry, length));
    }
    return verified;
  }

  private static byte[] sign(SecretKeySpec secret, byte[] key, byte[] entry, int length) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      for (int shift = 24; shift >= 0; shift -= 8) {
        mac.update((byte) (key.length >>> shift));
      }
      mac.update(key);
      mac.update(entry, 0, length);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
