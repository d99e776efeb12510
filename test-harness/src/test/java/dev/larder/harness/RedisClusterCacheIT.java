/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import dev.larder.harness.server.RedisCluster;
import dev.larder.harness.server.Servers;
import org.junit.jupiter.api.extension.ExtendWith;

/** Caches whose entries are in a Redis Cluster. */
@ExtendWith(Servers.class)
class RedisClusterCacheIT extends RemoteCacheContract {

  RedisClusterCacheIT(RedisCluster cluster) {
    super(new RedisClusterContractIT(cluster));
  }
}
