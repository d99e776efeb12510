/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.key.KeyText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The texts of stored keys.
 *
 * <pre>
 *   PREFIX:CACHE:CLASS.METHOD~DIGEST:ARGUMENTS   an entry by arguments
 *   PREFIX:CACHE::TEXT                           an entry by a template's text
 *   PREFIX:CACHE:!…                              marks and the like
 *   PREFIX:!…                                    those of all caches
 * </pre>
 *
 * <p>A cache's name stands with {@code %}, {@code :} and {@code !} escaped, so that no two caches
 * share a key.
 */
final class StoredName {

  private static final String OF_TAGS = ":!tag:";
  private static final int DIGEST_LENGTH = 22; // 132 bits

  private StoredName() {}

  /** What the keys of a cache begin with, its last colon included. */
  static String ofCache(String prefix, String cache) {
    String escaped = cache.replace("%", "%25").replace(":", "%3A").replace("!", "%21");
    return prefix + ':' + escaped + ':';
  }

  /** The mark of a tag. */
  static String ofTag(String prefix, String tag) {
    return prefix + OF_TAGS + KeyText.ofKey(tag);
  }

  /** Whether it is the mark of a tag. */
  static boolean isOfTag(String prefix, String key) {
    return key.startsWith(OF_TAGS, prefix.length()) && key.startsWith(prefix);
  }

  /**
   * The name of a variant: short, and equal in every JVM that has the same.
   *
   * @param method its class and name
   * @param parts what else tells it from others
   */
  static String ofVariant(String method, String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, method);
      for (String part : parts) {
        add(digest, part);
      }
      String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
      int last = method.lastIndexOf('.');
      String shown = method.substring(method.lastIndexOf('.', last - 1) + 1);
      return shown.replace(':', '_') + '~' + hash.substring(0, DIGEST_LENGTH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Takes a text with its length, so that no two sequences of texts are the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }
}
