/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** Spring Security's method annotations guard each call, also the ones that the cache answers. */
class SecurityIT {

  @OnEachJdk
  void guardedService_cached_isGuardedAtEachCall(Jdk jdk) {
    Run run = run(jdk);

    assertThat(run.line("service=")).isEqualTo("denied|run 1|run 1|denied|run 1");
  }

  @OnEachJdk
  void guardedImplementation_cachedByItsInterface_isGuardedAtEachCall(Jdk jdk) {
    Run run = run(jdk);

    assertThat(run.line("interface=")).isEqualTo("denied|run 1|run 1|denied|run 1");
  }

  @OnEachJdk
  void guardedProxy_withNothingBehindIt_isGuardedAndUncachedWithOneWarning(Jdk jdk) {
    Run run = run(jdk);

    assertThat(run.line("proxy=")).isEqualTo("denied|run 1|run 2|denied|run 3");
    assertThat(run.larder())
        .as("the start line and one warning")
        .hasSize(2)
        .last()
        .asString()
        .contains("com.acme.bank.Rates.rate", "authorisation");
  }

  private static Run run(Jdk jdk) {
    return App.named("security")
        .libraries("spring")
        .libraries("spring-security")
        .mainClass("com.acme.bank.Main")
        .agent()
        .run(jdk)
        .ok();
  }
}
