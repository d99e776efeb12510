/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.Alone;
import dev.larder.harness.e2e.Fleet.Kind;
import dev.larder.harness.server.DynamoServer;
import dev.larder.harness.server.MemcachedServer;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two JVMs, on two JDKs, that keep near, in their memory, what their backend has. */
@Alone
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NearIT {

  private static final int ROUNDS = 15;

  private final RedisServer redis;
  private final Fleet fleet;

  /** An argument that no test has used before. */
  private int id;

  NearIT(RedisServer redis, MemcachedServer memcached, DynamoServer dynamo) {
    this.redis = redis;
    this.fleet = new Fleet(redis, memcached, dynamo);
  }

  @AfterAll
  void end() {
    fleet.close();
  }

  private List<Talking> both(Kind kind, Jdk jdk) {
    List<Talking> both = fleet.two(jdk, kind, "l1.max-entries=1000;prefix=near-" + kind);
    id++;
    Fleet.awaitAgreed(both.get(0), both.get(1), "us " + (1_000_000 + id));
    return both;
  }

  /** Has a JVM read an entry until it is near; its value. */
  private static String near(Talking jvm, String question) {
    String value = jvm.ask(question);
    jvm.ask(question);
    assertThat(jvm.ask(question)).isEqualTo(value);
    return value;
  }

  /**
   * The others may be late by 100 ms on Redis and by {@code l1.ttl} elsewhere, and by what this
   * machine takes to ask them.
   */
  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Fleet#kindsOnEachJdk")
  void evict_isSeenByItsOwnJvmAtOnceAndSoonByTheOther(Kind kind, Jdk jdk) {
    List<Talking> both = both(kind, jdk);
    Talking one = both.get(0);
    Talking other = both.get(1);
    String us = "us " + id;
    List<Long> lateness = new ArrayList<>();
    List<Long> trips = new ArrayList<>();

    for (int round = 0; round < ROUNDS; round++) {
      Talking evicting = both.get(round % 2);
      Talking late = both.get(1 - round % 2);
      String value = near(one, us);
      assertThat(near(other, us)).isEqualTo(value);
      assertThat(one.ask("entries us")).as("near entries").isNotEqualTo("0");
      long asked = System.nanoTime();
      late.ask("hits us");
      trips.add(System.nanoTime() - asked);
      assertThat(evicting.ask("evictUs " + id)).isEqualTo("1");
      long evicted = System.nanoTime();
      String second = evicting.ask(us);
      assertThat(second).as("in the JVM that evicted").isNotEqualTo(value);
      await()
          .atMost(5, SECONDS)
          .pollInterval(1, MILLISECONDS)
          .until(() -> late.ask(us).equals(second));
      lateness.add(System.nanoTime() - evicted);
    }

    System.out.println(
        kind
            + ": the other JVM's near cache was late by a median of "
            + median(lateness).toMillis()
            + " ms, at most "
            + Duration.ofNanos(Collections.max(lateness)).toMillis()
            + " ms; a question takes "
            + median(trips).toNanos() / 1_000
            + " us");
    Duration allowed = kind == Kind.REDIS ? Duration.ofMillis(100) : Duration.ofMillis(1_000 + 100);
    assertThat(median(lateness)).isLessThan(allowed.plus(median(trips).multipliedBy(5)));
  }

  private static Duration median(List<Long> nanos) {
    return Duration.ofNanos(nanos.stream().sorted().toList().get(nanos.size() / 2));
  }

  @OnEachJdk
  void clearAndTag_onRedis_emptyTheOthersNearCache(Jdk jdk) {
    List<Talking> both = both(Kind.REDIS, jdk);
    Talking one = both.get(0);
    Talking other = both.get(1);

    String us = near(one, "us " + id);
    String users = near(one, "users " + id);
    other.ask("clear us");
    await().atMost(2, SECONDS).until(() -> !one.ask("us " + id).equals(us));
    assertThat(one.ask("users " + id)).as("of another cache").isEqualTo(users);

    String even = near(one, "tagged " + id);
    other.ask("evictTag all");
    await().atMost(2, SECONDS).until(() -> !one.ask("tagged " + id).equals(even));
  }

  @OnEachJdk
  void redis_thatHangs_emptiesTheNearCacheWithinTwoSeconds(Jdk jdk) {
    try (RedisServer own = RedisServer.start("--loglevel warning");
        Fleet alone = new Fleet(own, null, null)) {
      Talking one = alone.start(alone.app(Kind.REDIS, "l1.ttl=1h;prefix=near-dead"), jdk);
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

  @OnEachJdk
  void entry_keptNear_isReadFromRedisOnce(Jdk jdk) {
    Talking one = both(Kind.REDIS, jdk).get(0);
    near(one, "users " + id);
    int hits = Integer.parseInt(one.ask("hits users"));
    redis.command("CONFIG", "RESETSTAT");

    for (int i = 0; i < 100; i++) {
      one.ask("users " + id);
    }

    String stats = new String((byte[]) redis.command("INFO", "commandstats"), US_ASCII);
    assertThat(stats).doesNotContain("cmdstat_mget").doesNotContain("cmdstat_get:");
    assertThat(one.ask("hits users")).isEqualTo(String.valueOf(hits + 100));
  }
}
