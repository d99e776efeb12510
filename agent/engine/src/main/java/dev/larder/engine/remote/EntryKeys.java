/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.key.KeyText;
import dev.larder.spi.KeyBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stored keys of one cache's entries, Larder's own or those of the user's key builder, and of
 * their flights.
 *
 * <p>A builder's text must not look like the key of a mark, which begins with {@code !} behind a
 * colon: who reads a mark must not find an entry.
 */
final class EntryKeys {

  private static final Logger LOG = LoggerFactory.getLogger("dev.larder");

  private static final int MAX_LENGTH = 16_384;

  /** How many bytes of a token stand in the key of a lease. */
  private static final int SHORT = 8;

  private final String prefix;
  private final String cache;
  private final String own;
  private final KeyBuilder builder;

  private final Failures failures;
  private final Runnable clear;

  /** Set once the builder has failed: of no key it is known any more what it was. */
  private volatile boolean failed;

  /**
   * The keys of a cache.
   *
   * @param builder null for Larder's own way
   * @param clear removes all of the cache's entries
   */
  EntryKeys(String prefix, String cache, KeyBuilder builder, Failures failures, Runnable clear) {
    this.prefix = prefix;
    this.cache = cache;
    this.own = StoredName.ofCache(prefix, cache);
    this.builder = builder;
    this.failures = failures;
    this.clear = clear;
  }

  /** What the stored keys of the cache begin with, but those that a builder makes. */
  String prefix() {
    return own;
  }

  /** Whether the key of each entry is known; once it is not, nothing may be read or stored. */
  boolean areKnown() {
    return !failed;
  }

  /** The stored key of a template's text. */
  String ofText(String text) {
    return builder == null ? ownOfText(text) : built("", text, () -> ownOfText(text));
  }

  private String ownOfText(String text) {
    return own + ':' + KeyText.ofKey(text);
  }

  /** The stored key of a variant's arguments. */
  String ofParts(String variant, Object[] parts) {
    String content = KeyText.of(parts);
    return builder == null
        ? ownOfParts(variant, content)
        : built(variant, content, () -> ownOfParts(variant, content));
  }

  private String ownOfParts(String variant, String content) {
    return own + variant + ':' + content;
  }

  /**
   * The stored key of the lease of a flight: it tells the key, and what was removed before.
   *
   * @param era of tags; null where the flight's method has none
   */
  String ofFlight(Found found, byte[] era) {
    byte[] mark = found.mark();
    StringBuilder key = new StringBuilder(own).append("!lease:");
    key.append(start(mark, 0)).append(start(mark, mark.length - Tokens.LENGTH));
    if (era != null) {
      key.append(start(era, 0));
    }
    if (found.cell() != null && Tokens.isTombstone(found.cell())) {
      key.append(start(found.cell(), 0));
    }
    key.append(':');
    return builder != null // and then begins with whatever its builder chose
        ? key.append(found.key()).toString()
        : key.append(found.key(), own.length(), found.key().length()).toString();
  }

  /** Enough of a token to tell it from others of its kind. */
  private static String start(byte[] tokens, int at) {
    return HexFormat.of().formatHex(tokens, at + 1, at + 1 + SHORT);
  }

  /**
   * The key that the user's builder gives. Where it fails, nobody knows which entry was meant: all
   * of the cache go, in case this was to remove one, and this JVM leaves the cache alone.
   *
   * @param variant empty for a template's text
   * @param unused a key for what is under way
   */
  private String built(String variant, String content, Supplier<String> unused) {
    try {
      return built(variant, content);
    } catch (IllegalStateException wrong) {
      failures.count("build key", wrong);
      if (!failed) {
        failed = true;
        LOG.warn(
            "cache {} runs uncached from now on, since key-builder failed: {}",
            cache,
            wrong.getMessage());
      }
      clear.run();
      return unused.get();
    }
  }

  /**
   * The stored key as the user's builder writes it.
   *
   * @throws IllegalStateException if the builder fails; the message says how
   */
  private String built(String variant, String content) {
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
