/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import dev.larder.backend.redis.RedisBackend;
import dev.larder.harness.server.Ports;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import dev.larder.spi.Backend;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

@Alone
@ExtendWith(Servers.class)
class RedisContractIT extends BackendContractTest {

  private final RedisServer redis;

  RedisContractIT(RedisServer redis) {
    this.redis = redis;
  }

  @Override
  protected Backend newBackend() {
    return new RedisBackend();
  }

  @Override
  protected Map<String, String> reachable() {
    return Map.of("redis.uri", redis.uri());
  }

  @Override
  protected Map<String, String> unreachable() {
    return Map.of("redis.uri", "redis://127.0.0.1:" + Ports.free());
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
