/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a command of the agent's jar came to. */
record Command(int exit, String out, String err) {

  static Command of(Jdk jdk, String... arguments) {
    return of(jdk, List.of(), arguments);
  }

  /** Run by a JVM with options of its own. */
  static Command of(Jdk jdk, List<String> jvmOptions, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(jdk.java());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", Artifacts.agent().toString()));
    command.addAll(List.of(arguments));
    Path folder = App.fresh("command");
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ended", command).isTrue();
      } finally {
        process.destroyForcibly();
      }
      return new Command(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + command + " ran", e);
    }
  }
}
