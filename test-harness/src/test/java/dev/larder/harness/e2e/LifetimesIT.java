/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.Alone;
import dev.larder.harness.e2e.App.Run;

@Alone
final class LifetimesIT {

  @OnEachJdk
  void lifetimes_underTheAgent_areWhatTheContractSays(Jdk jdk) {
    Run run = App.named("lifetimes").agent("cache.exceptions.cache-exceptions=10s").run(jdk).ok();

    assertThat(run.line("stale=")).as("old at once, then new; one stale hit").isEqualTo("112 1");
    assertThat(run.line("error=")).as("the old value for the failing body").isEqualTo("1 runs=2");
    assertThat(run.line("ahead=")).isEqualTo("12");
    assertThat(run.line("idle=")).as("kept by reading, gone by silence").isEqualTo("12");
    assertThat(run.line("zero=")).as("runs and bypassed").isEqualTo("2 2");
    assertThat(run.line("nulls=")).isEqualTo("2");
    assertThat(run.line("unless=")).isEqualTo("3");
    assertThat(Long.parseLong(run.line("perResult=")))
        .as("a ttl of 400 ms by its result; what is above 420 is the machine's")
        .isBetween(380L, 1_000L);
    assertThat(run.line("exceptions=")).isEqualTo("run 1|run 1|");
    assertThat(run.line("faulty=")).isEqualTo("2");
    assertThat(run.err())
        .filteredOn(line -> line.contains("WARN"))
        .singleElement()
        .asString()
        .contains("Main.faulty", "unless", "nobody", "position 7");
  }

  @OnEachJdk
  void stages_underTheAgent_shareOneComputation(Jdk jdk) {
    Run run = App.named("stages").agent().run(jdk).ok();

    assertThat(run.line("waiting=")).isEqualTo("true runs=1");
    assertThat(run.line("landed=")).isEqualTo("there there there");
    assertThat(run.line("runs=")).isEqualTo("1");
    assertThat(run.line("stage=")).as("a copy for each caller").isEqualTo("[run 1]");
    assertThat(run.line("failing0=")).isEqualTo("later 1");
    assertThat(run.line("failing1=")).as("failures are not kept").isEqualTo("later 2");
    assertThat(run.line("mixed="))
        .as("X, Optional and future of X are one; int is not")
        .isEqualTo("run 1 run 1 2 run 3");
  }
}
