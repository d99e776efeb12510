/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** A named module that opens nothing. */
class ModuleIT {

  @OnEachJdk
  void privateMethod_ofAClosedModule_isCachedByItsPrivateTypes(Jdk jdk) {
    Run run =
        App.named("module")
            .module("com.acme.shop")
            .mainClass("com.acme.shop.Main")
            .agent()
            .run(jdk)
            .ok()
            .onlyStartLine();

    assertThat(run.line("asked=")).isEqualTo("[jar run 1][jar run 2]");
    assertThat(run.line("text=")).isEqualTo("a run 3|a run 3");
    assertThat(run.line("tag=")).isEqualTo("1");
    assertThat(run.line("module="))
        .as("the module stays closed to others")
        .isEqualTo("com.acme.shop open=false");
  }
}
