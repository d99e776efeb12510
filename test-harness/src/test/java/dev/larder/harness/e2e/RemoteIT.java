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
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two JVMs, on two JDKs, that keep the results of their methods with one backend. */
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteIT {

  private final Fleet fleet;
  private Talking one;
  private Talking other;

  /** An argument that no test has used before. */
  private int id;

  RemoteIT(RedisServer redis, MemcachedServer memcached, DynamoServer dynamo) {
    this.fleet = new Fleet(redis, memcached, dynamo);
  }

  private void take(Kind kind, Jdk jdk) {
    List<Talking> both = fleet.two(jdk, kind, "prefix=remote-" + kind);
    one = both.get(0);
    other = both.get(1);
    id++;
    Fleet.awaitAgreed(one, other, "us " + (1_000_000 + id));
  }

  @AfterAll
  void end() {
    fleet.close();
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Fleet#kindsOnEachJdk")
  void value_storedByOneJvm_isReadByTheOther(Kind kind, Jdk jdk) {
    take(kind, jdk);

    String first = one.ask("users " + id);
    String open = one.ask("open " + id);
    String runs = other.ask("runs");

    assertThat(other.ask("users " + id)).isEqualTo(first).contains("9.50", "Optional[EUR]");
    assertThat(one.ask("empty " + id)).isEqualTo("null");
    assertThat(other.ask("empty " + id)).isEqualTo("null");
    assertThat(other.ask("open " + id)).isEqualTo(open).contains("Item[");
    assertThat(one.ask("note " + id)).endsWith(" 1");
    assertThat(other.ask("note " + id)).as("what a caller changed is its own").endsWith(" 1");
    assertThat(other.ask("runs")).as("runs of the other's bodies").isEqualTo(runs);
    assertThat(one.ask("lock " + id)).isEqualTo("true");
    assertThat(one.err()).filteredOn(line -> line.contains("Main.lock")).hasSize(1);
    assertThat(one.ask("errors users")).isEqualTo("0");
  }

  /** Its class has erased types; what its interface declares is what may stand in its values. */
  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Fleet#kindsOnEachJdk")
  void value_ofAJdkProxy_isReadByTheOther(Kind kind, Jdk jdk) {
    take(kind, jdk);
    one.ask("proxied 0"); // shows that nothing is behind it
    other.ask("proxied 0");

    String first = one.ask("proxied " + id);

    assertThat(first).contains("Optional[Price[", "[Price[");
    assertThat(one.ask("proxied " + id)).isEqualTo(first);
    assertThat(other.ask("proxied " + id)).isEqualTo(first);
    assertThat(one.err()).noneMatch(line -> line.contains("Main$Prices"));
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Fleet#kindsOnEachJdk")
  void entry_ofOneSecond_isGoneAfterIt(Kind kind, Jdk jdk) {
    take(kind, jdk);

    long began = System.nanoTime();
    String first = one.ask("brief " + id);
    String second = other.ask("brief " + id);
    long stored = System.nanoTime(); // by the other, where it came too late for the first
    if (System.nanoTime() - began < SECONDS.toNanos(1)) {
      assertThat(second).isEqualTo(first);
    }
    await()
        .pollInterval(5, MILLISECONDS)
        .until(() -> System.nanoTime() - stored > MILLISECONDS.toNanos(1_100));
    String runs = one.ask("runs");
    one.ask("brief " + id);

    assertThat(one.ask("runs")).as("runs of the body after 1.1 s").isNotEqualTo(runs);
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Fleet#kindsOnEachJdk")
  void evict_inOneJvm_isSeenByTheOther(Kind kind, Jdk jdk) {
    take(kind, jdk);

    String first = one.ask("users " + id);
    assertThat(other.ask("users " + id)).isEqualTo(first);
    assertThat(other.ask("evict " + id)).isEqualTo("1");
    assertThat(other.ask("evict " + id)).isEqualTo("0");
    String runs = one.ask("runs");
    String second = one.ask("users " + id);
    assertThat(one.ask("runs")).isNotEqualTo(runs);
    assertThat(other.ask("users " + id)).isEqualTo(second);

    String keyed = one.ask("keyed " + id);
    assertThat(other.ask("keyed " + id)).isEqualTo(keyed);
    assertThat(other.ask("put " + id + " new")).isEqualTo("new");
    assertThat(one.ask("keyed " + id)).isEqualTo("new");
    one.ask("drop " + id);
    assertThat(other.ask("keyed " + id)).startsWith("run");
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Fleet#kindsOnEachJdk")
  void evict_byAnInterruptedThread_holdsOnceItHasReturned(Kind kind, Jdk jdk) {
    take(kind, jdk);

    String first = one.ask("users " + id);
    assertThat(other.ask("users " + id)).isEqualTo(first);
    long outages = outages(other); // as of a first connection that was late
    assertThat(other.ask("evictInterrupted " + id)).as("removed, interrupted").isEqualTo("1 true");
    assertThat(one.ask("users " + id)).isNotEqualTo(first);
    assertThat(other.ask("errors users")).isEqualTo("0");
    assertThat(outages(other)).isEqualTo(outages);
  }

  private static long outages(Talking app) {
    return app.err().stream().filter(line -> line.contains("is out")).count();
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Fleet#kindsOnEachJdk")
  void clear_ofOneCache_leavesAnother(Kind kind, Jdk jdk) {
    take(kind, jdk);

    String users = one.ask("users " + id);
    String us = one.ask("us " + id);
    assertThat(one.ask("clear us")).isEqualTo("-1");
    assertThat(one.ask("us " + id)).as("in the JVM that cleared, at once").isNotEqualTo(us);
    assertThat(one.ask("users " + id)).isEqualTo(users);
    assertThat(other.ask("users " + id)).isEqualTo(users);

    String tagged = one.ask("tagged " + id);
    assertThat(one.ask("tagged " + id)).isEqualTo(tagged);
    assertThat(one.ask("evictTag nobody")).isEqualTo("-1");
    assertThat(one.ask("tagged " + id)).isEqualTo(tagged);
    one.ask("evictTag all");
    assertThat(one.ask("tagged " + id)).isNotEqualTo(tagged);

    assertThat(one.ask("clearAll")).isEqualTo("-1");
    assertThat(one.ask("users " + id)).isNotEqualTo(users);
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Fleet#kindsOnEachJdk")
  void backend_downAtStart_leavesTheApplicationUncached(Kind kind, Jdk jdk) {
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
    one = fleet.add(app, jdk);

    for (int i = 1; i <= 100; i++) {
      assertThat(one.ask("us 1")).isEqualTo(String.valueOf(i));
    }
    assertThat(one.ask("calls us")).isEqualTo("100");
    one.ask("drop 1");
    assertThat(one.ask("clear users")).isEqualTo("-1");
    String name = kind.name().toLowerCase(Locale.ROOT);
    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                assertThat(one.err())
                    .filteredOn(line -> line.contains("WARN backend " + name + " is out"))
                    .hasSize(1));
  }
}
