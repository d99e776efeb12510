/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import dev.larder.harness.Alone;
import dev.larder.harness.server.RedisServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The wall clock jumps wherever entries are kept; all places wait at the same time. */
@Alone
class ClockIT {

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class InMemory extends ClockCases {
    InMemory(RedisServer redis) {
      super(Place.MEMORY, redis);
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class InRedis extends ClockCases {
    InRedis(RedisServer redis) {
      super(Place.REDIS, redis);
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class NearRedis extends ClockCases {
    NearRedis(RedisServer redis) {
      super(Place.NEAR, redis);
    }
  }
}
