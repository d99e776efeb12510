/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The keys of backends that are not Larder's, such as {@code acme.url}.
 *
 * <p>Which keys the class that {@code backend} names has is known once it has been made, long after
 * the start: no code of others' runs before the application does. Till then a key is taken for one
 * of them if its first word is none of Larder's, nor looks like one written wrong.
 */
final class BackendKeys {

  private static final Pattern FORM = Pattern.compile("[\\w-]+(\\.[\\w-]+)+");

  /** What the last word of a secret's key is. */
  private static final Set<String> SECRETS = Set.of("password", "secret", "token", "key");

  private BackendKeys() {}

  /** Whether an unknown key may be one of a backend's. */
  static boolean mayBe(String key, Catalogue catalogue) {
    if (!FORM.matcher(key).matches()) {
      return false;
    }
    String word = key.substring(0, key.indexOf('.'));
    return !resembles(word, "cache")
        && !resembles(word, "http")
        && !resemblesAny(word, catalogue.globals())
        && !resemblesAny(word, catalogue.caches());
  }

  private static boolean resemblesAny(String word, Collection<String> keys) {
    for (String key : keys) {
      int dot = key.indexOf('.');
      if (dot > 0 && resembles(word, key.substring(0, dot))) {
        return true;
      }
    }
    return false;
  }

  private static boolean resembles(String word, String known) {
    return NearestKey.distance(word, known) <= known.length() / 4;
  }

  /** What a key of a backend's is read by: a secret, or any text. */
  static Key<?> of(String key) {
    boolean secret = SECRETS.contains(key.substring(key.lastIndexOf('.') + 1));
    return secret ? Key.global(key, Parsers.secret(), null) : Key.global(key, Parsers.text(), null);
  }
}
