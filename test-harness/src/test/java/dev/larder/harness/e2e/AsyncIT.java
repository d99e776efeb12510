/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** Methods whose value comes later, with libraries that only the application has. */
class AsyncIT {

  @OnEachJdk
  void reactiveTypes_underTheAgent_areCachedByTheirValue(Jdk jdk) {
    Run run = App.named("reactive").libraries("reactive").agent().run(jdk).ok().onlyStartLine();

    assertThat(run.line("once="))
        .as("64 subscribers of a cold key")
        .isEqualTo("[Price[item=jar, cents=1]] runs=1");
    assertThat(run.line("evicted=")).isEqualTo("2");
    assertThat(run.line("small=")).isEqualTo("1000 1000  runs=1");
    assertThat(run.line("large=")).as("over 1,000 elements").isEqualTo("1001 1001  runs=2");
    assertThat(run.line("context=")).isEqualTo("hello ann");
    assertThat(run.line("cancelled=")).isEqualTo("shared runs=1");
    assertThat(run.line("singles=")).isEqualTo("[Price[item=jar, cents=1]] runs=1");
    assertThat(run.line("maybe=")).isEqualTo("nullnull 1");
    assertThat(run.line("uni=")).isEqualTo("11");
    assertThat(run.line("taken over=")).isEqualTo("own second second runs=2");
  }
}
