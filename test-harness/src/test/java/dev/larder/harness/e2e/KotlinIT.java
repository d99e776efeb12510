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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;

/** Suspend functions as Kotlin's own compiler makes them. */
class KotlinIT {

  private static final long LONGEST_COMPILATION_SECONDS = 120;

  private static Path classes;

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    classes = App.fresh("kotlin-classes");
    Path log = classes.resolveSibling(classes.getFileName() + ".log");
    String path = System.getProperty("path.separator");
    String libraries = Artifacts.api() + path + jars("kotlin");
    Process compiler =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jars("kotlin-compiler") + path + jars("kotlin"),
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "-no-stdlib",
                "-no-reflect",
                "-java-parameters",
                "-jvm-target",
                "17",
                "-cp",
                libraries,
                "-d",
                classes.toString(),
                Path.of("src", "test", "apps", "kotlin", "Shop.kt").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      boolean ended = compiler.waitFor(LONGEST_COMPILATION_SECONDS, TimeUnit.SECONDS);
      assertThat(ended).as("the compiler has ended").isTrue();
      assertThat(compiler.exitValue()).as("%s", Files.readString(log)).isZero();
    } finally {
      compiler.destroyForcibly();
    }
  }

  private static String jars(String folder) throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target", "libraries", folder))) {
      List<String> all = jars.map(jar -> jar.toAbsolutePath().toString()).sorted().toList();
      return all.stream().collect(Collectors.joining(System.getProperty("path.separator")));
    }
  }

  @OnEachJdk
  void suspendFunctions_underTheAgent_areCachedByTheirValue(Jdk jdk) {
    Run run =
        App.named("kotlin")
            .library(classes)
            .libraries("kotlin")
            .agent()
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
  }
}
