/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import dev.larder.harness.server.SlowProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cache whose calls may wait for their backend longer than those of others. */
@ExtendWith(Servers.class)
class RemoteTimeoutIT {

  @Test
  void timeout_ofOneCache_isWhatItsCallsWait(RedisServer redis) {
    try (SlowProxy proxy = SlowProxy.before(redis);
        Fleet fleet = new Fleet(redis, null, null)) {
      App app =
          App.named("remote")
              .agent(
                  "backend=redis;redis.uri=redis://"
                      + proxy.address()
                      + ";prefix=timeout;cache.us.timeout=10s");
      Talking talking = fleet.start(app, Jdk.all().findFirst().orElseThrow());
      String first = talking.ask("us 1");

      proxy.delay(500);

      String hits = talking.ask("hits us");
      assertThat(talking.ask("us 1")).isEqualTo(first);
      assertThat(talking.ask("hits us")).isNotEqualTo(hits);
    }
  }

  @Test
  void timeout_thatIsRaisedWhileRunning_isWhatCallsWait(RedisServer redis) throws IOException {
    try (SlowProxy proxy = SlowProxy.before(redis);
        Fleet fleet = new Fleet(redis, null, null)) {
      App app =
          App.named("remote")
              .agent("backend=redis;redis.uri=redis://" + proxy.address() + ";prefix=raised");
      Path file = app.directory().resolve("larder.properties");
      Files.writeString(file, "timeout = 250ms\n");
      Talking talking = fleet.start(app, Jdk.all().findFirst().orElseThrow());
      String first = talking.ask("us 1");
      proxy.delay(500);
      assertThat(talking.ask("us 1")).as("the answer comes too late").isNotEqualTo(first);

      Files.writeString(file, "timeout = 10s\n");

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> talking.ask("us 1").equals(talking.ask("us 1")));
    }
  }
}
