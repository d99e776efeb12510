/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** The libraries that the agent carries are nothing to an application that has its own. */
class OldLibrariesIT {

  @OnEachJdk
  void application_withMuchOlderLibraries_usesThemInCachedMethods(Jdk jdk) {
    Run run = App.named("old").libraries("old").agent().run(jdk).ok();

    assertThat(run.out())
        .containsExactly(
            "jackson={\"number\":7,\"title\":\"jar\"}",
            "bytebuddy=made 1|made 1",
            "caffeine=own",
            "jta=user 1 run 3, user 2 run 2",
            "runs=2",
            "from=jackson-databind-2.9.10.jar",
            "from=caffeine-2.6.2.jar",
            "from=byte-buddy-1.9.16.jar");
    assertThat(run.larder()).as("what Larder said").hasSize(1);
  }
}
