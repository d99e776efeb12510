/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import dev.larder.backend.memcached.MemcachedBackend;
import dev.larder.harness.server.MemcachedServer;
import dev.larder.harness.server.Ports;
import dev.larder.spi.Backend;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;

/** A ring of three. */
@Alone
class MemcachedContractIT extends BackendContractTest {

  private final List<MemcachedServer> ring =
      Stream.generate(MemcachedServer::startOwn).limit(3).toList();

  @AfterAll
  void stop() {
    ring.forEach(MemcachedServer::close);
  }

  @Override
  protected Backend newBackend() {
    return new MemcachedBackend();
  }

  @Override
  protected Map<String, String> reachable() {
    return Map.of(
        "memcached.servers",
        ring.stream().map(MemcachedServer::address).collect(Collectors.joining(", ")));
  }

  @Override
  protected Map<String, String> unreachable() {
    return Map.of("memcached.servers", "127.0.0.1:" + Ports.free());
  }

  @Override
  protected int largeValue() {
    return 1_000_000;
  }

  @Override
  protected int tooLargeValue() {
    return 1 << 20;
  }
}
