/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.e2e.Fleet.Kind;
import dev.larder.harness.server.DynamoServer;
import dev.larder.harness.server.MemcachedServer;
import dev.larder.harness.server.Ports;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two JVMs that keep the results of their methods with one backend. */
@ExtendWith(Servers.class)
class RemoteIT {

  private final Fleet fleet;
  private Talking one;
  private Talking other;

  RemoteIT(RedisServer redis, MemcachedServer memcached, DynamoServer dynamo) {
    this.fleet = new Fleet(redis, memcached, dynamo);
  }

  /** Starts two JVMs, and waits until both are connected. */
  private void start(Kind kind, String prefix) {
    List<Talking> both = fleet.start(2, kind, "prefix=" + prefix);
    one = both.get(0);
    other = both.get(1);
  }

  @AfterEach
  void end() {
    fleet.close();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void value_storedByOneJvm_isReadByTheOther(Kind kind) {
    start(kind, "shared-" + kind);

    String first = one.ask("users 1");
    String runs = other.ask("runs");

    assertThat(other.ask("users 1")).isEqualTo(first).contains("9.50", "Optional[EUR]");
    assertThat(one.ask("empty 1")).isEqualTo("null");
    assertThat(other.ask("empty 1")).isEqualTo("null");
    assertThat(one.ask("note 1")).endsWith(" 1");
    assertThat(other.ask("note 1")).as("what a caller changed is its own").endsWith(" 1");
    assertThat(other.ask("runs")).as("runs of the other's bodies").isEqualTo(runs);
    assertThat(one.ask("lock 1")).isEqualTo("true");
    assertThat(one.err()).filteredOn(line -> line.contains("Main.lock")).hasSize(1);
    assertThat(one.ask("errors users")).isEqualTo("0");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void entry_ofOneSecond_isGoneAfterIt(Kind kind) {
    start(kind, "short-" + kind);

    long began = System.nanoTime();
    String first = one.ask("brief 1");
    long stored = System.nanoTime();
    String second = other.ask("brief 1");
    if (System.nanoTime() - began < SECONDS.toNanos(1)) {
      assertThat(second).isEqualTo(first);
    }
    await()
        .pollInterval(5, MILLISECONDS)
        .until(() -> System.nanoTime() - stored > MILLISECONDS.toNanos(1_100));
    String runs = one.ask("runs");
    one.ask("brief 1");

    assertThat(one.ask("runs")).as("runs of the body after 1.1 s").isNotEqualTo(runs);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void evict_inOneJvm_isSeenByTheOther(Kind kind) {
    start(kind, "evict-" + kind);

    String first = one.ask("users 1");
    assertThat(other.ask("users 1")).isEqualTo(first);
    assertThat(other.ask("evict 1")).isEqualTo("1");
    assertThat(other.ask("evict 1")).isEqualTo("0");
    String runs = one.ask("runs");
    String second = one.ask("users 1");
    assertThat(one.ask("runs")).isNotEqualTo(runs);
    assertThat(other.ask("users 1")).isEqualTo(second);

    String keyed = one.ask("keyed 1");
    assertThat(other.ask("keyed 1")).isEqualTo(keyed);
    assertThat(other.ask("put 1 new")).isEqualTo("new");
    assertThat(one.ask("keyed 1")).isEqualTo("new");
    one.ask("drop 1");
    assertThat(other.ask("keyed 1")).startsWith("run");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void clear_ofOneCache_leavesAnother(Kind kind) {
    start(kind, "clear-" + kind);

    String users = one.ask("users 1");
    String us = one.ask("us 1");
    assertThat(one.ask("clear us")).isEqualTo("-1");
    assertThat(one.ask("us 1")).as("in the JVM that cleared, at once").isNotEqualTo(us);
    assertThat(one.ask("users 1")).isEqualTo(users);
    assertThat(other.ask("users 1")).isEqualTo(users);

    String tagged = one.ask("tagged 1");
    assertThat(one.ask("tagged 1")).isEqualTo(tagged);
    assertThat(one.ask("evictTag nobody")).isEqualTo("-1");
    assertThat(one.ask("tagged 1")).isEqualTo(tagged);
    one.ask("evictTag all");
    assertThat(one.ask("tagged 1")).isNotEqualTo(tagged);

    assertThat(one.ask("clearAll")).isEqualTo("-1");
    assertThat(one.ask("users 1")).isNotEqualTo(users);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void backend_downAtStart_leavesTheApplicationUncached(Kind kind) {
    int closed = Ports.free();
    String options =
        switch (kind) {
          case REDIS -> "backend=redis;redis.uri=redis://127.0.0.1:" + closed;
          case MEMCACHED -> "backend=memcached;memcached.servers=127.0.0.1:" + closed;
          case DYNAMODB ->
              "backend=dynamodb;dynamodb.region=eu-west-1;dynamodb.endpoint=http://127.0.0.1:"
                  + closed;
        };
    App app =
        App.named("remote")
            .environment("AWS_ACCESS_KEY_ID", "test")
            .environment("AWS_SECRET_ACCESS_KEY", "test")
            .agent(options);
    one = fleet.add(app);

    for (int i = 1; i <= 100; i++) {
      assertThat(one.ask("us 1")).isEqualTo(String.valueOf(i));
    }
    assertThat(one.ask("calls us")).isEqualTo("100");
    one.ask("drop 1");
    assertThat(one.ask("clear users")).isEqualTo("-1");
    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                assertThat(one.err())
                    .filteredOn(line -> line.contains("backend " + kind.name().toLowerCase()))
                    .hasSize(1));
  }
}
