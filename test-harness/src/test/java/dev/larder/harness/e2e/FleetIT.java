/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flights that run once in several JVMs, two releases, and the end of a JVM with a backend. */
@Alone
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetIT {

  private static final int MANY = 8;

  /** For how long a dead JVM may delay the others, and what a busy machine adds. */
  private static final Duration LEASE = Duration.ofSeconds(5 + 3);

  private final Fleet fleet;

  /** An argument that no test has used before. */
  private int id;

  FleetIT(RedisServer redis, MemcachedServer memcached, DynamoServer dynamo) {
    this.fleet = new Fleet(redis, memcached, dynamo);
  }

  @BeforeEach
  void takeId() {
    id++;
  }

  @AfterAll
  void end() {
    fleet.close();
  }

  private static String options(Kind kind) {
    return "single-flight=cluster;prefix=fleet-" + kind;
  }

  /** Those that all tests share: eight on Redis, two elsewhere. */
  private List<Talking> all(Kind kind) {
    return fleet.shared(kind == Kind.REDIS ? MANY : 2, kind, options(kind));
  }

  /** Two of those on Redis, one on each JDK. */
  private List<Talking> others() {
    return all(Kind.REDIS).subList(0, 2);
  }

  private static int slowRuns(List<Talking> jvms) {
    return jvms.stream().mapToInt(each -> Integer.parseInt(each.ask("slowRuns"))).sum();
  }

  /** Starts a JVM that loads a slow key, and waits until the body runs. */
  private Talking lead(Jdk jdk, long millis) {
    Talking leader = fleet.start(fleet.app(Kind.REDIS, options(Kind.REDIS)), jdk);
    leader.ask("pause " + millis);
    leader.ask("go " + id + " 1");
    await().atMost(10, SECONDS).until(() -> leader.ask("slowRuns").equals("1"));
    return leader;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void coldKey_underSeveralJvms_runsOnce(Kind kind) {
    List<Talking> all = all(kind);
    int before = slowRuns(all);
    all.forEach(each -> each.ask("pause 300"));

    all.forEach(each -> each.ask("go " + id + " 16"));

    assertThat(all.stream().map(each -> each.ask("values")).distinct()).hasSize(1);
    assertThat(slowRuns(all)).as("runs of the body").isEqualTo(before + 1);
  }

  @OnEachJdk
  void leaseholder_killed_delaysOthersByNoMoreThanItsLease(Jdk jdk) {
    List<Talking> others = others();
    others.forEach(each -> each.ask("pause 1"));
    int before = slowRuns(others);
    Talking leader = lead(jdk, 60_000);

    leader.signal("KILL");
    long killed = System.nanoTime();
    others.forEach(each -> each.ask("go " + id + " 16"));
    List<String> values = others.stream().map(each -> each.ask("values")).toList();

    Duration delay = Duration.ofNanos(System.nanoTime() - killed);
    System.out.println("a killed leaseholder delayed the others by " + delay.toMillis() + " ms");
    assertThat(delay).isLessThan(LEASE);
    assertThat(values.stream().distinct()).singleElement().asString().doesNotContain(",");
    assertThat(slowRuns(others)).isEqualTo(before + 1);
  }

  @OnEachJdk
  void leaseholder_thatHungAndLostItsLease_doesNotStore(Jdk jdk) {
    List<Talking> others = others();
    others.forEach(each -> each.ask("pause 1"));
    Talking leader = lead(jdk, 1_000);

    leader.signal("STOP");
    others.forEach(each -> each.ask("go " + id + " 4"));
    List<String> values = others.stream().map(each -> each.ask("values")).toList();
    String value = values.get(0);
    assertThat(values).as("loaded by another JVM").containsOnly(value);
    assertThat(value).doesNotContain(",");
    leader.signal("CONT");

    assertThat(leader.ask("values")).as("its own result, late").isNotEqualTo(value);
    assertThat(leader.ask("slow " + id)).isEqualTo(value);
    others.forEach(each -> assertThat(each.ask("slow " + id)).isEqualTo(value));
  }

  @OnEachJdk
  void releases_withAnotherShapeOfOneClass_liveSideBySide(Jdk jdk) {
    Talking before = others().get(1);
    App next =
        fleet
            .app(Kind.REDIS, options(Kind.REDIS))
            .written("Optional<String> note, int run)", "Optional<String> note, int run, int more)")
            .written("Optional.of(currency), run())", "Optional.of(currency), run(), -1)");
    Talking after = fleet.start(next, jdk);
    after.ask("countFrom " + 100_000_000);

    for (int round = 0; round < 2; round++) {
      String old = before.ask("users " + id);
      String late = after.ask("users " + id);
      assertThat(old).contains("Optional[EUR]").doesNotContain("more=");
      assertThat(late).contains("Optional[EUR]", "more=-1");
      assertThat(before.ask("us " + id)).as("what both have").isEqualTo(after.ask("us " + id));
      for (int i = 0; i < 3; i++) {
        assertThat(before.ask("users " + id)).isEqualTo(old);
        assertThat(after.ask("users " + id)).isEqualTo(late);
      }

      assertThat(before.ask("evict " + id)).as("entries of both releases").isEqualTo("2");

      assertThat(before.ask("users " + id)).isNotEqualTo(old);
      assertThat(after.ask("users " + id)).isNotEqualTo(late);
      assertThat(before.ask("put " + id + " text" + round)).isEqualTo("text" + round);
      assertThat(after.ask("keyed " + id)).isEqualTo("text" + round);
    }
    assertThat(before.ask("errors users")).isEqualTo("0");
    assertThat(after.ask("errors users")).isEqualTo("0");
  }

  @OnEachJdk
  void shutdownHook_isServedByTheBackend(Jdk jdk) {
    Talking one = fleet.start(fleet.app(Kind.REDIS, "prefix=exit"), jdk);
    one.ask("us 1");

    assertThat(one.ask("exit")).isEqualTo("hits in the hook: 1");

    one.awaitEnd(Duration.ofSeconds(10));
  }

  @OnEachJdk
  void jvm_whoseBackendHangs_endsWithinTwoSecondsOfItsHooks(Jdk jdk) {
    try (RedisServer own = RedisServer.start("--loglevel warning");
        Fleet alone = new Fleet(own, null, null)) {
      Talking one = alone.start(alone.app(Kind.REDIS, "prefix=exit"), jdk);
      own.pause();

      assertThat(one.ask("exit")).isEqualTo("hits in the hook: 0");

      one.awaitEnd(Duration.ofSeconds(2 + 3));
    }
  }
}
