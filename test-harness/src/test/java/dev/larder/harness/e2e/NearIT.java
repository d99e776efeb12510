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
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JVMs that keep near, in their memory, what their backend has. */
@ExtendWith(Servers.class)
class NearIT {

  private final RedisServer redis;
  private final Fleet fleet;

  NearIT(RedisServer redis, MemcachedServer memcached, DynamoServer dynamo) {
    this.redis = redis;
    this.fleet = new Fleet(redis, memcached, dynamo);
  }

  @AfterEach
  void end() {
    fleet.close();
  }

  /** Has a JVM read an entry until it is near; its value. */
  private static String near(Talking jvm, String question) {
    String value = jvm.ask(question);
    jvm.ask(question);
    assertThat(jvm.ask(question)).isEqualTo(value);
    return value;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void evict_isSeenByItsOwnJvmAtOnceAndSoonByTheOther(Kind kind) {
    List<Talking> both = fleet.start(2, kind, "l1.max-entries=1000;prefix=near-" + kind);
    Talking one = both.get(0);
    Talking other = both.get(1);
    other.ask("countFrom 1000000"); // so that no two runs of either give the same
    List<Long> lateness = new ArrayList<>();

    for (int round = 0; round < 15; round++) {
      Talking evicting = both.get(round % 2);
      Talking late = both.get(1 - round % 2);
      String value = near(one, "us 1");
      assertThat(near(other, "us 1")).isEqualTo(value);
      assertThat(one.ask("entries us")).as("near entries").isNotEqualTo("0");
      assertThat(evicting.ask("evictUs 1")).isEqualTo("1");
      long evicted = System.nanoTime();
      String second = evicting.ask("us 1");
      assertThat(second).as("in the JVM that evicted").isNotEqualTo(value);
      await()
          .atMost(kind == Kind.REDIS ? 2 : 5, SECONDS)
          .pollInterval(1, MILLISECONDS)
          .until(() -> late.ask("us 1").equals(second));
      lateness.add(System.nanoTime() - evicted);
    }

    Collections.sort(lateness);
    System.out.println(
        kind
            + ": the other JVM's near cache was late by a median of "
            + lateness.get(lateness.size() / 2) / 1_000_000
            + " ms, at most "
            + lateness.get(lateness.size() - 1) / 1_000_000
            + " ms");
  }

  @Test
  void clearAndTag_onRedis_emptyTheOthersNearCache() {
    List<Talking> both = fleet.start(2, Kind.REDIS, "l1.ttl=1h;prefix=near-clear");
    Talking one = both.get(0);
    Talking other = both.get(1);

    String us = near(one, "us 1");
    String users = near(one, "users 1");
    other.ask("clear us");
    await().atMost(2, SECONDS).until(() -> !one.ask("us 1").equals(us));
    assertThat(one.ask("users 1")).as("of another cache").isEqualTo(users);

    String even = near(one, "tagged 1");
    other.ask("evictTag all");
    await().atMost(2, SECONDS).until(() -> !one.ask("tagged 1").equals(even));
  }

  @Test
  void redis_thatHangs_emptiesTheNearCacheWithinTwoSeconds() {
    try (RedisServer own = RedisServer.start("--loglevel warning");
        Fleet alone = new Fleet(own, null, null)) {
      Talking one = alone.start(1, Kind.REDIS, "l1.ttl=1h;prefix=near-dead").get(0);
      String value = near(one, "us 1");

      own.pause();

      await().atMost(4, SECONDS).until(() -> one.ask("entries us").equals("0"));
      assertThat(one.ask("us 1")).as("an uncached run").isNotEqualTo(value);
      own.resume();
      await()
          .atMost(20, SECONDS)
          .untilAsserted(() -> assertThat(one.ask("us 1")).isEqualTo(one.ask("us 1")));
    }
  }

  @Test
  void entry_keptNear_isReadFromRedisOnce() {
    Talking one = fleet.start(1, Kind.REDIS, "l1.ttl=1h;prefix=near-reads").get(0);
    near(one, "users 7");
    redis.command("CONFIG", "RESETSTAT");

    for (int i = 0; i < 100; i++) {
      one.ask("users 7");
    }

    String stats = new String((byte[]) redis.command("INFO", "commandstats"));
    assertThat(stats).doesNotContain("cmdstat_mget").doesNotContain("cmdstat_get:");
    assertThat(one.ask("hits users")).isEqualTo("102");
  }
}
