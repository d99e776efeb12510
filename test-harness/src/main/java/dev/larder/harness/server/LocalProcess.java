/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A server that is a process of this machine. It ends with this JVM. */
final class LocalProcess implements TestServer {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Launch launch;
  private final Path log;
  private final Thread atExit = new Thread(this::kill, "end-of-a-test-server");
  private Process process;

  LocalProcess(Launch launch) {
    this.launch = launch;
    String program = launch.command().get(0);
    if (find(program) == null) {
      throw new IllegalStateException(
          program
              + " is not on the PATH, and Docker does not run; install the one or the other, or name"
              + " a running "
              + launch.name()
              + " in the environment (see docs/extending.md)");
    }
    try {
      log = Files.createTempFile("larder-" + launch.name(), ".log");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Runtime.getRuntime().addShutdownHook(atExit);
    restart();
  }

  /** Where a program is; null if it is nowhere on the PATH. */
  static Path find(String program) {
    if (program.contains(File.separator)) {
      return Files.isExecutable(Path.of(program)) ? Path.of(program) : null;
    }
    String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
    for (String directory : path.split(File.pathSeparator)) {
      Path candidate = Path.of(directory, program);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public int port() {
    return launch.port();
  }

  @Override
  public void pause() {
    signal("STOP");
    Awaitility.await(launch.name())
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(this::isStopped);
  }

  /** Whether each of its threads has stopped, which comes a moment after the signal was sent. */
  private boolean isStopped() {
    File[] threads = new File("/proc/" + process.pid() + "/task").listFiles();
    return threads == null || Arrays.stream(threads).allMatch(LocalProcess::isStopped);
  }

  private static boolean isStopped(File thread) {
    try {
      String stat = Files.readString(thread.toPath().resolve("stat"));
      return stat.startsWith(") T ", stat.lastIndexOf(')')); // behind its name, which may be any
    } catch (IOException ended) {
      return true;
    }
  }

  @Override
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    run(List.of("kill", "-" + name, Long.toString(process.pid())));
  }

  @Override
  public synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
      try {
        process.waitFor(5, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized void restart() {
    List<String> command = new ArrayList<>(launch.command());
    command.set(0, find(command.get(0)).toString());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(launch.environment());
    if (launch.directory() != null) {
      builder.directory(launch.directory().toFile());
    }
    try {
      process = builder.start();
      Awaitility.await(launch.name())
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .ignoreExceptions()
          .until(() -> !process.isAlive() || launch.ready().ask());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (ConditionTimeoutException late) {
      kill();
      throw new IllegalStateException(launch.name() + " does not answer:\n" + logged(), late);
    }
    if (!process.isAlive()) {
      throw new IllegalStateException(launch.name() + " ended at once:\n" + logged());
    }
  }

  private String logged() {
    try {
      return Files.readString(log);
    } catch (IOException failure) {
      return "(its log cannot be read: " + failure + ")";
    }
  }

  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
      Files.deleteIfExists(log);
      launch.removeFiles();
    } catch (IllegalStateException exiting) {
      // The hook runs already.
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Runs a program to its end and gives what it wrote. */
  static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command.get(0) + " failed: " + output);
      }
      return output;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command.get(0) + " ran", interrupted);
    }
  }
}
