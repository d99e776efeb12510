/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Redis that answers each look-up and refuses each store, of which no breaker would tell. */
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

  private static int errorsOf(Talking talking) {
    return Integer.parseInt(talking.ask("errors us"));
  }
}
