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
import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import dev.larder.spi.StoredKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is Memcached's own: how it is reached, and how it fails. */
@Alone
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

  /**
   * The server counts seconds, of which the running one is nearly over, and up to 30 days; of what
   * is longer it is told the moment, for which its own clock may be a second late.
   */
  @Test
  void put_ofAnyTimeToLive_isKeptByTheServerALittleLonger() throws Exception {
    try (MemcachedServer server = MemcachedServer.startOwn();
        BackendUser user =
            connect(Map.of("memcached.servers", server.address())).awaitConnected()) {
      Duration month = Duration.ofMillis(Backend.FOREVER);
      for (Duration time :
          List.of(
              Duration.ofMillis(1),
              Duration.ofMillis(999),
              Duration.ofSeconds(1),
              Duration.ofDays(29),
              month.minusSeconds(1),
              month,
              month.multipliedBy(2))) {
        String key = "shop:" + time;
        done(user.backend.put(key, new byte[1], time.toMillis(), deadline()));
        long kept = time.toSeconds();
        long late = kept + 2 > Duration.ofDays(30).toSeconds() ? 1 : 0;
        assertThat(server.secondsLeft(key)).as("of %s", time).isBetween(kept, kept + 2 + late);
        if (time.toSeconds() > 1) {
          assertThat(user.get(key)).isEqualTo("\0");
        }
      }
    }
  }

  @Test
  void put_underAKeyThatTheServerCannotTake_standsUnderItsBeginningAndItsHash() throws Exception {
    try (MemcachedServer server = MemcachedServer.startOwn();
        BackendUser user =
            connect(Map.of("memcached.servers", server.address())).awaitConnected()) {
      for (String key :
          List.of("shop:" + "x".repeat(245), "shop:" + "x".repeat(246), "shop:a b", "shop:é\r\n")) {
        user.put(key, "of " + key);
        String stored = StoredKeys.plainUpTo(250).of(key);
        assertThat(stored).startsWith("shop:").hasSizeLessThanOrEqualTo(250);
        assertThat(server.secondsLeft(stored)).as(stored).isPositive();
        assertThat(user.get(key)).isEqualTo("of " + key);
      }
    }
  }

  @Test
  void get_fromAServerThatGivesItemsNoVersions_isRefused() throws Exception {
    try (MemcachedServer server = MemcachedServer.startOwn("-C");
        BackendUser user =
            connect(Map.of("memcached.servers", server.address())).awaitConnected()) {
      user.put("shop:unversioned", "value");
      assertThatThrownBy(() -> user.get("shop:unversioned"))
          .cause()
          .isInstanceOfSatisfying(
              BackendException.class,
              refused -> {
                assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
                assertThat(refused).hasMessageContaining("without -C");
              });
    }
  }

  @Test
  void put_upToTheLimitThatTheServerWasGiven_isTaken() throws Exception {
    try (MemcachedServer large = MemcachedServer.startOwn("-I", "32m", "-m", "256");
        MemcachedServer small = MemcachedServer.startOwn("-I", "512k");
        BackendUser ofLarge =
            connect(Map.of("memcached.servers", large.address())).awaitConnected();
        BackendUser ofSmall =
            connect(Map.of("memcached.servers", small.address())).awaitConnected()) {
      byte[] value = new byte[25 << 20]; // more than the client takes unless it is told to
      value[value.length - 1] = 1;
      Awaitility.await("that it has asked for the limit")
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(put(ofLarge, value, 5_000)).isEqualTo(Outcome.DONE));
      assertThat(done(ofLarge.backend.get("shop:large", Deadline.in(1_900)))).isEqualTo(value);
      assertThat(put(ofLarge, new byte[32 << 20], 1_900)).isEqualTo(Outcome.TOO_LARGE);

      assertThat(put(ofSmall, new byte[512 << 10], 1_900)).isEqualTo(Outcome.TOO_LARGE);
      assertThat(put(ofSmall, new byte[510 << 10], 1_900)).isEqualTo(Outcome.DONE);
      for (BackendUser each : List.of(ofLarge, ofSmall)) {
        assertThat(each.told.warnings()).singleElement().asString().contains("too large", "-I");
      }
    }
  }

  private static Outcome put(BackendUser user, byte[] value, long millis) throws Exception {
    return user.backend
        .put("shop:large", value, 60_000, Deadline.in(millis))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  /** A machine that is not there lets packets go unanswered, as does a full queue of a server's. */
  @Test
  void server_thatWasNotThere_isConnectedToSoonAfterItIs() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> filling = fill(full.getLocalSocketAddress());
      try (BackendUser waiting =
          connect(Map.of("memcached.servers", "127.0.0.1:" + full.getLocalPort()))) {
        // By then TCP would only ask again four seconds later, or eight.
        TimeUnit.MILLISECONDS.sleep(11_200);
        Set<Integer> others = new HashSet<>();
        filling.forEach(each -> others.add(each.getLocalPort()));
        full.setSoTimeout(2_700);
        int port;
        do {
          port = full.accept().getPort();
        } while (others.contains(port));
      }
      for (Socket each : filling) {
        each.close();
      }
    }
  }

  /** Connects until nobody answers. */
  private static List<Socket> fill(SocketAddress address) throws IOException {
    List<Socket> filling = new ArrayList<>();
    while (true) {
      Socket socket = new Socket();
      try {
        socket.connect(address, 200);
        filling.add(socket);
      } catch (SocketTimeoutException full) {
        socket.close();
        return filling;
      }
    }
  }
}
