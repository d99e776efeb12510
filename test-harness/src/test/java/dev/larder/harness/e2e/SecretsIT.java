/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.Fleet.Kind;
import dev.larder.harness.server.DynamoServer;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the log says, and carried libraries with it, it says no secret. */
@ExtendWith(Servers.class)
class SecretsIT {

  private static final Jdk ANY = Jdk.all().findFirst().orElseThrow();

  private final RedisServer redis;

  SecretsIT(RedisServer redis) {
    this.redis = redis;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis.username=traced;redis.password=hunter2;redis.uri=redis://",
        "redis.uri=redis://traced:hunter2@"
      })
  void secrets_ofABackendThatServes_standInNoLineOfTheLog(String how) {
    redis.command("ACL", "SETUSER", "traced", "on", ">hunter2", "~*", "&*", "+@all");
    App app =
        App.named("remote")
            .agent(
                "log-level=trace;backend=redis;prefix=traced;timeout=2s;seal.key=hunter2-seals;"
                    + how
                    + redis.host()
                    + ":"
                    + redis.port());
    try (Fleet fleet = new Fleet(redis, null, null)) {
      assertKept(fleet.start(app, ANY));
    }
  }

  @Test
  void sessionToken_ofAws_standsInNoLineOfTheLog(DynamoServer dynamo) {
    try (Fleet fleet = new Fleet(null, null, dynamo)) {
      App app =
          fleet
              .app(Kind.DYNAMODB, "log-level=trace;prefix=traced")
              .environment("AWS_SESSION_TOKEN", "hunter2");
      assertKept(fleet.start(app, ANY));
    }
  }

  private static void assertKept(Talking talking) {
    assertThat(talking.ask("us 1")).isEqualTo(talking.ask("us 1"));
    assertThat(talking.err())
        .anyMatch(line -> line.contains("[larder] DEBUG"))
        .noneMatch(line -> line.contains("hunter2"));
  }
}
