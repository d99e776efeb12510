/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An application that answers one line with one line, until it is closed. */
final class Talking implements AutoCloseable {

  /** How long a line may take, on a machine with much else to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Writer in;
  private final BufferedReader out;
  private final Path err;
  private final ExecutorService reading =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "reads what an application says");
            thread.setDaemon(true);
            return thread;
          });

  private Talking(Process process, Path err) {
    this.process = process;
    this.err = err;
    this.in = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static Talking to(App app, Jdk jdk) {
    Path err = app.directory().resolve("stderr.txt");
    try {
      return new Talking(app.builder(jdk).redirectError(err.toFile()).start(), err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it answers. */
  String ask(String line) {
    try {
      in.write(line + "\n");
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read("answer to '" + line + "'");
  }

  /** What it says without being asked. */
  String listen() {
    return read("a line");
  }

  private String read(String what) {
    Future<String> line = reading.submit(out::readLine);
    try {
      String said = line.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(said).as("%s; err: %s", what, err()).isNotNull();
      return said;
    } catch (TimeoutException silent) {
      throw new AssertionError(
          what + " did not come for " + PATIENCE + "; its threads: " + threads(), silent);
    } catch (ExecutionException e) {
      throw new AssertionError(what, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Where its threads are. */
  private String threads() {
    try {
      Process jcmd =
          new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", pid(), "Thread.print")
              .redirectErrorStream(true)
              .start();
      return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "not to be had: " + e;
    }
  }

  /** Its process id, as commands are given it. */
  String pid() {
    return String.valueOf(process.pid());
  }

  /** Sends it a signal, such as {@code STOP}. */
  void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, pid()).inheritIO().start();
      assertThat(kill.waitFor()).as("kill -%s", name).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits until it has ended by itself. */
  void awaitEnd(Duration atMost) {
    await().atMost(atMost).until(() -> !process.isAlive());
  }

  /** What it has written to standard error so far. */
  List<String> err() {
    try {
      return Files.readAllLines(err, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("ended by itself").isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
      reading.shutdown();
    }
  }
}
