/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** A JVM ends as the application ends it: the agent holds it up nowhere. */
class ExitIT {

  @OnEachJdk
  void main_returning_endsTheJvm(Jdk jdk) {
    Run run = end(jdk, "return");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).containsExactly("cached=1", "returns");
  }

  @OnEachJdk
  void lastThread_afterMain_endsTheJvmAndIsServed(Jdk jdk) {
    Run run = end(jdk, "other thread");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).containsExactly("cached=1", "last=1");
  }

  @OnEachJdk
  void shutdownHook_ofTheApplication_isServedAndTheCodeKept(Jdk jdk) {
    Run run = end(jdk, "exit");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).containsExactly("cached=1", "in the hook=1 2 2");
    run.onlyStartLine();
  }

  @OnEachJdk
  void shutdownHook_thatHalts_hasTheLastWord(Jdk jdk) {
    assertThat(end(jdk, "halt").exit()).isEqualTo(5);
  }

  @OnEachJdk
  void main_throwing_endsTheJvmAsEver(Jdk jdk) {
    Run run = end(jdk, "throw");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "Exception in thread \"main\" java.lang.IllegalStateException: the application's end")
        .noneMatch(line -> line.contains("dev.larder"));
  }

  private static Run end(Jdk jdk, String way) {
    return App.named("exit").agent().argument(way).run(jdk);
  }
}
