/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {

  private final AtomicLong millis = new AtomicLong(-3_500);
  private final Throttle throttle = new Throttle(10, millis::get);

  private int passing(int asking) {
    int passed = 0;
    for (int i = 0; i < asking; i++) {
      passed += throttle.passes() ? 1 : 0;
    }
    return passed;
  }

  @Test
  void throttle_inOneSecond_letsSoManyPass() {
    assertThat(passing(7)).isEqualTo(7);
    assertThat(passing(100)).isEqualTo(3);
    assertThat(passing(100)).isZero();
  }

  @Test
  void throttle_inTheNextSecond_letsAsManyPassAgain() {
    passing(100);
    millis.addAndGet(1_000);

    assertThat(passing(100)).isEqualTo(10);
    millis.addAndGet(5_000);
    assertThat(passing(100)).isEqualTo(10);
  }

  @Test
  void throttle_askedByManyThreads_letsNoMorePass() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(() -> passing(1_000)));
      }
      int passed = 0;
      for (Future<Integer> each : all) {
        passed += each.get();
      }
      assertThat(passed).isEqualTo(10);
    } finally {
      threads.shutdownNow();
    }
  }
}
