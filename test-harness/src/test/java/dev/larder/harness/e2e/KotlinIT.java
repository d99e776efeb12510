/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Suspend functions, and values, as Kotlin's own compiler makes them. */
@ExtendWith(Servers.class)
class KotlinIT {

  private final RedisServer redis;

  KotlinIT(RedisServer redis) {
    this.redis = redis;
  }

  @OnEachJdk
  void suspendFunctions_underTheAgent_areCachedByTheirValue(Jdk jdk)
      throws IOException, InterruptedException {
    Run run =
        App.named("kotlin")
            .library(KotlinClasses.compiled())
            .libraries("kotlin")
            .agent("cache.kept.cache-exceptions=1m")
            .run(jdk)
            .ok()
            .onlyStartLine();

    assertThat(run.line("once="))
        .as("64 coroutines that ask for a cold key")
        .isEqualTo("[Price(item=jar, cents=1)] runs=1");
    assertThat(run.line("evicted=")).isEqualTo("2");
    assertThat(run.line("put=")).isEqualTo("77");
    assertThat(run.line("quick=")).as("without a suspension").isEqualTo("run 1 run 1 null null");
    assertThat(run.line("tail=")).as("a tail call").isEqualTo("2 2");
    assertThat(run.line("open=")).as("a copy for each caller").isEqualTo("[run 1]");
    assertThat(run.line("sum=")).as("a function that calls itself").isEqualTo("15 15 10 runs=6");
    assertThat(run.line("self=")).as("of the key being loaded").isEqualTo("inner runs=2");
    assertThat(run.line("threads=")).as("each stays with its dispatcher").isEqualTo("one one true");
    assertThat(run.line("taken over=")).isEqualTo("[own, run 2, run 2, run 2] runs=2");
    assertThat(run.line("cancelled=")).isEqualTo("run 12 true runs=12");
    assertThat(run.line("kept=")).as("the same instance").isEqualTo("true kept 1 runs=1");
    assertThat(run.line("circle="))
        .as("two that need each other")
        .isEqualTo("[ping of pong, pong of ping] runs=3");
    assertZoo(run);
  }

  /**
   * A suspend function returns what a value class holds, and resumes with the class: what one
   * caller got would be the wrong thing for another.
   */
  @OnEachJdk
  void suspendFunctions_thatGiveValueClasses_areUncachedWithOneWarning(Jdk jdk)
      throws IOException, InterruptedException {
    Run run =
        App.named("kotlin")
            .library(KotlinClasses.compiled())
            .libraries("kotlin")
            .argument("forms")
            .agent()
            .run(jdk)
            .ok();

    assertThat(run.line("labels=")).isEqualTo("[run 1, run 2] [run 3, run 4]");
    assertThat(run.line("results=")).isEqualTo("[run 1, run 2] [run 3, run 4]");
    assertThat(run.line("weights=")).as("boxed for all").isEqualTo("[1, 1] [2, 2]");
    assertThat(run.line("evicted=")).isEqualTo("[run 1, run 1] put run 2");
    assertThat(run.larder())
        .as("the start, and a warning for each")
        .hasSize(4)
        .anyMatch(line -> line.contains("Forms.label-") && line.contains("(Label)"))
        .anyMatch(line -> line.contains("Forms.result-") && line.contains("kotlin.Result"))
        .anyMatch(line -> line.contains("Forms.put-") && line.contains("evicts"));
  }

  @Test
  void dataClassesAndTheirKin_inRedis_areAsTheyWere() throws IOException, InterruptedException {
    Run run =
        App.named("kotlin")
            .library(KotlinClasses.compiled())
            .libraries("kotlin")
            .argument("zoo")
            .agent("backend=redis;timeout=2s;prefix=kotlin;redis.uri=" + redis.uri())
            .run(Jdk.all().findFirst().orElseThrow())
            .ok();

    assertZoo(run);
  }

  private static void assertZoo(Run run) {
    List<String> answers = run.out().stream().filter(line -> line.startsWith("zoo.")).toList();
    assertThat(answers).hasSize(11).allMatch(line -> line.endsWith("=hit"));
  }
}
