/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import java.security.SecureRandom;

/**
 * The short cells that are no entries: random, so that no two are equal, and told from entries by
 * their length and first byte.
 */
final class Tokens {

  static final int LENGTH = 17;

  private static final byte LOAD = 1;
  private static final byte TOMBSTONE = 2;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Tokens() {}

  /** A mark of a cache or a tag. */
  static byte[] mark() {
    return random((byte) 0);
  }

  /** What a load leaves that found nothing. */
  static byte[] load() {
    return random(LOAD);
  }

  /** What a removal leaves. */
  static byte[] tombstone() {
    return random(TOMBSTONE);
  }

  static boolean isToken(byte[] cell) {
    return cell.length == LENGTH && (cell[0] == LOAD || cell[0] == TOMBSTONE);
  }

  static boolean isTombstone(byte[] cell) {
    return cell.length == LENGTH && cell[0] == TOMBSTONE;
  }

  private static byte[] random(byte kind) {
    byte[] token = new byte[LENGTH];
    RANDOM.nextBytes(token);
    token[0] = kind;
    return token;
  }
}
