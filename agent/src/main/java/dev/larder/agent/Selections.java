/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.config.CacheKeys;
import dev.larder.engine.config.Settings;
import dev.larder.engine.match.MethodPattern;
import dev.larder.weave.Selection;
import dev.larder.weave.Selection.CachePatterns;
import java.util.ArrayList;
import java.util.List;

/** Takes out of the settings what they say about methods. */
final class Selections {

  private Selections() {}

  static Selection of(Settings settings) {
    List<CachePatterns> caches = new ArrayList<>();
    for (String name : settings.cacheNames()) {
      List<MethodPattern> methods = settings.cache(name, CacheKeys.METHODS);
      List<MethodPattern> evictOn = settings.cache(name, CacheKeys.EVICT_ON);
      if (!methods.isEmpty() || !evictOn.isEmpty()) {
        caches.add(
            new CachePatterns(name, methods, settings.cache(name, CacheKeys.EXCEPT), evictOn));
      }
    }
    return new Selection(caches);
  }
}
