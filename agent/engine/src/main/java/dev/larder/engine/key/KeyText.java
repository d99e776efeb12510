/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

/** The text of a key for backends that know keys as text. */
public final class KeyText {

  /** How many characters a text has at most. */
  public static final int MAX_LENGTH = 120;

  private KeyText() {}

  /**
   * The text of parts made by {@link KeyParts}: printable ASCII without spaces, at most {@link
   * #MAX_LENGTH} characters, and equal only where all parts are equal.
   */
  public static String of(Object... parts) {
    throw new UnsupportedOperationException(String.valueOf(parts.length));
  }

  /**
   * The text of what a {@code key} template gave, under the same promises as {@link #of}: the key
   * as it is where it is short and printable, else a digest.
   */
  public static String ofKey(String key) {
    throw new UnsupportedOperationException(key);
  }
}
