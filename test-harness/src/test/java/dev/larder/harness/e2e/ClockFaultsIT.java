/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static dev.larder.harness.e2e.Faults.liveThrough;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A wall clock that jumps by an hour while sixteen threads call cached methods. */
@ExtendWith(Servers.class)
class ClockFaultsIT {

  private static final Duration HOUR = Duration.ofHours(1);

  private final App app = App.named("faults").optimised();
  private final Optional<Path> library = FakeClock.find();

  @Test
  void clock_jumpsBeforeRedis(RedisServer redis) {
    assumeTrue(library.isPresent(), "Debian's package libfaketime is missing");
    FakeClock clock = FakeClock.of(app, library.orElseThrow());
    app.agent("backend=redis;prefix=clock;redis.uri=" + redis.uri());
    try (Load load = Load.with(app)) {
      jump("Redis", load, clock);
    }
  }

  @Test
  void clock_jumpsBehindANearCache(RedisServer redis) {
    assumeTrue(library.isPresent(), "Debian's package libfaketime is missing");
    FakeClock clock = FakeClock.of(app, library.orElseThrow());
    app.agent("backend=redis;l1.max-entries=1000;prefix=near-clock;redis.uri=" + redis.uri());
    try (Load load = Load.onNewest(app)) {
      jump("Near cache before Redis", load, clock);
    }
  }

  private static void jump(String place, Load load, FakeClock clock) {
    for (Duration jump : List.of(HOUR, HOUR.negated())) {
      liveThrough(
          place
              + ": the application's clock jumps an hour "
              + (jump.equals(HOUR) ? "ahead" : "back"),
          load,
          () -> clock.set(jump),
          () -> clock.set(Duration.ZERO));
    }
  }
}
