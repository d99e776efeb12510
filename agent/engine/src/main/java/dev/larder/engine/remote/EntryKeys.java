/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.key.KeyText;
import dev.larder.spi.KeyBuilder;
import java.nio.charset.StandardCharsets;

/**
 * The stored keys of one cache's entries: Larder's own, or those of the user's key builder.
 *
 * <p>A builder's text must not look like the key of a mark, which begins with {@code !} behind a
 * colon: who reads a mark must not find an entry.
 */
final class EntryKeys {

  private static final int MAX_LENGTH = 16_384;

  private final String prefix;
  private final String cache;
  private final String own;
  private final KeyBuilder builder;

  /**
   * The keys of a cache.
   *
   * @param builder null for Larder's own way
   */
  EntryKeys(String prefix, String cache, KeyBuilder builder) {
    this.prefix = prefix;
    this.cache = cache;
    this.own = StoredName.ofCache(prefix, cache);
    this.builder = builder;
  }

  /** The stored key of a template's text, as Larder itself writes it. */
  String ofText(String text) {
    return own + ':' + KeyText.ofKey(text);
  }

  /** The stored key of a variant's arguments, as Larder itself writes it. */
  String ofParts(String variant, Object[] parts) {
    return own + variant + ':' + KeyText.of(parts);
  }

  boolean isBuilt() {
    return builder != null;
  }

  /**
   * The stored key as the user's builder writes it.
   *
   * @param variant empty for a template's text
   * @throws IllegalStateException if the builder fails; the message says how
   */
  String built(String variant, String content) {
    String text;
    try {
      text = builder.build(cache, variant, content);
    } catch (RuntimeException | Error failure) {
      throw new IllegalStateException("it threw " + failure, failure);
    }
    if (text == null) {
      throw new IllegalStateException("it gave null", null);
    }
    if (text.length() > MAX_LENGTH || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalStateException(
          "it gave a text that is longer than " + MAX_LENGTH + " or no well-formed Unicode", null);
    }
    if (text.startsWith("!") || text.contains(":!")) {
      throw new IllegalStateException(
          "it gave " + text + ", and ! behind a colon is Larder's", null);
    }
    return prefix + ':' + text;
  }
}
