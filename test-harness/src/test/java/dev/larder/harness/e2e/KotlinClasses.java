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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is written in Kotlin among the applications, as Kotlin's own compiler makes it. */
final class KotlinClasses {

  private static final long LONGEST_COMPILATION_SECONDS = 120;

  private static Path compiled;

  private KotlinClasses() {}

  /** The folder with the classes; compiled once. */
  static synchronized Path compiled() throws IOException, InterruptedException {
    if (compiled == null) {
      compiled = compile();
    }
    return compiled;
  }

  private static Path compile() throws IOException, InterruptedException {
    Path classes = App.fresh("kotlin-classes");
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
                source("Shop.kt"),
                source("Forms.kt"),
                source("Remote.kt"),
                source("Zoo.kt"))
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
    return classes;
  }

  private static String source(String name) {
    return Path.of("src", "test", "apps", "kotlin", name).toString();
  }

  private static String jars(String folder) throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target", "libraries", folder))) {
      List<String> all = jars.map(jar -> jar.toAbsolutePath().toString()).sorted().toList();
      return all.stream().collect(Collectors.joining(System.getProperty("path.separator")));
    }
  }
}
