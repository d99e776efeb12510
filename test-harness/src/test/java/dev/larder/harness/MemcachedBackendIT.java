/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static dev.larder.harness.BackendUser.deadline;
import static dev.larder.harness.BackendUser.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.backend.memcached.MemcachedBackend;
import dev.larder.harness.server.MemcachedServer;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is Memcached's own: how it is reached, and how it fails. */
class MemcachedBackendIT {

  private static BackendUser connect(Map<String, String> settings) {
    return new BackendUser(new MemcachedBackend(), settings);
  }

  @Test
  void ask_withThePassword_isHeardAndWithAnotherIsNot() throws Exception {
    try (MemcachedServer server = MemcachedServer.startWithSasl("shopper", "s3cret");
        BackendUser user =
            connect(
                Map.of(
                    "memcached.servers", server.address(),
                    "memcached.username", "shopper",
                    "memcached.password", "s3cret"));
        BackendUser stranger =
            connect(
                Map.of(
                    "memcached.servers", server.address(),
                    "memcached.username", "shopper",
                    "memcached.password", "guess"))) {
      user.awaitConnected();
      user.put("shop:sasl", "value");
      assertThat(user.get("shop:sasl")).isEqualTo("value");
      assertThatThrownBy(() -> stranger.get("shop:sasl"))
          .cause()
          .isInstanceOf(BackendException.class);
    }
  }

  @Test
  void ask_aServerThatHangsThenIsKilled_failsInTimeAndComesBack() throws Exception {
    try (MemcachedServer server = MemcachedServer.startOwn();
        BackendUser user =
            connect(Map.of("memcached.servers", server.address())).awaitConnected()) {
      user.put("shop:hang", "value");
      server.pause();
      long asked = System.nanoTime();
      assertThatThrownBy(() -> user.get("shop:hang"))
          .cause()
          .isInstanceOfSatisfying(
              BackendException.class, late -> assertThat(late.kind()).isEqualTo(Kind.TIMEOUT));
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofMillis(400));
      server.resume();
      user.awaitConnected();
      assertThat(user.get("shop:hang")).isEqualTo("value");

      server.kill();
      Awaitility.await()
          .atMost(Duration.ofSeconds(2))
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> user.get("shop:hang"))
                      .cause()
                      .isInstanceOf(BackendException.class));
      server.restart();
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .ignoreExceptions()
          .untilAsserted(() -> done(user.backend.ping(deadline())));
      assertThat(user.get("shop:hang")).isNull();
    }
  }

  @Test
  void close_whileTheServerHangs_isQuick() throws Exception {
    try (MemcachedServer server = MemcachedServer.startOwn()) {
      BackendUser user = connect(Map.of("memcached.servers", server.address())).awaitConnected();
      server.pause();
      user.backend.get("shop:close", deadline());
      long closing = System.nanoTime();
      user.close();
      assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(2));
      server.resume();
    }
  }
}
