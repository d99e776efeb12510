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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is refused before it is stored, by Redis, of which no breaker would tell, or by Larder. */
@ExtendWith(Servers.class)
class RefusedWritesIT {

  @Test
  void user_whoMayNotRunScripts_isToldOfOnce(RedisServer redis) {
    redis.command("ACL", "SETUSER", "reader", "on", ">pw", "~*", "&*", "+@all", "-@scripting");
    App app =
        App.named("remote")
            .agent(
                "backend=redis;prefix=refused;redis.username=reader;redis.password=pw;redis.uri="
                    + redis.uri());
    try (Fleet fleet = new Fleet(redis, null, null)) {
      Talking talking = fleet.add(app, Jdk.all().findFirst().orElseThrow());
      for (int i = 0; errorsOf(talking) < 100; i++) { // none before it is connected
        talking.ask("us " + i);
      }
      assertThat(talking.err())
          .filteredOn(line -> line.contains("WARN"))
          .singleElement()
          .asString()
          .contains("backend redis refuses what it is asked: NOPERM", "evalsha");

      talking.ask("drop 1");
      assertThat(talking.err())
          .filteredOn(line -> line.contains("is out"))
          .as("a second line in the same minute")
          .isEmpty();
    }
  }

  @Test
  void listWithoutEnd_isRefusedBeforeItFillsTheHeap(RedisServer redis) {
    App app =
        App.named("remote")
            .jvm("-Xmx64m")
            .agent("backend=redis;prefix=endless;timeout=2s;redis.uri=" + redis.uri());
    try (Fleet fleet = new Fleet(redis, null, null)) {
      Talking talking = fleet.add(app, Jdk.all().findFirst().orElseThrow());
      await()
          .atMost(30, SECONDS)
          .untilAsserted(
              () -> {
                assertThat(talking.ask("endless 1")).isEqualTo("2147483647");
                assertThat(talking.err())
                    .filteredOn(line -> line.contains("Main.endless"))
                    .singleElement()
                    .asString()
                    .contains("not cached with backend redis", "it takes more than ");
              });
    }
  }

  private static int errorsOf(Talking talking) {
    return Integer.parseInt(talking.ask("errors us"));
  }
}
