/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** One run for all callers of a cold key, and how long what it gave is served. */
class FlightIT {

  /** How far from its time to live an entry may be served or missed, in milliseconds. */
  private static final long TOLERANCE = 20;

  @OnEachJdk
  void coldKey_under64Threads_runsOnce(Jdk jdk) {
    Run run = App.named("single").agent().run(jdk).ok().onlyStartLine();

    assertThat(run.line("runs=")).isEqualTo("1 same=true calls=64 loads=1");
  }

  @OnEachJdk
  void entry_ofShortTimeToLive_isServedThatLong(Jdk jdk) {
    Run run = App.named("single").agent().run(jdk).ok();

    assertThat(Long.parseLong(run.line("served="))).isLessThanOrEqualTo(400 + TOLERANCE);
    assertThat(Long.parseLong(run.line("gone="))).isGreaterThanOrEqualTo(400 - TOLERANCE);
  }

  @OnEachJdk
  void call_withConditionFalseOrUnlessTrue_isNotStored(Jdk jdk) {
    Run run = App.named("single").agent().run(jdk).ok();

    assertThat(run.line("condition=")).isEqualTo("1 2");
    assertThat(run.line("unless=")).isEqualTo("3 3 4 5");
  }
}
