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

  /** For how long a removal is remembered, in milliseconds. */
  static final long TOMBSTONE_MILLIS = 60_000;

  /** How long a load may take that is to be stored, in milliseconds. */
  static final long LOAD_MILLIS = 600_000;

  private static final byte MARK = 0;
  private static final byte LOAD = 1;
  private static final byte TOMBSTONE = 2;
  private static final byte FIRST_LEASE = 3;
  private static final byte SECOND_LEASE = 4;
  private static final byte HANDED_OVER = 5;
  private static final byte UNCOLLAPSED = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Tokens() {}

  /** A mark of a cache or a tag. */
  static byte[] mark() {
    return random(MARK);
  }

  /** Whether a cell may be a mark; what is not was put there by somebody else. */
  static boolean isMark(byte[] cell) {
    return cell.length == LENGTH && cell[0] == MARK;
  }

  /** What a load leaves that found nothing. */
  static byte[] load() {
    return random(LOAD);
  }

  /** What a removal leaves. */
  static byte[] tombstone() {
    return random(TOMBSTONE);
  }

  /** A lease of a flight. */
  static byte[] firstLease() {
    return random(FIRST_LEASE);
  }

  /** A lease of a flight that follows one that failed. */
  static byte[] secondLease() {
    return random(SECOND_LEASE);
  }

  /** What a flight leaves that has failed first. */
  static byte[] handedOver() {
    return random(HANDED_OVER);
  }

  /** What a flight leaves after which each JVM runs for itself. */
  static byte[] uncollapsed() {
    return random(UNCOLLAPSED);
  }

  static boolean isFirstLease(byte[] cell) {
    return is(cell, FIRST_LEASE);
  }

  static boolean isHandedOver(byte[] cell) {
    return is(cell, HANDED_OVER);
  }

  static boolean isUncollapsed(byte[] cell) {
    return is(cell, UNCOLLAPSED);
  }

  static boolean isToken(byte[] cell) {
    return is(cell, LOAD) || is(cell, TOMBSTONE);
  }

  static boolean isTombstone(byte[] cell) {
    return is(cell, TOMBSTONE);
  }

  private static boolean is(byte[] cell, byte kind) {
    return cell.length == LENGTH && cell[0] == kind;
  }

  private static byte[] random(byte kind) {
    byte[] token = new byte[LENGTH];
    RANDOM.nextBytes(token);
    token[0] = kind;
    return token;
  }
}
