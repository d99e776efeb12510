/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import org.junit.jupiter.api.AfterAll;

/** Caches whose entries are in a ring of three Memcacheds. */
class MemcachedCacheIT extends RemoteCacheContract {

  MemcachedCacheIT() {
    super(new MemcachedContractIT());
  }

  @AfterAll
  void stop() {
    ((MemcachedContractIT) place()).stop();
  }
}
