/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.server.DynamoServer;
import dev.larder.harness.server.MemcachedServer;
import dev.larder.harness.server.RedisServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** JVMs of the application {@code remote} that share a backend, on each JDK in turn. */
final class Fleet implements AutoCloseable {

  private static final List<Jdk> JDKS = Jdk.all().toList();

  /** So far apart begin the values of two JVMs, so that no two runs give the same. */
  private static final int RUNS_OF_ONE = 1_000_000;

  private final RedisServer redis;
  private final MemcachedServer memcached;
  private final DynamoServer dynamo;
  private final List<Talking> all = new ArrayList<>();
  private final Map<String, List<Talking>> shared = new HashMap<>();

  /** The servers, each null where no JVM needs it. */
  Fleet(RedisServer redis, MemcachedServer memcached, DynamoServer dynamo) {
    this.redis = redis;
    this.memcached = memcached;
    this.dynamo = dynamo;
  }

  enum Kind {
    REDIS,
    MEMCACHED,
    DYNAMODB
  }

  /** The application with the options for a backend, and others. */
  App app(Kind kind, String options) {
    return app("remote", kind, options);
  }

  /** The same of another application, which has the method {@code us} as well. */
  App app(String name, Kind kind, String options) {
    App app = App.named(name);
    String backend =
        switch (kind) {
          case REDIS -> "backend=redis;redis.uri=" + redis.uri();
          case MEMCACHED ->
              "backend=memcached;memcached.servers=" + memcached.host() + ":" + memcached.port();
          case DYNAMODB -> {
            app.environment("AWS_ACCESS_KEY_ID", "test")
                .environment("AWS_SECRET_ACCESS_KEY", "test");
            yield "backend=dynamodb;dynamodb.region=eu-west-1;dynamodb.create-table=true;"
                + "dynamodb.endpoint=http://"
                + dynamo.host()
                + ":"
                + dynamo.port();
          }
        };
    // Several JVMs share few cores here: the time that a user would not give.
    return app.agent(backend + ";timeout=2s;" + options);
  }

  /** Each kind with each JDK, for tests whose first JVM runs there. */
  static Stream<Arguments> kindsOnEachJdk() {
    return Arrays.stream(Kind.values())
        .flatMap(kind -> JDKS.stream().map(jdk -> Arguments.of(kind, jdk)));
  }

  /** JVMs that are started once for all tests, the first on the first JDK, and are connected. */
  List<Talking> shared(int count, Kind kind, String options) {
    return shared.computeIfAbsent(
        kind + options,
        missing -> {
          List<Talking> started = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            started.add(add(app(kind, options), JDKS.get(i % JDKS.size())));
          }
          started.forEach(Fleet::awaitServed);
          for (int i = 0; i < count; i++) {
            started.get(i).ask("countFrom " + i * RUNS_OF_ONE);
          }
          return started;
        });
  }

  /** Two of them, the first on this JDK and the second on another where there is one. */
  List<Talking> two(Jdk first, Kind kind, String options) {
    List<Talking> both = shared(2, kind, options);
    return first.equals(JDKS.get(0)) ? both : List.of(both.get(1), both.get(0));
  }

  /** Starts a JVM of its own, and waits until it is connected. */
  Talking start(App app, Jdk jdk) {
    Talking started = add(app, jdk);
    awaitServed(started);
    return started;
  }

  /** Starts a JVM. */
  Talking add(App app, Jdk jdk) {
    Talking talking = Talking.to(app, jdk);
    all.add(talking);
    return talking;
  }

  /** Waits until a JVM is connected: a second call of a method is a hit. */
  static void awaitServed(Talking each) {
    await()
        .atMost(30, SECONDS)
        .pollInterval(50, MILLISECONDS)
        .untilAsserted(
            () -> {
              each.ask("us 999");
              assertThat(each.ask("hits us")).as("hits; err: %s", each.err()).isNotEqualTo("0");
            });
  }

  /**
   * Waits until neither JVM remembers marks from before a clear: what one stores, the other has.
   */
  static void awaitAgreed(Talking one, Talking other, String question) {
    for (List<Talking> turn : List.of(List.of(one, other), List.of(other, one))) {
      await()
          .atMost(10, SECONDS)
          .pollInterval(10, MILLISECONDS)
          .untilAsserted(
              () -> assertThat(turn.get(1).ask(question)).isEqualTo(turn.get(0).ask(question)));
    }
  }

  @Override
  public void close() {
    for (Talking each : all) {
      each.close();
    }
    all.clear();
    shared.clear();
  }
}
