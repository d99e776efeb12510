/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** Evicting and putting, by annotation and by {@code dev.larder.Larder}. */
class InvalidationIT {

  @OnEachJdk
  void evictAndPut_byAnnotation_actAfterTheMethodHasReturned(Jdk jdk) {
    Run run = App.named("invalidation").agent().run(jdk).ok().onlyStartLine();

    assertThat(run.line("cached=")).isEqualTo("user 1 run 1|user 1 run 1");
    assertThat(run.line("evicted=")).isEqualTo("user 1 run 2|user 1 run 2");
    assertThat(run.line("users=")).as("entries after all = true").isEqualTo("0 us=1");
    assertThat(run.line("failed=")).as("kept when the method threw").isEqualTo("true");
    assertThat(run.line("saved=")).as("kept when it returned").isEqualTo("false");
    assertThat(run.line("put=")).isEqualTo("put");
    assertThat(run.line("visited=")).as("kept when a cache answered").isEqualTo("false");
  }

  @OnEachJdk
  void larder_underTheAgent_countsWhatWent(Jdk jdk) {
    Run run = App.named("invalidation").agent().run(jdk).ok();

    assertThat(run.line("attached=")).isEqualTo("true");
    assertThat(run.line("evict=")).isEqualTo("1 0");
    assertThat(run.line("clear=")).isEqualTo("2 us=1");
    assertThat(run.line("evictKey=")).isEqualTo("1 0");
    assertThat(run.line("tag=")).isEqualTo("1 1");
    assertThat(run.line("bypass=")).isEqualTo("true refresh=true");
    assertThat(run.line("clearAll=")).isEqualTo("true 0");
    assertThat(run.line("calls=")).as("hits, misses and bypassed add up").isEqualTo("13 hits=4");
    assertThat(run.line("unknown=")).isEqualTo("0 0");
  }

  @OnEachJdk
  void larder_withoutTheAgent_isInert(Jdk jdk) {
    Run run = App.named("invalidation").run(jdk).ok();

    assertThat(run.line("attached=")).isEqualTo("false");
    assertThat(run.line("cached=")).isEqualTo("user 1 run 1|user 1 run 2");
    assertThat(run.line("evict=")).isEqualTo("0 0");
    assertThat(run.line("clear=")).isEqualTo("0 us=0");
    assertThat(run.line("tag=")).isEqualTo("0 0");
    assertThat(run.line("unknown=")).isEqualTo("0 0");
    assertThat(run.err()).isEmpty();
  }
}
