/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import dev.larder.harness.server.SlowProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a batch costs behind a line whose every answer takes its time. */
@ExtendWith(Servers.class)
class BatchRoundTripsIT extends CacheUsers {

  private static final Duration DELAY = Duration.ofMillis(20);
  private static final int ELEMENTS = 200;

  private final SlowLine line;

  BatchRoundTripsIT(RedisServer redis) {
    super(new SlowLine(redis));
    line = (SlowLine) place();
  }

  /** A Redis behind a proxy. */
  private static final class SlowLine extends RedisContractIT {
    private final SlowProxy proxy;

    SlowLine(RedisServer redis) {
      super(redis);
      proxy = SlowProxy.before(redis);
    }

    @Override
    protected Map<String, String> reachable() {
      return Map.of("redis.uri", "redis://" + proxy.address());
    }
  }

  @AfterAll
  void endLine() {
    line.proxy.close();
  }

  @Test
  void batch_ofManyElements_costsFewRoundTrips() {
    Jvm one = pair(Layout.PLAIN).one();
    List<Long> ids = LongStream.range(0, ELEMENTS).boxed().toList();
    one.call("batched", "all", List.of(-1L)); // the list of variants is known
    line.proxy.delay(DELAY.toMillis());

    Duration loaded = timed("cold", () -> one.call("batched", "all", ids));
    int before = runs.get();
    Duration found = timed("found", () -> one.call("batched", "all", ids));
    line.proxy.delay(0);

    assertThat(runs.get()).as("runs for what is there").isEqualTo(before);
    assertThat(loaded).isBetween(DELAY.multipliedBy(3), DELAY.multipliedBy(ELEMENTS / 2));
    assertThat(found).isLessThan(DELAY.multipliedBy(ELEMENTS / 2));
  }

  private static Duration timed(String what, Runnable call) {
    long began = System.nanoTime();
    call.run();
    Duration taken = Duration.ofNanos(System.nanoTime() - began);
    System.out.println(
        "a "
            + what
            + " batch of "
            + ELEMENTS
            + " took "
            + taken.toMillis()
            + " ms, with answers that take "
            + DELAY.toMillis()
            + " ms");
    return taken;
  }
}
