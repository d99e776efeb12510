/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that give nothing where they should give what holds a value. */
final class ReturnShapeTest {

  private final AtomicInteger runs = new AtomicInteger();

  static Optional<String> optional() {
    return Optional.empty();
  }

  static CompletableFuture<String> stage() {
    return new CompletableFuture<>();
  }

  static Future<String> future() {
    return new CompletableFuture<>();
  }

  @ParameterizedTest
  @ValueSource(strings = {"optional", "stage", "future"})
  void null_inPlaceOfWhatHoldsTheValue_isGivenAsItIsAndNotKept(String method) throws Exception {
    Target target =
        new Probe()
            .target(
                MethodHandles.lookup(), ReturnShapeTest.class.getDeclaredMethod(method), "nulls");

    for (int run = 1; run <= 2; run++) {
      assertThat(Probe.call(target, null, new Object[0], this::runToNull)).isNull();
      assertThat(runs).hasValue(run);
    }
  }

  private Object runToNull() {
    runs.incrementAndGet();
    return null;
  }
}
