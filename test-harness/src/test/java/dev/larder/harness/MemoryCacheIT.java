/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

/** Caches whose entries are in memory: one JVM is both. */
class MemoryCacheIT extends CacheUnderLoadContract {

  MemoryCacheIT() {
    super(null);
  }
}
