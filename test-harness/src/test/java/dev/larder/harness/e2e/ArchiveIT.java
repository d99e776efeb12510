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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications whose classes come out of an archive: class-data sharing, and 25's AOT cache. */
class ArchiveIT {

  private static final List<String> CACHED = List.of("early=1 1", "late=2 2", "attached=true");
  private static final List<String> BARE = List.of("early=1 2", "late=3 4", "attached=false");

  @OnEachJdk
  void archive_dumpedBare_isWovenWhenTheAgentComes(Jdk jdk) {
    App trained = plain();
    Path archive = trained.directory().resolve("app.jsa");
    assertThat(trained.jvm("-XX:ArchiveClassesAtExit=" + archive).run(jdk).ok().out())
        .containsSequence(BARE);

    Run bare = plain().jvm("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load").run(jdk).ok();
    Run run = plain().jvm("-XX:SharedArchiveFile=" + archive).agent().run(jdk).ok();

    assertThat(bare.out())
        .as("the archive is in use")
        .anyMatch(line -> line.contains(" Main source: shared objects file"));
    assertThat(run.out()).containsSequence(CACHED);
    run.onlyStartLine();
  }

  @OnEachJdk
  void archive_dumpedUnderTheAgent_isWovenWhenItComesAgain(Jdk jdk) {
    App trained = plain();
    Path archive = trained.directory().resolve("app.jsa");
    assertThat(allowed(trained).jvm("-XX:ArchiveClassesAtExit=" + archive).run(jdk).ok().out())
        .containsAll(CACHED);
    assertThat(archive).isRegularFile();

    Run run = allowed(plain()).jvm("-XX:SharedArchiveFile=" + archive).run(jdk).ok();

    assertThat(run.out()).containsSequence(CACHED);
    assertThat(run.larder()).as("what Larder said").hasSize(1);
  }

  private static App allowed(App app) {
    return app.agent().jvm("-XX:+UnlockDiagnosticVMOptions", "-XX:+AllowArchivingWithJavaAgent");
  }

  /** The cache loads the application's classes before any agent is asked. */
  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("dev.larder.harness.e2e.Jdk#withAotCache")
  void aotCache_thatLoadsClassesBeforeTheAgent_isWovenAllTheSame(Jdk jdk) throws IOException {
    App trained = plain().jvm("--add-modules", "java.instrument"); // as the agent's option does
    Path cache = trained.directory().resolve("app.aot");
    assertThat(trained.jvm("-XX:AOTCacheOutput=" + cache).run(jdk).ok().out())
        .containsSequence(BARE);
    App app = plain();
    Path loading = app.directory().resolve("loading.txt");

    Run run =
        app.agent().jvm("-XX:AOTCache=" + cache, "-Xlog:class+load:file=" + loading).run(jdk).ok();

    assertThat(run.out()).containsExactlyElementsOf(CACHED);
    run.onlyStartLine();
    List<String> loaded = Files.readAllLines(loading);
    assertThat(indexOf(loaded, " Main source: shared objects file"))
        .as("Main is loaded, from the cache, before the agent")
        .isBetween(0, indexOf(loaded, " dev.larder.boot.Agent source:"));
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("dev.larder.harness.e2e.Jdk#withAotCache")
  void aotCache_madeUnderTheAgent_isWovenWhenItComesAgain(Jdk jdk) {
    App trained = plain().agent();
    Path cache = trained.directory().resolve("app.aot");
    assertThat(trained.jvm("-XX:AOTCacheOutput=" + cache).run(jdk).ok().out()).containsAll(CACHED);
    assertThat(cache).isRegularFile();

    Run run = plain().agent().jvm("-XX:AOTCache=" + cache).run(jdk).ok();

    assertThat(run.out()).containsExactlyElementsOf(CACHED);
    run.onlyStartLine();
  }

  /** The JVM leaves woven classes out of the cache, and would miss them as its lambdas' hosts. */
  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("dev.larder.harness.e2e.Jdk#withAotCache")
  void aotCache_ofLambdasNestedInWovenClasses_isMadeAndOfUse(Jdk jdk) throws IOException {
    assertMadeAndOfUse(jdk, nested(), List.of("product=6", "late=1 1"));
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("dev.larder.harness.e2e.Jdk#withAotCache")
  void aotCache_ofAnApplicationThatHalts_isMadeAndOfUse(Jdk jdk) throws IOException {
    assertMadeAndOfUse(jdk, nested().argument("halt"), List.of());
  }

  private static void assertMadeAndOfUse(Jdk jdk, App trained, List<String> end)
      throws IOException {
    List<String> cached =
        new ArrayList<>(List.of("early=1 1", "sum=3", "bean=true", "attached=true"));
    cached.addAll(end);
    Path cache = trained.directory().resolve("app.aot");
    Run training = trained.jvm("-XX:AOTCacheOutput=" + cache).run(jdk).ok();
    assertThat(training.out()).containsAll(cached);
    assertThat(training.larder()).as("what Larder said").hasSize(1);
    assertThat(cache).isRegularFile();
    App app = end.isEmpty() ? nested().argument("halt") : nested();
    Path loading = app.directory().resolve("loading.txt");

    Run run = app.jvm("-XX:AOTCache=" + cache, "-Xlog:class+load:file=" + loading).run(jdk).ok();

    assertThat(run.out()).containsExactlyElementsOf(cached);
    run.onlyStartLine();
    assertThat(Files.readAllLines(loading))
        .as("the cache is in use")
        .anyMatch(line -> line.contains(" java.util.function.IntSupplier source: shared objects"));
  }

  private static App nested() {
    return App.named("nested").inJar().agent();
  }

  private static App plain() {
    return App.named("plain").inJar();
  }

  private static int indexOf(List<String> lines, String text) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    return -1;
  }
}
