/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** OpenTelemetry's agent beside Larder's, instrumenting the very methods that are cached. */
class OtherAgentIT {

  private static final String INSTRUMENTED = "Main[early];Main$Late[late]";

  @OnEachJdk
  void otherAgent_listedFirst_leavesCachingAsItIs(Jdk jdk) {
    App app = withOther(App.named("plain"), INSTRUMENTED);

    assertBothWork(app.agent().run(jdk).ok());
  }

  @OnEachJdk
  void otherAgent_listedLast_leavesCachingAsItIs(Jdk jdk) {
    App app = App.named("plain").agent();

    assertBothWork(withOther(app, INSTRUMENTED).run(jdk).ok());
  }

  /**
   * The agent behind what the application has already.
   *
   * @param methods that it writes spans of, on the standard error
   */
  static App withOther(App app, String methods) {
    return app.libraryAsAgent("otel")
        .jvm(
            "-Dotel.traces.exporter=console",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none",
            "-Dotel.instrumentation.common.default-enabled=false", // or each start takes 15 s
            "-Dotel.instrumentation.methods.enabled=true",
            "-Dotel.instrumentation.methods.include=" + methods);
  }

  /** Hits skip the bodies, but not the spans around them. */
  private static void assertBothWork(Run run) {
    assertThat(run.out()).containsExactly("early=1 1", "late=2 2", "attached=true");
    assertThat(run.err()).filteredOn(line -> line.contains("'Main.early'")).hasSize(2);
    assertThat(run.err()).filteredOn(line -> line.contains("'Late.late'")).hasSize(2);
    assertThat(run.larder()).as("what Larder said").hasSize(1);
  }
}
