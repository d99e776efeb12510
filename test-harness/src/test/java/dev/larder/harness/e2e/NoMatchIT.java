/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the agent costs where nothing matches: a look at each class, and none of what weaves. */
class NoMatchIT {

  private static final int MOST = 90;

  @OnEachJdk
  void agent_withNothingToCache_loadsNothingThatWeavesOrCaches(Jdk jdk) throws IOException {
    List<String> loaded = loadedFromTheAgent("nothing", jdk);

    assertThat(loaded).contains("dev.larder.weave.Gate");
    assertThat(loaded)
        .noneMatch(name -> name.startsWith("org.objectweb.asm."))
        .noneMatch(name -> name.startsWith("com.github.benmanes."))
        .noneMatch(name -> name.startsWith("com.fasterxml."))
        .doesNotContain(
            "dev.larder.weave.TargetWeaver",
            "dev.larder.weave.ClassWeaver",
            "dev.larder.weave.OutlineReader",
            "dev.larder.weave.Hierarchy",
            "dev.larder.engine.Engine",
            "dev.larder.engine.Caching",
            "dev.larder.backend.memory.MemoryStore",
            "dev.larder.http.Exchange");
    assertThat(loaded)
        .as("each costs a part of a millisecond at every start")
        .hasSizeLessThan(MOST);
  }

  /** The same look finds these where there is something to cache, and so can fail. */
  @OnEachJdk
  void agent_withSomethingToCache_loadsThem(Jdk jdk) throws IOException {
    assertThat(loadedFromTheAgent("plain", jdk))
        .contains(
            "org.objectweb.asm.ClassReader",
            "dev.larder.weave.TargetWeaver",
            "dev.larder.engine.Engine",
            "com.github.benmanes.caffeine.cache.Caffeine");
  }

  private static List<String> loadedFromTheAgent(String name, Jdk jdk) throws IOException {
    App app = App.named(name);
    Path log = app.directory().resolve("loading.txt");
    app.agent().jvm("-Xlog:class+load:file=" + log).run(jdk).ok();
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains("larder-agent.jar"))
        .map(line -> line.replaceFirst("^(\\[[^]]*])*\\s*", ""))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }
}
