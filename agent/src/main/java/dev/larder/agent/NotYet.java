/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.agent.logging.Log;
import dev.larder.engine.config.GlobalKeys;
import dev.larder.engine.config.Key;
import dev.larder.engine.config.Settings;
import java.util.List;

/** Says which settings are understood and checked, but have no effect in this version yet. */
final class NotYet {

  private static final List<Key<?>> GLOBAL = List.of(GlobalKeys.MODE);

  private NotYet() {}

  /** Warns of each such key that is set. */
  static void warn(Settings settings) {
    for (Key<?> key : GLOBAL) {
      if (settings.isSet(key)) {
        warn(key.name());
      }
    }
  }

  private static void warn(String key) {
    Log.warn(key + " has no effect in this version; take it out until a later one supports it");
  }
}
