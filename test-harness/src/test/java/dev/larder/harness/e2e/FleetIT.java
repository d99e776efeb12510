/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.e2e.Fleet.Kind;
import dev.larder.harness.server.DynamoServer;
import dev.larder.harness.server.MemcachedServer;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flights that run once in several JVMs, and the end of a JVM that has a backend. */
@ExtendWith(Servers.class)
class FleetIT {

  /** For how long a dead JVM may delay the others, and what a busy machine adds. */
  private static final Duration LEASE = Duration.ofSeconds(5 + 3);

  private final Fleet fleet;

  FleetIT(RedisServer redis, MemcachedServer memcached, DynamoServer dynamo) {
    this.fleet = new Fleet(redis, memcached, dynamo);
  }

  @AfterEach
  void end() {
    fleet.close();
  }

  private List<Talking> start(int count, Kind kind, String prefix) {
    return fleet.start(count, kind, "single-flight=cluster;prefix=" + prefix + "-" + kind);
  }

  /** Has a JVM load the slow key 1, and waits until the body runs. */
  private static void lead(Talking leader, long millis) {
    leader.ask("pause " + millis);
    leader.ask("go 1 1");
    await().atMost(10, SECONDS).until(() -> leader.ask("slowRuns").equals("1"));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void coldKey_underSeveralJvms_runsOnce(Kind kind) {
    List<Talking> all = start(kind == Kind.REDIS ? 4 : 2, kind, "cold");
    all.forEach(each -> each.ask("pause 300"));

    all.forEach(each -> each.ask("go 1 16"));

    assertThat(all.stream().map(each -> each.ask("values")).distinct()).hasSize(1);
    assertThat(all.stream().mapToInt(each -> Integer.parseInt(each.ask("slowRuns"))).sum())
        .as("runs of the body")
        .isEqualTo(1);
  }

  @Test
  void leaseholder_killed_delaysOthersByNoMoreThanItsLease() {
    List<Talking> both = start(2, Kind.REDIS, "killed");
    Talking one = both.get(0);
    Talking other = both.get(1);
    lead(one, 60_000);

    one.signal("KILL");
    long killed = System.nanoTime();
    other.ask("go 1 4");
    String value = other.ask("values");

    Duration delay = Duration.ofNanos(System.nanoTime() - killed);
    System.out.println("a killed leaseholder delayed the others by " + delay.toMillis() + " ms");
    assertThat(delay).isLessThan(LEASE);
    assertThat(value).doesNotContain(",");
    assertThat(other.ask("slowRuns")).isEqualTo("1");
  }

  @Test
  void leaseholder_thatHungAndLostItsLease_doesNotStore() {
    List<Talking> both = start(2, Kind.REDIS, "hung");
    Talking one = both.get(0);
    Talking other = both.get(1);
    lead(one, 1_000);

    one.signal("STOP");
    other.ask("go 1 4");
    String value = other.ask("values");
    assertThat(value).as("loaded by the other JVM").doesNotContain(",");
    one.signal("CONT");

    assertThat(one.ask("values")).as("its own result, late").isNotEqualTo(value);
    assertThat(one.ask("slow 1")).isEqualTo(value);
    assertThat(other.ask("slow 1")).isEqualTo(value);
  }

  @Test
  void shutdownHook_isServedByTheBackend() {
    Talking one = fleet.start(1, Kind.REDIS, "prefix=exit").get(0);
    one.ask("us 1");

    assertThat(one.ask("exit")).isEqualTo("hits in the hook: 1");

    one.awaitEnd(Duration.ofSeconds(10));
  }

  @Test
  void jvm_whoseBackendHangs_endsWithinTwoSecondsOfItsHooks() {
    try (RedisServer own = RedisServer.start("--loglevel warning");
        Fleet alone = new Fleet(own, null, null)) {
      Talking one = alone.start(1, Kind.REDIS, "prefix=exit").get(0);
      own.pause();

      assertThat(one.ask("exit")).isEqualTo("hits in the hook: 0");

      one.awaitEnd(Duration.ofSeconds(2 + 3));
    }
  }
}
