/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A Redis primary with a replica, watched by three sentinels that fail over after half a second.
 */
public final class RedisSentinel implements AutoCloseable {

  /** What the sentinels call the primary. */
  public static final String MASTER = "larder";

  private final List<TestServer> redis = new ArrayList<>();
  private final List<TestServer> sentinels = new ArrayList<>();

  private RedisSentinel() {}

  /** Starts all five and waits until the sentinels know the replica. */
  public static RedisSentinel start() {
    RedisSentinel started = new RedisSentinel();
    try {
      started.launch();
      return started;
    } catch (RuntimeException failure) {
      started.close();
      throw failure;
    }
  }

  private void launch() {
    TestServer primary = RedisServer.launch(Ports.free(), null);
    redis.add(primary);
    TestServer replica =
        RedisServer.launch(Ports.free(), null, "--replicaof 127.0.0.1 " + primary.port());
    redis.add(replica);
    awaitThat(replica, "the replica is connected", "master_link_status:up", "INFO", "replication");
    for (int i = 0; i < 3; i++) {
      sentinels.add(sentinel(primary.port()));
    }
    for (TestServer sentinel : sentinels) {
      awaitThat(
          sentinel, "the sentinels know each other", "slaves=1,sentinels=3", "INFO", "sentinel");
    }
  }

  private static TestServer sentinel(int primary) {
    try {
      Path directory = Files.createTempDirectory("larder-sentinel");
      Path file = directory.resolve("sentinel.conf");
      Files.writeString(
          file,
          String.join(
              "\n",
              "sentinel monitor " + MASTER + " 127.0.0.1 " + primary + " 2",
              "sentinel down-after-milliseconds " + MASTER + " 500",
              "sentinel failover-timeout " + MASTER + " 3000",
              ""));
      return RedisServer.launch(Ports.free(), directory, file.toString(), "--sentinel");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void awaitThat(TestServer server, String what, String text, Object... command) {
    Awaitility.await(what)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(
            () -> {
              try (RedisWire wire = new RedisWire(server.host(), server.port())) {
                return wire.text(command).contains(text);
              }
            });
  }

  /** The sentinels as {@code redis.uri} takes them. */
  public String uri() {
    return sentinels.stream()
        .map(TestServer::address)
        .collect(Collectors.joining(",", "redis-sentinel://", "#" + MASTER));
  }

  /** The server that the sentinels call the primary now. */
  public TestServer primary() {
    try (RedisWire wire = new RedisWire("127.0.0.1", sentinels.get(0).port())) {
      List<?> address = (List<?>) wire.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER);
      int port = Integer.parseInt(new String((byte[]) address.get(1), StandardCharsets.UTF_8));
      return redis.stream().filter(each -> each.port() == port).findFirst().orElseThrow();
    }
  }

  /** Kills the primary, and waits until the sentinels call another one that; the killed one. */
  public TestServer failOver() {
    TestServer old = primary();
    old.kill();
    Awaitility.await("failover")
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> primary() != old);
    return old;
  }

  @Override
  public void close() {
    sentinels.forEach(TestServer::close);
    redis.forEach(TestServer::close);
  }
}
