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
import java.util.List;

/** JVMs of the application {@code remote} that share a backend. */
final class Fleet implements AutoCloseable {

  private static final Jdk JDK = Jdk.all().findFirst().orElseThrow();

  private final RedisServer redis;
  private final MemcachedServer memcached;
  private final DynamoServer dynamo;
  private final List<Talking> all = new ArrayList<>();

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
    App app = App.named("remote");
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

  /** Starts some JVMs, and waits until they are connected. */
  List<Talking> start(int count, Kind kind, String options) {
    List<App> apps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      apps.add(app(kind, options));
    }
    return start(apps);
  }

  /** Starts a JVM of each, and waits until they are connected. */
  List<Talking> start(List<App> apps) {
    List<Talking> started = apps.stream().map(this::add).toList();
    started.forEach(Fleet::awaitServed);
    return started;
  }

  /** Starts a JVM. */
  Talking add(App app) {
    Talking talking = Talking.to(app, JDK);
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

  @Override
  public void close() {
    for (Talking each : all) {
      each.close();
    }
    all.clear();
  }
}
