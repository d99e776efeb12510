/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A started backend, used as the engine does, with a quarter of a second for each call. */
final class BackendUser implements AutoCloseable {

  static final long TIMEOUT = 250;
  private static final long MINUTE = 60_000;

  final RecordingListener told = new RecordingListener();
  final Backend backend;

  BackendUser(Backend backend, Map<String, String> settings) {
    this(backend, settings, TIMEOUT);
  }

  /** With another time, in milliseconds, that its client allows for each request. */
  BackendUser(Backend backend, Map<String, String> settings, long timeout) {
    this.backend = backend;
    backend.start(new BackendSettings("shop", timeout, settings), told);
  }

  static Deadline deadline() {
    return Deadline.in(TIMEOUT);
  }

  static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(2, TimeUnit.SECONDS);
  }

  BackendUser awaitConnected() {
    Awaitility.await("a connection")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .untilAsserted(() -> done(backend.ping(deadline())));
    return this;
  }

  String get(String key) throws Exception {
    return text(done(backend.get(key, deadline())));
  }

  String getWatched(String key) throws Exception {
    return text(done(backend.getWatched(key, deadline())));
  }

  Outcome put(String key, String value) throws Exception {
    return done(backend.put(key, value.getBytes(UTF_8), MINUTE, deadline()));
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  @Override
  public void close() {
    backend.close();
  }
}
