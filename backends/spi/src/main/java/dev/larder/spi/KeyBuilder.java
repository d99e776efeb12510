/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

/**
 * Makes the text of stored keys: what {@code key-builder} names.
 *
 * <p>The class is public, has a public constructor without parameters, and is safe for use by many
 * threads. Equal parameters give equal texts in every JVM and every release, different ones
 * different texts: nothing but the text tells entries apart. {@code prefix} and a colon go before
 * it.
 */
@FunctionalInterface
public interface KeyBuilder {

  /**
   * The text of a key.
   *
   * @param cache the cache's name, which may hold any character but control characters
   * @param variant which methods and receivers share the key, as the engine names them; empty where
   *     a {@code key} template's text alone is the key
   * @param content the arguments as text, or the template's text
   * @return well-formed Unicode, not null
   */
  String build(String cache, String variant, String content);
}
