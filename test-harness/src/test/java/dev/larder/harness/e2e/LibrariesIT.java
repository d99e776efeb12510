/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import java.util.List;

/**
 * Thousands of classes that others wrote, each of their methods woven, in a JVM that verifies all:
 * they link as they do without Larder, and work.
 *
 * <p>Of no call is the result kept, since most of these methods are not made for that; but each
 * asks, and goes the whole way of a target.
 */
class LibrariesIT {

  private static final int LEAST = 3_000;

  @OnEachJdk
  void libraries_wovenWhole_linkAndWorkAsTheyDoBare(Jdk jdk) {
    Run bare = app().run(jdk).ok();

    Run woven =
        app()
            .agent("cache.all.methods=*;cache.all.condition=false")
            .jvm("-Xverify:all")
            .run(jdk)
            .ok();

    assertThat(Integer.parseInt(bare.line("classes="))).isGreaterThan(LEAST);
    // Some link woven alone: the verifier asks less of types that are not there.
    assertThat(with(bare, "unlinked ")).containsAll(with(woven, "unlinked "));
    for (String work : List.of("json=", "sql=", "beans=", "http=")) {
      assertThat(woven.line(work)).as(work).isEqualTo(bare.line(work));
    }
    assertThat(Long.parseLong(woven.line("asked="))).as("calls that asked").isGreaterThan(10_000);
    assertThat(woven.line("answered=")).isEqualTo("0");
    assertThat(woven.larder())
        .as("what Larder said")
        .noneMatch(line -> line.contains("cannot be woven"))
        .noneMatch(line -> line.contains("cannot be linked"))
        .noneMatch(line -> line.contains("Larder failed"));
  }

  private static App app() {
    return App.named("libraries").libraries("corpus").jvm("-Xmx512m");
  }

  private static List<String> with(Run run, String start) {
    return run.out().stream().filter(line -> line.startsWith(start)).toList();
  }
}
