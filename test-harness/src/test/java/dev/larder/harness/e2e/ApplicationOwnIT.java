/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a JVM has once is the application's, also after cached methods have run. */
@ExtendWith(Servers.class)
class ApplicationOwnIT {

  private final RedisServer redis;

  ApplicationOwnIT(RedisServer redis) {
    this.redis = redis;
  }

  @OnEachJdk
  void application_takingWhatAJvmHasOnce_findsItFree(Jdk jdk) {
    Run run = App.named("own").agent().run(jdk).ok().onlyStartLine();

    assertThat(run.line("cached=")).isEqualTo("run 1|run 1|run 2|run 2");
    assertThat(run.line("manager=")).isEqualTo("Main$OwnLogManager");
    assertThat(run.line("factory=")).isEqualTo("taken");
    assertThat(run.line("handler=")).isEqualTo("null");
    assertThat(run.line("caught=")).isEqualTo("the application's");
    assertThat(run.line("loader=")).isEqualTo("true");
    assertThat(withStart(run, "thread=")).containsExactly("thread=main");
  }

  @OnEachJdk
  void application_thatTheAgentCameTo_findsItFreeAsWell(Jdk jdk) {
    App own = App.named("own");
    List<String> bare = withStart(own.run(jdk).ok(), "property ");
    try (Talking app = Talking.to(own.argument("runs"), jdk)) {
      assertThat(app.listen()).isEqualTo("runs");
      assertThat(Command.of(jdk, "attach", app.pid(), "ttl=1m").exit()).isZero();

      assertThat(app.ask("")).isEqualTo("cached=run 1|run 1|run 2|run 2");

      List<String> found = new ArrayList<>();
      String next = app.listen();
      for (; !next.startsWith("handler="); next = app.listen()) {
        found.add(next.replace("=Main runs", "=Main")); // of the command line
      }
      found.removeIf(line -> !line.startsWith("property ")); // one is a line's end
      assertThat(found).isEqualTo(bare);
      assertFree(next, app);
    }
  }

  /** That an application finds free, or has, what a JVM has once, and says so from here on. */
  static void assertFree(String first, Talking app) {
    assertThat(first).isEqualTo("handler=null");
    for (String line :
        List.of(
            "loader=true",
            "manager=Main$OwnLogManager",
            "factory=taken",
            "caught=the application's",
            "parameter=long id",
            "services=null",
            "thread=main")) {
      assertThat(app.listen()).isEqualTo(line);
    }
  }

  /** The clients of backends are where most of it could come from; there is no server. */
  @OnEachJdk
  void application_whoseBackendsClientIsAtWork_findsItFreeAsWell(Jdk jdk) {
    for (String options :
        List.of(
            "backend=redis;redis.uri=redis://127.0.0.1:1",
            "backend=memcached;memcached.servers=127.0.0.1:1",
            "backend=dynamodb;dynamodb.endpoint=http://127.0.0.1:1;dynamodb.region=eu-west-1")) {
      App app = App.named("own");
      List<String> bare = withStart(app.run(jdk).ok(), "property ");

      Run run = app.agent(options).run(jdk).ok();

      assertThat(run.line("manager=")).as(options).isEqualTo("Main$OwnLogManager");
      assertThat(run.line("factory=")).as(options).isEqualTo("taken");
      assertThat(run.line("handler=")).as(options).isEqualTo("null");
      assertThat(withStart(run, "thread=")).as(options).containsExactly("thread=main");
      assertThat(withStart(run, "property ")).as(options).isEqualTo(bare);
    }
  }

  @OnEachJdk
  void application_whoseValuesAreInRedis_findsItFreeAsWell(Jdk jdk) {
    App app = App.named("own").argument("stores");
    List<String> bare = withStart(app.run(jdk).ok(), "property ");
    assertThat(bare).noneMatch(line -> line.startsWith("property user.timezone="));

    Run run = app.agent("backend=redis;redis.uri=" + redis.uri()).run(jdk).ok();

    assertThat(run.line("manager=")).isEqualTo("Main$OwnLogManager");
    assertThat(withStart(run, "thread=")).containsExactly("thread=main");
    assertThat(withStart(run, "property ")).isEqualTo(bare);
  }

  @OnEachJdk
  void systemProperties_underTheAgent_areAsWithoutIt(Jdk jdk) {
    App app = App.named("own").jvm("-Dio.netty.noUnsafe=true", "-Dapp.own=1");
    List<String> bare = withStart(app.run(jdk).ok(), "property ");

    List<String> under = withStart(app.agent().run(jdk).ok(), "property ");

    assertThat(bare).contains("property app.own=1");
    assertThat(under).isEqualTo(bare);
  }

  @OnEachJdk
  void agentsJar_onTheClassPath_showsNothingToTheApplication(Jdk jdk) {
    Run run = App.named("own").agent().run(jdk).ok();

    assertThat(withStart(run, "visible=")).isEmpty();
    assertThat(withStart(run, "resource=")).isEmpty();
    assertThat(run.line("services=")).isEqualTo("null");
  }

  private static List<String> withStart(Run run, String start) {
    return run.out().stream().filter(line -> line.startsWith(start)).toList();
  }
}
