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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

  private final List<Signer> signers = new ArrayList<>();

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
      signers.add(new Signer(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM)));
    }
  }

  byte[] sign(byte[] key, byte[] entry, int length) {
    return signers.get(0).sign(key, entry, length);
  }

  /**
   * Whether the signature, which lies behind that many bytes of the entry, is by one of the keys.
   */
  boolean verifies(byte[] key, byte[] entry, int length) {
    byte[] given = new byte[LENGTH];
    System.arraycopy(entry, length, given, 0, LENGTH);
    boolean verified = false;
    for (Signer each : signers) {
      verified |= MessageDigest.isEqual(given, each.sign(key, entry, length));
    }
    return verified;
  }

  /** Signs with one key; what it takes to be made is kept, as many as have been at work at once. */
  private static final class Signer {
    private final SecretKeySpec secret;
    private final Queue<Mac> idle = new ConcurrentLinkedQueue<>();

    Signer(SecretKeySpec secret) {
      this.secret = secret;
    }

    byte[] sign(byte[] key, byte[] entry, int length) {
      Mac mac = idle.poll();
      if (mac == null) {
        mac = made();
      }
      for (int shift = 24; shift >= 0; shift -= 8) {
        mac.update((byte) (key.length >>> shift));
      }
      mac.update(key);
      mac.update(entry, 0, length);
      byte[] signature = mac.doFinal(); // after which it is as new
      idle.add(mac);
      return signature;
    }

    private Mac made() {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(secret);
        return mac;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + ALGORITHM, e);
      }
    }
  }
}
