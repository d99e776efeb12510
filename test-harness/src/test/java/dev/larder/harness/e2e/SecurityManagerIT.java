/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Under a security manager, which Java had up to 23, the application meets no error of Larder's,
 * whatever it and the agent may do.
 */
class SecurityManagerIT {

  private static final String ALL = "permission java.security.AllPermission;";
  private static final String FOR_THE_AGENT = "grant codeBase \"${agent.jar}\" { " + ALL + " };\n";

  private static App app(String policy) {
    return App.named("plain")
        .file("policy", policy)
        .jvm(
            "-Djava.security.manager",
            "-Djava.security.policy==policy",
            "-Dagent.jar=" + Artifacts.agent().toUri());
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Jdk#withSecurityManager")
  void application_thatMayDoAll_isCached(Jdk jdk) {
    Run run = app("grant { " + ALL + " };").agent().run(jdk).ok();

    assertThat(run.larder()).hasSize(1);
    assertThat(run.out()).containsExactly("early=1 1", "late=2 2", "attached=true");
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Jdk#withSecurityManager")
  void application_thatMayDoNothing_runsUncachedAndIsTold(Jdk jdk) {
    Run run = app(FOR_THE_AGENT).agent().run(jdk).ok();

    assertThat(run.out()).containsExactly("early=1 2", "late=3 4", "attached=true");
    assertThat(run.larder()).hasSizeGreaterThan(1);
    assertThat(run.larder().subList(1, run.larder().size()))
        .allMatch(line -> line.contains("AccessControlException") && line.contains("uncached"));
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Jdk#withSecurityManager")
  void agent_thatMayDoNothing_saysSoInOneLine(Jdk jdk) {
    Run run = app("").agent().run(jdk).ok();

    assertThat(run.out()).containsExactly("early=1 2", "late=3 4", "attached=false");
    assertThat(run.larder())
        .singleElement()
        .asString()
        .contains("AccessControlException")
        .contains("uncached");
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Jdk#withSecurityManager")
  void facade_withoutTheAgent_isInert(Jdk jdk) {
    Run run = app("").run(jdk).ok();

    assertThat(run.out()).containsExactly("early=1 2", "late=3 4", "attached=false");
  }
}
