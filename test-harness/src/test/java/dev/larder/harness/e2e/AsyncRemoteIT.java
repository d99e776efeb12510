/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** Methods whose value comes later, in two JVMs that share a backend. */
@ExtendWith(Servers.class)
class AsyncRemoteIT {

  private static final List<String> TYPES =
      List.of("stage", "future", "mono", "flux", "single", "maybe", "uni", "suspend");

  private final RedisServer redis;

  AsyncRemoteIT(RedisServer redis) {
    this.redis = redis;
  }

  private Talking start(Jdk jdk) throws IOException, InterruptedException {
    App app =
        App.named("asyncremote")
            .library(KotlinClasses.compiled())
            .libraries("kotlin")
            .libraries("reactive")
            .agent(
                "backend=redis;timeout=2s;wait=60s;prefix=later"
                    + jdk.feature()
                    + ";redis.uri="
                    + redis.uri()
                    + ";cache.slowStage.single-flight=cluster"
                    + ";cache.slowMono.single-flight=cluster"
                    + ";cache.slowSuspend.single-flight=cluster");
    return Talking.to(app, jdk);
  }

  @OnEachJdk
  void asyncTypes_inRedis_areSharedByTwoJvms(Jdk jdk) throws IOException, InterruptedException {
    try (Talking one = start(jdk);
        Talking other = start(jdk)) {
      Fleet.awaitServed(one);
      Fleet.awaitServed(other);

      for (String type : TYPES) {
        valueIsShared(type, one, other);
      }
      nothingIsShared(one, other);
      putAndEvictActOnceTheirStageIsComplete(one, other);
      for (String slow : List.of("slowStage", "slowMono", "slowSuspend")) {
        coldKeyRunsOnce(slow, one, other);
      }
      for (Talking each : List.of(one, other)) {
        assertThat(each.err())
            .as("what Larder said of methods")
            .noneMatch(line -> line.contains("Main.") || line.contains("Remote."));
      }
    }
  }

  private static void awaitStores(Talking jvm, String cache, int count) {
    await()
        .atMost(20, SECONDS)
        .until(() -> jvm.ask("stores " + cache).equals(String.valueOf(count)));
  }

  private static void valueIsShared(String type, Talking one, Talking other) {
    String find = "find " + type + " 1";
    String runs = other.ask("runs");

    String first = one.ask(find);
    awaitStores(one, type, 1);

    assertThat(other.ask(find)).as(type).isEqualTo(first).contains(one.pid());
    assertThat(other.ask("runs")).as("runs of the other's bodies, %s", type).isEqualTo(runs);
    assertThat(other.ask("hits " + type)).as("hits, %s", type).isEqualTo("1");
    assertThat(other.ask("drop " + type + " 1")).as(type).isEqualTo("dropped");
    assertThat(one.ask(find)).as("after an evict, %s", type).isNotEqualTo(first);
  }

  private static void nothingIsShared(Talking one, Talking other) {
    assertThat(one.ask("find maybe 0")).isEqualTo("null");
    awaitStores(one, "maybe", 3);
    String runs = other.ask("runs");

    assertThat(other.ask("find maybe 0")).isEqualTo("null");
    assertThat(other.ask("runs")).isEqualTo(runs);
  }

  private static void putAndEvictActOnceTheirStageIsComplete(Talking one, Talking other) {
    awaitStores(one, "stage", 2);
    String put = one.ask("put 2");
    awaitStores(one, "stage", 3);
    assertThat(other.ask("find stage 2")).isEqualTo(put);

    one.ask("beginDrop 2");
    assertThat(other.ask("find stage 2")).as("before it is complete").isEqualTo(put);
    one.ask("endDrop");
    assertThat(other.ask("find stage 2")).as("after that").isNotEqualTo(put);
  }

  private static void coldKeyRunsOnce(String slow, Talking one, Talking other) {
    String runs = other.ask("runs");
    one.ask("go " + slow + " 8");
    await().atMost(20, SECONDS).until(() -> one.ask("misses " + slow).equals("8"));
    other.ask("go " + slow + " 8");
    await().atMost(20, SECONDS).until(() -> other.ask("misses " + slow).equals("8"));
    one.ask("open " + slow);

    String value = one.ask("values");
    assertThat(value).as(slow).startsWith(one.pid()).doesNotContain(",");
    assertThat(other.ask("values")).as(slow).isEqualTo(value);
    assertThat(other.ask("runs")).as("runs of the other's bodies, %s", slow).isEqualTo(runs);
  }
}
