/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.class)
class ServersTest {

  @Test
  void redis_setAndGet_givesTheBytes(RedisServer redis) {
    assertThat(redis.command("SET", "key", new byte[] {0, -1, '\r', '\n'})).isEqualTo("OK");
    assertThat(redis.command("GET", "key")).isEqualTo(new byte[] {0, -1, '\r', '\n'});
    assertThat(redis.command("GET", "other")).isNull();
    assertThatThrownBy(() -> redis.command("NONSENSE")).hasMessageContaining("NONSENSE");
  }

  @Test
  void redis_killedAndRestarted_isEmptyOnTheSamePort() {
    try (RedisServer redis = RedisServer.start("--maxmemory 100mb")) {
      redis.command("SET", "key", "value");
      redis.kill();
      assertThatThrownBy(() -> redis.command("PING")).isInstanceOf(UncheckedIOException.class);
      redis.restart();
      assertThat(redis.command("GET", "key")).isNull();
    }
  }

  @Test
  void redis_closed_leavesNoFiles(@TempDir Path folder) throws IOException {
    Path files = Files.createDirectory(folder.resolve("files"));
    TestServer redis = RedisServer.launch(Ports.free(), files);
    try (RedisWire wire = new RedisWire(redis.host(), redis.port())) {
      wire.command("SET", "key", "value");
      wire.command("SAVE");
    }
    assertThat(files).isNotEmptyDirectory();
    redis.close();
    assertThat(files).doesNotExist();
  }

  @Test
  void memcached_flush_isEmpty(MemcachedServer memcached) {
    memcached.flush();
    assertThat(memcached.items()).isZero();
  }

  @Test
  void proxy_inEachManner_doesIt(RedisServer redis) {
    try (SlowProxy proxy = SlowProxy.before(redis)) {
      int port = Integer.parseInt(proxy.address().substring(proxy.address().indexOf(':') + 1));
      redis.command("SET", "text", "x".repeat(200));
      try (RedisWire wire = new RedisWire("127.0.0.1", port)) {
        proxy.delay(50);
        long start = System.nanoTime();
        assertThat(wire.text("PING")).isEqualTo("PONG");
        assertThat(System.nanoTime() - start).isGreaterThan(45_000_000);
        proxy.delay(0);
        proxy.become(SlowProxy.Manner.CORRUPT);
        assertThat(wire.text("GET", "text")).hasSize(200).isNotEqualTo("x".repeat(200));
        proxy.become(SlowProxy.Manner.HALVE);
        assertThatThrownBy(() -> wire.command("GET", "text"))
            .isInstanceOf(UncheckedIOException.class);
      }
    }
  }
}
