/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** What a hit costs in bytes, which no load of the machine changes. */
class AllocationIT {

  @OnEachJdk
  void hit_ofSharedValueByScalarKey_allocatesNothing(Jdk jdk) {
    Run run = App.named("allocation").agent().run(jdk).ok();

    assertThat(run.line("number:")).isEqualTo("0");
    assertThat(run.line("text:")).isEqualTo("0");
    assertThat(run.line("nothing:")).isEqualTo("0");
    run.onlyStartLine();
  }
}
