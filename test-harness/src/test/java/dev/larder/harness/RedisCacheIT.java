/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import org.junit.jupiter.api.extension.ExtendWith;

/** Caches whose entries are in one Redis. */
@ExtendWith(Servers.class)
class RedisCacheIT extends RemoteCacheContract {

  RedisCacheIT(RedisServer redis) {
    super(new RedisContractIT(redis));
  }
}
