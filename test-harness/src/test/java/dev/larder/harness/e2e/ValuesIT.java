/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** What callers do to results and arguments stays with them. */
class ValuesIT {

  @OnEachJdk
  void value_changedByItsCaller_isWholeForTheNext(Jdk jdk) {
    Run run = App.named("values").agent().run(jdk).ok();

    assertThat(run.line("basket=")).isEqualTo("[Money[cents=1, currency=EUR]] 1 true true");
    assertThat(run.line("map=")).isEqualTo("{numbers=[1, 2]}");
    assertThat(run.line("runs=")).as("of basket and of map").isEqualTo("1 1");
    assertThat(run.line("argument=")).isEqualTo("{numbers=[1, 2, 3]}{numbers=[1, 2]}");
    assertThat(run.line("numbers=")).as("a list that never ends").isEqualTo("2147483647 7 1");
  }

  @OnEachJdk
  void value_deeplyImmutable_isShared(Jdk jdk) {
    Run run = App.named("values").agent().run(jdk).ok();

    assertThat(run.line("shared=")).isEqualTo("true");
  }

  @OnEachJdk
  void value_thatHoldsALock_isNotCachedAndSaidOnce(Jdk jdk) {
    Run run = App.named("values").agent().run(jdk).ok();

    assertThat(run.line("locked=")).isEqualTo("true");
    assertThat(run.err())
        .as("the start line and one warning")
        .hasSize(2)
        .last()
        .asString()
        .contains("Main.locked")
        .contains("ReentrantLock");
  }
}
