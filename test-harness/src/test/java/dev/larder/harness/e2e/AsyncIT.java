/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;

/** Methods whose value comes later, with libraries that only the application has. */
class AsyncIT {

  @OnEachJdk
  void reactiveTypes_underTheAgent_areCachedByTheirValue(Jdk jdk) {
    Run run = App.named("reactive").libraries("reactive").agent().run(jdk).ok().onlyStartLine();

    assertThat(run.line("once="))
        .as("64 subscribers of a cold key")
        .isEqualTo("[Price[item=jar, cents=1]] runs=1");
    assertThat(run.line("evicted=")).isEqualTo("2");
    assertThat(run.line("small=")).isEqualTo("1000 1000  runs=1");
    assertThat(run.line("large=")).as("over 1,000 elements").isEqualTo("1001 1001  runs=2");
    assertThat(run.line("context=")).isEqualTo("hello ann");
    assertThat(run.line("cancelled=")).isEqualTo("shared runs=1");
    assertThat(run.line("singles=")).isEqualTo("[Price[item=jar, cents=1]] runs=1");
    assertThat(run.line("maybe=")).isEqualTo("nullnull 1");
    assertThat(run.line("uni=")).isEqualTo("11");
    assertThat(run.line("taken over=")).isEqualTo("own second second runs=2");
  }

  /** By which Larder brings values: they would be looked up while they look up. */
  @OnEachJdk
  void operatorsOfTheLibraries_thatAPatternNames_runAsTheyAre(Jdk jdk) {
    Run run =
        App.named("reactive")
            .libraries("reactive")
            .agent(
                "cache.operators.methods=reactor.core.publisher.Mono.just*(..),"
                    + " reactor.core.publisher.Mono.on*(..), reactor.core.publisher.Mono.do*(..),"
                    + " reactor.core.publisher.Flux.*(..),"
                    + " io.reactivex.rxjava3.core.Single.*(..),"
                    + " io.reactivex.rxjava3.core.Maybe.*(..), io.smallrye.mutiny.groups.*.*(..)")
            .run(jdk)
            .ok();

    assertThat(run.line("once=")).isEqualTo("[Price[item=jar, cents=1]] runs=1");
    assertThat(run.line("small=")).isEqualTo("1000 1000  runs=1");
    assertThat(run.line("singles=")).isEqualTo("[Price[item=jar, cents=1]] runs=1");
    assertThat(run.line("maybe=")).isEqualTo("nullnull 1");
    assertThat(run.line("uni=")).isEqualTo("11");
  }

  @OnEachJdk
  void futures_underTheAgent_areCachedByWhatTheirGetGives(Jdk jdk) {
    Run run =
        App.named("stages")
            .mainClass("Futures")
            .agent("cache.waiting.wait=200ms;cache.kept.cache-exceptions=1m")
            .run(jdk)
            .ok()
            .onlyStartLine();

    assertThat(run.line("stored=")).as("by the get; a copy for each").isEqualTo("01true[run 1]");
    assertThat(run.line("evicted=")).isEqualTo("1[run 2]");
    assertThat(run.line("once="))
        .as("64 threads; X is one with its Future")
        .isEqualTo("[run 1] run 1 runs=1");
    assertThat(run.line("dropped=")).as("when its get gave it").isEqualTo("run 1 run 2");
    assertThat(run.line("put=")).isEqualTo("run 2 put put put");
    assertThat(run.line("key=")).isEqualTo("1run 3");
    assertThat(run.line("tag=")).isEqualTo("1run 4");
    assertThat(run.line("unless=")).isEqualTo("3");
    assertThat(run.line("nulls=")).isEqualTo("2");
    assertThat(run.line("cancelled=")).as("each its own").isEqualTo("truetruetruefalse");
    assertThat(run.line("shared=")).isEqualTo("theretrue1");
    assertThat(run.line("all cancelled=")).isEqualTo("true");
    assertThat(run.line("waited=")).as("and ran for itself").isEqualTo("run 2 true late");
    assertThat(run.line("kept=")).as("the same instance").isEqualTo("later true later true 2");
    assertThat(run.line("robust=")).as("the old values").isEqualTo("old old 4");
  }
}
