/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import dev.larder.harness.e2e.Fleet.Kind;
import dev.larder.harness.server.DynamoServer;
import dev.larder.harness.server.MemcachedServer;
import dev.larder.harness.server.Servers;
import dev.larder.harness.server.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A JVM ends as the application ends it: the agent holds it up nowhere. */
@ExtendWith(Servers.class)
class ExitIT {

  private static final Jdk JDK = Jdk.all().findFirst().orElseThrow();

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

  /** Of Redis see {@link FleetIT}. */
  @ParameterizedTest
  @EnumSource(names = {"MEMCACHED", "DYNAMODB"})
  void jvm_whoseOtherBackendHangs_endsWithinTwoSecondsOfItsHooks(
      Kind kind, MemcachedServer memcached, DynamoServer dynamo) {
    TestServer server = kind == Kind.MEMCACHED ? memcached : dynamo;
    try (Fleet fleet = new Fleet(null, memcached, dynamo)) {
      Talking app = fleet.start(fleet.app(kind, "prefix=exit"), JDK);
      server.pause();
      try {
        assertThat(app.ask("exit")).isEqualTo("hits in the hook: 0");

        app.awaitEnd(Duration.ofSeconds(2 + 3));
      } finally {
        server.resume();
      }
    }
  }

  private static Run end(Jdk jdk, String way) {
    return App.named("exit").agent().argument(way).run(jdk);
  }
}
