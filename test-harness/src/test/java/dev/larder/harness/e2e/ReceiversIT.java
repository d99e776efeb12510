/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** Objects of one class that differ, and classes of one base, never share a value. */
class ReceiversIT {

  @OnEachJdk
  void receivers_thatDiffer_neverShare(Jdk jdk) {
    Run run = App.named("receivers").agent().run(jdk).ok();

    assertThat(run.line("a=")).isEqualTo("a1 run 1|a1 run 1");
    assertThat(run.line("b=")).isEqualTo("b1 run 1|b1 run 2");
    assertThat(run.line("greetings=")).isEqualTo("hello you, this is a|hello you, this is b");
    assertThat(run.line("holders=")).isEqualTo("true true");
    assertThat(run.line("bases=")).isEqualTo("Left1|right of Right1|Left1|right of Right1");
    assertThat(run.err())
        .as("the start line, and one warning for each of the two classes, not of their methods")
        .hasSize(3)
        .anyMatch(line -> line.contains("WARN") && line.contains("Main$Tenant"))
        .anyMatch(line -> line.contains("WARN") && line.contains("Main$Holder"));
  }

  @OnEachJdk
  void receivers_whoseScopeIsSaid_shareOrNotAsItSays(Jdk jdk) {
    Run run = App.named("receivers").agent().run(jdk).ok();

    assertThat(run.line("shared=")).isEqualTo("first|first");
    assertThat(run.line("instance=")).isEqualTo("first|second|first|second");
  }
}
