/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.Alone;
import dev.larder.harness.e2e.App.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Callers on virtual threads wait for a flight without holding the thread that carries them. */
@Alone
class VirtualThreadIT {

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Jdk#withoutPinningMonitors")
  void followers_onVirtualThreads_arePinnedNowhere(Jdk jdk) {
    Run run = App.named("virtual").agent().run(jdk).ok().onlyStartLine();

    assertThat(run.line("right=")).isEqualTo("900");
    assertThat(run.line("control=")).as("what pins is told").isNotEqualTo("0");
    assertThat(run.line("pinned=")).as("%s", run.out()).isEqualTo("0");
    assertThat(Integer.parseInt(run.line("runs="))).as("runs for 13 cold keys").isLessThan(14);
  }
}
