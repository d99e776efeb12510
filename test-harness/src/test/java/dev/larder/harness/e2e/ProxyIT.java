/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** Targets that are reached through a proxy or a decorator, or are nothing but a proxy. */
class ProxyIT {

  @OnEachJdk
  void proxy_thatIsAllThereIs_isCached(Jdk jdk) {
    Run run = App.named("proxy").agent().run(jdk).ok();

    assertThat(run.line("mapper=")).isEqualTo("row 1 run 1|row 1 run 1|row 1 run 1");
  }

  @OnEachJdk
  void proxy_aroundATarget_stepsAsideAndRunsItsAdviceAtEachCall(Jdk jdk) {
    Run run = App.named("proxy").agent().run(jdk).ok();

    String once = "service 1 run 1|".repeat(4);
    assertThat(run.line("proxied=")).isEqualTo(once + " advised=4");
    assertThat(run.line("decorated=")).isEqualTo("service 1 run 1 advised=5");
    assertThat(run.line("service=")).isEqualTo("loads=1 stores=1 entries=1");
  }

  @OnEachJdk
  void proxy_thatCarriesAuthorisation_isUncachedWithOneWarning(Jdk jdk) {
    Run run = App.named("proxy").agent().run(jdk).ok();

    assertThat(run.line("guarded=")).isEqualTo("row 1|row 2|row 3 asked=3");
    assertThat(run.line("guardedByMeta=")).isEqualTo("row 4|row 5|row 6 asked=6");
    assertThat(run.err())
        .as("the start line and a warning for each guarded method")
        .hasSize(3)
        .filteredOn(line -> line.contains("WARN"))
        .anyMatch(line -> line.contains("Guarded.select"))
        .anyMatch(line -> line.contains("GuardedByMeta.select"));
  }

  @OnEachJdk
  void proxy_thatGuardsATarget_guardsEachCallOfIt(Jdk jdk) {
    Run run = App.named("proxy").agent().run(jdk).ok();

    assertThat(run.line("guardedTarget=")).isEqualTo("row 7|row 7|row 7 asked=9");
  }

  @OnEachJdk
  void put_ofAnInterface_isDoneOnceByTheInnermost(Jdk jdk) {
    Run run = App.named("proxy").agent().run(jdk).ok();

    assertThat(run.line("putAlone=")).isEqualTo("alone");
    assertThat(run.line("putAround=")).isEqualTo("around");
    assertThat(run.line("putDecorated=")).isEqualTo("decorated!! decorated");
    assertThat(run.line("putLater=")).isEqualTo("later!! later");
  }
}
