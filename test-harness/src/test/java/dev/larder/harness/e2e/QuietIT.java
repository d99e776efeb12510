/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** Where there is nothing to warn of, one line is all that the agent adds. */
class QuietIT {

  @OnEachJdk
  void agent_withNothingToWarnOf_printsOneLine(Jdk jdk) {
    Run run = App.named("plain").agent().run(jdk).ok().onlyStartLine();

    assertThat(run.out())
        .as("the JVM's own warnings go to standard output")
        .containsExactly("early=1 1", "late=2 2", "attached=true");
  }

  @OnEachJdk
  void agent_whereTheJvmDeniesWhatItWarnsOf_worksAllTheSame(Jdk jdk) {
    App app = App.named("plain").agent();
    if (jdk.feature() >= 24) {
      app.jvm("--illegal-native-access=deny", "--sun-misc-unsafe-memory-access=deny");
    }
    Run run = app.run(jdk).ok().onlyStartLine();

    assertThat(run.out()).containsExactly("early=1 1", "late=2 2", "attached=true");
  }

  @OnEachJdk
  void agent_withNothingToCache_printsOneLine(Jdk jdk) {
    Run run = App.named("nothing").withoutApi().agent().run(jdk).ok().onlyStartLine();

    assertThat(run.out()).containsExactly("no match");
  }
}
