/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.observe.Report;
import java.lang.invoke.MethodHandles;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObservingTest {

  private Probe probe;

  @BeforeEach
  void observe() {
    probe = Probe.observing();
    probe.policies.put("all", Probe.policy());
  }

  @SuppressWarnings("unused") // found by its name, as the body of a target
  Object find(long id) {
    return id;
  }

  @SuppressWarnings("unused")
  Object decorate(long id) {
    return id;
  }

  @SuppressWarnings("unused")
  Optional<Object> optional(long id) {
    return Optional.empty();
  }

  @SuppressWarnings("unused")
  CompletableFuture<Object> later(long id) {
    return null;
  }

  private Target target(String method) throws NoSuchMethodException {
    return probe.target(
        MethodHandles.lookup(),
        ObservingTest.class.getDeclaredMethod(method, long.class),
        "all",
        "id");
  }

  private Object call(Target target, long id, Callable<?> body) {
    return Probe.call(target, this, new Object[] {id}, body);
  }

  private Report.Method report() {
    List<Report.Method> methods = probe.engine.observations().report().methods();
    assertThat(methods).hasSize(1);
    return methods.get(0);
  }

  @Test
  void calls_runTheirBodies_andAreCountedAsBypassed() throws Exception {
    Target find = target("find");
    AtomicInteger bodies = new AtomicInteger();
    for (int i = 0; i < 10; i++) {
      assertThat(call(find, i % 2, bodies::incrementAndGet)).isEqualTo(i + 1);
    }
    assertThat(probe.engine.figures("all")).startsWith(0, 0, 10).endsWith(0, 0);
    assertThat(report().calls()).isEqualTo(10);
    assertThat(report().keys()).isEqualTo(2);
    assertThat(report().repeats()).isEqualTo(8);
    assertThat(report().changed()).isEqualTo(8);
    assertThat(report().subject().parameters()).isEqualTo("long");
  }

  @Test
  void exception_comesThroughAsItIs() throws Exception {
    Target find = target("find");
    IllegalStateException thrown = new IllegalStateException();

    assertThatThrownBy(
            () ->
                call(
                    find,
                    1,
                    () -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(report().failures()).isEqualTo(1);
  }

  @Test
  @SuppressWarnings("UnnecessaryStringBuilder") // equal to none but itself
  void result_isTheBodysVeryOne_andIsComparedByValue() throws Exception {
    Target find = target("find");
    Object[] first = {new StringBuilder("a")};

    assertThat(call(find, 1, () -> first)).isSameAs(first);
    call(find, 1, () -> new Object[] {new StringBuilder("a")});
    assertThat(report().changed()).isZero();
    assertThat(report().compared()).isEqualTo(1);
  }

  @Test
  void emptyOptional_countsAsNull() throws Exception {
    call(target("optional"), 1, Optional::empty);
    assertThat(report().nulls()).isEqualTo(1);
  }

  @Test
  void stage_isTheBodysVeryOne_andCountsWhenItCompletes() throws Exception {
    Target later = target("later");
    CompletableFuture<Object> stage = new CompletableFuture<>();

    assertThat(call(later, 1, () -> stage)).isSameAs(stage);
    assertThat(report().calls()).isZero();
    stage.complete("a");
    assertThat(report().calls()).isEqualTo(1);
    call(later, 1, () -> CompletableFuture.completedFuture("a"));
    call(later, 1, () -> CompletableFuture.failedFuture(new IllegalStateException()));
    assertThat(report().compared()).isEqualTo(1);
    assertThat(report().changed()).isZero();
    assertThat(report().failures()).isEqualTo(1);
  }

  private Target throughInterface(String method) {
    return probe.engine.target(
        new TargetSpec(
            ObservingTest.class.getName(),
            method,
            "(J)Ljava/lang/Object;",
            false,
            List.of("id"),
            Set.of(),
            new TargetSpec.Operation("all", Map.of()),
            List.of(),
            List.of(),
            List.of("com.acme.Finder.find(long)"),
            EnumSet.of(TargetSpec.Trait.THROUGH_INTERFACE)),
        MethodHandles.lookup());
  }

  @Test
  void callThroughADecorator_countsWhereItEnds() {
    Target outer = throughInterface("decorate");
    Target inner = throughInterface("find");

    call(outer, 1, () -> call(inner, 1, () -> "a"));
    call(inner, 1, () -> "a");

    List<Report.Method> methods = probe.engine.observations().report().methods();
    assertThat(methods)
        .extracting(each -> each.subject().method())
        .containsExactly("decorate", "find");
    assertThat(methods).extracting(Report.Method::calls).containsExactly(0L, 2L);
    assertThat(probe.engine.figures("all")).startsWith(0, 0, 2);
  }

  @Test
  void keyThatFails_isNoKey_andNoFailureOfLarders() throws Exception {
    probe.policies.put("all", Probe.keyedPolicy("{1 / (id - 1)}"));
    Target find = target("find");

    assertThat(call(find, 1, () -> "a")).isEqualTo("a");
    assertThat(call(find, 2, () -> "b")).isEqualTo("b");

    assertThat(report().calls()).isEqualTo(2);
    assertThat(report().keys()).isEqualTo(1);
    assertThat(report().unkeyed()).containsExactly(Map.entry("its key: / by zero", 1L));
    assertThat(probe.engine.figures("all")).startsWith(0, 0, 2).endsWith(0, 0);
  }

  @Test
  void callInABypass_isNotObserved() throws Exception {
    Target find = target("find");
    Object before = CallScope.enter("bypass");
    try {
      call(find, 1, () -> "a");
    } finally {
      CallScope.leave(before);
    }
    assertThat(report().calls()).isZero();
    assertThat(probe.engine.figures("all")).startsWith(0, 0, 1);
  }

  @Test
  void resultWithoutValue_isSaidNotToBeCompared() throws Exception {
    Target find = target("find");
    for (int i = 0; i < 3; i++) {
      call(find, 1, () -> (Runnable) () -> {});
    }
    assertThat(report().compared()).isZero();
    assertThat(report().uncompared()).hasSize(1).containsValue(3L);
    assertThat(report().uncompared().keySet().iterator().next()).contains("lambda");
  }
}
