/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Two instances of a backend over one real server, as in two JVMs, and what tests of them need. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoBackends {

  static final long MINUTE = 60_000;

  final String prefix = "contract-" + UUID.randomUUID();
  final RecordingListener told = new RecordingListener();
  Backend backend;
  Backend other;

  /** A new instance, not yet started. */
  protected abstract Backend newBackend();

  /** The settings with which it reaches the server. */
  protected abstract Map<String, String> reachable();

  /** Settings with which it reaches nothing: an address of this machine where nobody listens. */
  protected abstract Map<String, String> unreachable();

  /** The length of a value, in bytes, that is certainly taken. */
  protected abstract int largeValue();

  /** The length of a value that is certainly refused; 0 where there is none to be had. */
  protected abstract int tooLargeValue();

  @BeforeAll
  void startBoth() {
    backend = newBackend();
    backend.start(new BackendSettings(prefix, 5_000, reachable()), told);
    other = newBackend();
    other.start(new BackendSettings(prefix, 5_000, reachable()), new RecordingListener());
    for (Backend each : List.of(backend, other)) {
      Awaitility.await("the first connection")
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(20))
          .ignoreExceptions()
          .untilAsserted(() -> done(each.ping(soon())));
    }
  }

  @AfterAll
  void closeBoth() {
    backend.close();
    other.close();
  }

  static Deadline soon() {
    return Deadline.in(5_000);
  }

  static <T> T done(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    } catch (TimeoutException never) {
      throw new AssertionError("the stage was not completed by its deadline", never);
    }
  }

  String key(String name) {
    return prefix + ":" + name + ":" + UUID.randomUUID();
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  void put(String key, byte[] value) throws Exception {
    assertThat(done(backend.put(key, value, MINUTE, soon()))).isEqualTo(Outcome.DONE);
  }

  byte[] get(String key) throws Exception {
    return done(other.get(key, soon()));
  }

  /** Something that one of several threads does. */
  interface Work<T> {
    T of(int thread) throws Exception;
  }

  static <T> List<T> together(int threads, Work<T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Callable<T>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(
            () -> {
              start.await();
              return work.of(thread);
            });
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> each : pool.invokeAll(all)) {
        answers.add(each.get(60, TimeUnit.SECONDS));
      }
      return answers;
    } finally {
      pool.shutdownNow();
    }
  }
}
