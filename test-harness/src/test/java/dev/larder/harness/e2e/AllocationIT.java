/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** What calls cost in bytes, which no load of the machine changes. */
class AllocationIT {

  /** Of a call that misses and stores, with all that it takes in the store. */
  private static final long MOST_OF_A_MISS = 600;

  /** Of call sites that are like others: what the JDK makes of them is made once. */
  private static final long MOST_CLASSES = 4;

  /**
   * In one JVM, whose start costs more than the rest. Whether a key stays on the stack is up to two
   * more things than the code, which are taken out here: what the compiler has seen before it comes
   * to the hit, which differs from run to run if it works beside the application ({@code -Xbatch});
   * and whether it has compiled a part of the hit by itself before, since what has become too large
   * then it does not take in ({@code InlineSmallCode}).
   */
  @OnEachJdk
  void call_ofEachKind_allocatesWhatItMust(Jdk jdk) {
    Run run =
        App.named("allocation")
            .optimised()
            .jvm("-Xbatch", "-XX:InlineSmallCode=10000")
            .agent()
            .run(jdk)
            .ok();

    assertThat(run.line("number:")).isEqualTo("0");
    assertThat(run.line("text:")).isEqualTo("0");
    assertThat(run.line("two:")).isEqualTo("0");
    assertThat(run.line("three:")).isEqualTo("0");
    assertThat(run.line("mixed:")).isEqualTo("0");
    assertThat(run.line("nothing:")).isEqualTo("0");
    assertThat(Long.parseLong(run.line("copied:")))
        .as("a hit of a mutable value allocates its copy and nothing else")
        .isLessThanOrEqualTo(Long.parseLong(run.line("copied by hand:")));
    assertThat(Long.parseLong(run.line("missed:"))).isLessThanOrEqualTo(MOST_OF_A_MISS);
    assertThat(Long.parseLong(run.line("classes:"))).isLessThanOrEqualTo(MOST_CLASSES);
    run.onlyStartLine();
  }
}
