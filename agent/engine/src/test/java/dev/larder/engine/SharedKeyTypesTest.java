/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.entry.Clock;
import dev.larder.engine.method.CachePolicy;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods of several types whose values lie under one key. */
@SuppressWarnings("unused") // found by their names, as the bodies of targets
final class SharedKeyTypesTest {

  private final Probe probe = new Probe();
  private final AtomicInteger runs = new AtomicInteger();
  private CachePolicy policy = Probe.keyedPolicy("{p0}");

  static int primitive(long id) {
    return 0;
  }

  static Integer boxed(long id) {
    return 0;
  }

  static Optional<Integer> optional(long id) {
    return Optional.empty();
  }

  static CompletableFuture<Integer> stage(long id) {
    return new CompletableFuture<>();
  }

  static Long another(long id) {
    return 0L;
  }

  private Object call(String method, Callable<?> body) throws NoSuchMethodException {
    probe.policies.put("c", policy);
    Target target =
        probe.target(
            MethodHandles.lookup(),
            SharedKeyTypesTest.class.getDeclaredMethod(method, long.class),
            "c");
    return Probe.call(
        target,
        null,
        new Object[] {1L},
        () -> {
          runs.incrementAndGet();
          return body.call();
        });
  }

  private Object value(String method, Integer value) throws Exception {
    Object given =
        call(
            method,
            () ->
                switch (method) {
                  case "optional" -> Optional.ofNullable(value);
                  case "stage" -> CompletableFuture.completedFuture(value);
                  default -> value;
                });
    return given instanceof Optional<?> optional
        ? optional.orElse(null)
        : given instanceof CompletableFuture<?> stage ? stage.get() : given;
  }

  @ParameterizedTest
  @ValueSource(strings = {"primitive", "boxed", "optional", "stage"})
  void int_andWhatHoldsAnInteger_areOneType(String method) throws Exception {
    assertThat(value(method, 5)).isEqualTo(5);

    for (String other : new String[] {"primitive", "boxed", "optional", "stage"}) {
      assertThat(value(other, 6)).as(other).isEqualTo(5);
    }
    assertThat(runs).hasValue(1);
  }

  @Test
  void anotherNumber_isAnotherType() throws Exception {
    value("primitive", 5);

    assertThat(call("another", () -> 6L)).isEqualTo(6L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"boxed", "optional", "stage"})
  void null_ofAnotherMethod_isAMissForAPrimitive(String method) throws Exception {
    assertThat(value(method, null)).isNull();
    assertThat(value(method, 6)).as("it is cached").isNull();

    assertThat(value("primitive", 7)).isEqualTo(7);
    assertThat(value("primitive", 8)).isEqualTo(7);
  }

  /** Where an exception is kept, the old null that stands in for it is what a call would get. */
  @Test
  void null_thatStandsInForAKeptException_isAMissForAPrimitive() throws Exception {
    policy = Probe.keyedFailurePolicy("{p0}", 1, 60_000, 60_000);
    value("boxed", null);
    long stored = Clock.precise();
    while (Clock.precise() <= stored + 1) {
      Thread.onSpinWait();
    }
    Callable<?> failing =
        () -> {
          throw new IllegalStateException("away");
        };
    assertThat(call("boxed", failing)).as("the old value").isNull();
    assertThat(runs).hasValue(2);

    assertThat(value("primitive", 7)).isEqualTo(7);
  }
}
