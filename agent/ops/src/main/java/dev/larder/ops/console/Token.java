/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** What somebody must know who wants to see or do anything. */
final class Token {

  private static final int RANDOM_BYTES = 24;

  private final byte[] text;

  Token(String text) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
  }

  /** A text that nobody can guess, and that needs no encoding in a URL, a cookie or a header. */
  static String made() {
    byte[] bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Whether a text is this one; how long that takes does not depend on where they differ. */
  boolean is(String offered) {
    return offered != null && MessageDigest.isEqual(text, offered.getBytes(StandardCharsets.UTF_8));
  }

  /** Says nothing of the text. */
  @Override
  public String toString() {
    return "(token)";
  }
}
