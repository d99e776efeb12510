/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

import java.util.Map;

/**
 * What a backend is started with.
 *
 * @param prefix what every stored key begins with, before a colon
 * @param timeout all that one call waits for its backend at most, in milliseconds; each call has
 *     its own deadline, this is for what the client wants to know beforehand
 * @param values the settings by their names in {@code larder.properties}; secrets are resolved, and
 *     what the user left out is absent
 */
public record BackendSettings(String prefix, long timeout, Map<String, String> values) {

  /** The settings, with a copy of the map. */
  public BackendSettings {
    values = Map.copyOf(values);
  }

  /** The value of a setting; null if it was left out. */
  public String get(String name) {
    return values.get(name);
  }

  /** The value of a setting, or a default if it was left out. */
  public String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** The names of the settings without their values, which may be secrets. */
  @Override
  public String toString() {
    return "BackendSettings[prefix="
        + prefix
        + ", timeout="
        + timeout
        + ", "
        + values.keySet()
        + "]";
  }
}
