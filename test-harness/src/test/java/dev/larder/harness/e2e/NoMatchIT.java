/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the agent costs where nothing matches: a look at each class, and none of what weaves. */
class NoMatchIT {

  /** Of the agent's own classes. */
  private static final int MOST = 28;

  /** How the names begin of what looks at the file half a second later, if the run still lasts. */
  private static final List<String> OF_THE_WATCH =
      List.of("dev.larder.agent.Changes", "dev.larder.ops.config.FileWatch");

  /** Of all classes from the agent's first to the application's: the JDK's for our sake too. */
  private static final int MOST_IN_ALL = 85;

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

  /** Many applications use JMX, and most libraries ask the JVM for its name by it. */
  @OnEachJdk
  void agent_withNothingToCacheAndJmxInUse_weavesNothing(Jdk jdk) throws IOException {
    assertThat(loadedFromTheAgent("managed", jdk))
        .contains("dev.larder.weave.Gate")
        .noneMatch(name -> name.startsWith("org.objectweb.asm."))
        .noneMatch(name -> name.startsWith("dev.larder.ops.jmx."))
        .hasSizeLessThan(MOST + 1);
  }

  /** What is slow in a young JVM is what the JDK makes and loads for a call of ours. */
  @OnEachJdk
  void agent_withNothingToCache_hasTheJdkMakeNoClassesAndLoadFew(Jdk jdk) throws IOException {
    List<String> lines = loading(App.named("nothing"), jdk);
    List<String> forTheAgent =
        lines.subList(
            indexOf(lines, " dev.larder.boot.Isolated source:"), indexOf(lines, " Main source:"));

    assertThat(forTheAgent)
        .noneMatch(line -> line.contains("__JVM_LookupDefineClass__"))
        .noneMatch(line -> line.contains("$$Lambda"))
        .noneMatch(line -> line.contains(" java.lang.invoke."))
        .noneMatch(line -> line.contains(" java.util.stream."))
        .noneMatch(line -> line.contains(" java.util.regex."))
        .noneMatch(line -> line.contains(" java.lang.LarderDispatcher "));
    assertThat(forTheAgent).hasSizeLessThan(MOST_IN_ALL);
  }

  /** The dispatcher is left out until somebody asks for it, and must then be there. */
  @OnEachJdk
  void facade_withNothingToCache_findsTheAgent(Jdk jdk) {
    Run run = App.named("asking").agent().run(jdk).ok();

    assertThat(run.out()).containsExactly("attached=true", "cleared=0");
    run.onlyStartLine();
  }

  @OnEachJdk
  void facade_onTheBootClassPath_findsTheAgent(Jdk jdk) {
    Run run =
        App.named("asking")
            .withoutApi()
            .jvm("-Xbootclasspath/a:" + Artifacts.api())
            .agent()
            .run(jdk)
            .ok();

    assertThat(run.out()).containsExactly("attached=true", "cleared=0");
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
    return loading(App.named(name), jdk).stream()
        .filter(line -> line.contains("larder-agent.jar"))
        .map(line -> line.replaceFirst("^(\\[[^]]*])*\\s*", ""))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .filter(type -> OF_THE_WATCH.stream().noneMatch(type::startsWith))
        .toList();
  }

  /** The classes that a run under the agent loads, in their order. */
  private static List<String> loading(App app, Jdk jdk) throws IOException {
    Path log = app.directory().resolve("loading.txt");
    app.agent().jvm("-Xlog:class+load:file=" + log).run(jdk).ok();
    return Files.readAllLines(log);
  }

  private static int indexOf(List<String> lines, String text) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    throw new AssertionError("no line has '" + text + "'");
  }
}
