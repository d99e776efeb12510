/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** An application in a loader that asks itself first, the annotations' jar with it. */
class ParentLastIT {

  @OnEachJdk
  void webApplication_inAParentLastLoader_isCachedAndSharesNothingWithItsSuccessor(Jdk jdk) {
    Run run = deploy(jdk);

    assertThat(run.line("first=")).isEqualTo("tin first runs=2 entries=2 attached=true");
    assertThat(run.line("second=")).startsWith("tin first runs=2 ").endsWith(" attached=true");
  }

  @OnEachJdk
  void loader_letGoWhileItsEntriesAreCached_isCollected(Jdk jdk) {
    Run run = deploy(jdk);

    assertThat(run.line("collected=")).isEqualTo("true true");
    run.onlyStartLine();
  }

  private static Run deploy(Jdk jdk) {
    return App.named("container")
        .withoutApi()
        .agent()
        .argument(App.named("webapp").compiled() + "/", Artifacts.api().toString())
        .run(jdk)
        .ok();
  }
}
