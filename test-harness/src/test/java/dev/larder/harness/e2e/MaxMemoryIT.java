/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** What all caches of a JVM hold together. */
class MaxMemoryIT {

  @OnEachJdk
  void caches_withMaxMemory_holdThatMuchTogetherByEstimate(Jdk jdk) {
    Run run = App.named("memory").agent("max-memory=5MB").run(jdk).ok();

    int texts = Integer.parseInt(run.line("texts:"));
    int bytes = Integer.parseInt(run.line("bytes:"));
    assertThat((texts + bytes) * 10_000L).isBetween(1_500_000L, 6_500_000L);
    assertThat(texts).as("neither is emptied for the other").isPositive();
    assertThat(bytes).isPositive();
    run.onlyStartLine();
  }

  /** The control: with room enough nothing goes. */
  @OnEachJdk
  void caches_withRoomEnough_keepAll(Jdk jdk) {
    Run run = App.named("memory").agent("max-memory=200MB").run(jdk).ok();

    assertThat(run.line("texts:")).isEqualTo("3000");
    assertThat(run.line("bytes:")).isEqualTo("3000");
  }
}
