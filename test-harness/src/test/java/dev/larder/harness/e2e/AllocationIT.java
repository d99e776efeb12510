/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import java.util.Collections;
import java.util.List;

/** What calls cost in bytes, which no load of the machine changes. */
class AllocationIT {

  /** Of a call that misses and stores, with all that it takes in the store. */
  private static final long MOST_OF_A_MISS = 600;

  /** Of call sites that are like others: what the JDK makes of them is made once. */
  private static final long MOST_CLASSES = 4;

  /**
   * Whether a hit's key stays on the stack is up to what a JVM's compiler has seen before it comes
   * to the hit (a hash table that grows, say): one JVM in five allocates it, which is documented,
   * and not so many in a row.
   */
  private static final int MOST_JVMS = 6;

  private static final List<String> KINDS =
      List.of("number:", "text:", "two:", "three:", "mixed:", "nothing:");

  private static final List<String> NOTHING = Collections.nCopies(KINDS.size(), "0");

  /** The bytes that a hit of each kind allocates. */
  private static List<String> hits(Run run) {
    return KINDS.stream().map(run::line).toList();
  }

  /** In one JVM if it can be, whose start costs more than the rest. */
  @OnEachJdk
  void call_ofEachKind_allocatesWhatItMust(Jdk jdk) {
    Run run = App.named("allocation").optimised().agent().run(jdk).ok();
    for (int jvm = 1; jvm < MOST_JVMS && !hits(run).equals(NOTHING); jvm++) {
      run = App.named("allocation").optimised().agent().run(jdk).ok();
    }

    assertThat(hits(run)).isEqualTo(NOTHING);
    assertThat(Long.parseLong(run.line("copied:")))
        .as("a hit of a mutable value allocates its copy and nothing else")
        .isLessThanOrEqualTo(Long.parseLong(run.line("copied by hand:")));
    assertThat(Long.parseLong(run.line("missed:"))).isLessThanOrEqualTo(MOST_OF_A_MISS);
    assertThat(Long.parseLong(run.line("classes:"))).isLessThanOrEqualTo(MOST_CLASSES);
    run.onlyStartLine();
  }
}
