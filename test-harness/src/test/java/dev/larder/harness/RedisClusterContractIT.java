/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import dev.larder.backend.redis.RedisBackend;
import dev.larder.harness.server.Ports;
import dev.larder.harness.server.RedisCluster;
import dev.larder.harness.server.Servers;
import dev.larder.spi.Backend;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

@Alone
@ExtendWith(Servers.class)
class RedisClusterContractIT extends BackendContractTest {

  private final RedisCluster cluster;

  RedisClusterContractIT(RedisCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  protected Backend newBackend() {
    return new RedisBackend();
  }

  @Override
  protected Map<String, String> reachable() {
    return Map.of("redis.uri", cluster.uri());
  }

  @Override
  protected Map<String, String> unreachable() {
    return Map.of(
        "redis.uri", "redis://127.0.0.1:" + Ports.free() + ",redis://127.0.0.1:" + Ports.free());
  }

  @Override
  protected int largeValue() {
    return 8 << 20;
  }

  @Override
  protected int tooLargeValue() {
    return 0;
  }
}
