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
import java.util.concurrent.TimeUnit;

/** An application that answers one line with one line, until it is closed. */
final class Talking implements AutoCloseable {

  private final Process process;
  private final Writer in;
  private final BufferedReader out;
  private final Path err;

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
      String answer = out.readLine();
      assertThat(answer).as("answer to '%s'; err: %s", line, err()).isNotNull();
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it says without being asked. */
  String listen() {
    try {
      String said = out.readLine();
      assertThat(said).as("a line; err: %s", err()).isNotNull();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    }
  }
}
