/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import dev.larder.harness.server.SlowProxy;
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
}
