/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.server.RedisCluster;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import dev.larder.spi.BackendListener;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Deadline;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How it goes on connecting and listening, whatever goes wrong the first times. */
@ExtendWith(Servers.class)
class RedisConnectorIT {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static RedisConnector connector(String uri) {
    return connector(Map.of("redis.uri", uri));
  }

  private static RedisConnector connector(Map<String, String> settings) {
    return new RedisConnector(RedisSettings.of(new BackendSettings("shop", 250, settings)));
  }

  @Test
  void connect_whatIsUnexpectedIsThrownFirst_isTriedAgain(RedisServer redis) {
    List<Throwable> thrown =
        new CopyOnWriteArrayList<>(
            List.of(new IllegalStateException("not expected"), new StackOverflowError()));
    try (RedisConnector connector = connector(redis.uri())) {
      connector.start(
          link -> {
            if (!thrown.isEmpty()) {
              RedisConnectorIT.<RuntimeException>rethrow(thrown.remove(0));
            }
          });
      Awaitility.await().atMost(PATIENCE).until(() -> connector.link() != null);
      assertThat(connector.reason()).contains("StackOverflowError");
    }
  }

  @Test
  void connect_withAPasswordThatIsRightLater_saysWhyAndGoesOn(RedisServer redis) {
    redis.command("ACL", "SETUSER", "late", "on", ">another", "~*", "&*", "+@all");
    try (RedisConnector connector =
        connector(
            Map.of(
                "redis.uri", redis.uri(), "redis.username", "late", "redis.password", "s3cret"))) {
      connector.start(link -> {});
      // One attempt in some two hundred: Lettuce only has the connection's end then, not its cause.
      Awaitility.await().atMost(PATIENCE).until(() -> connector.reason().startsWith(": WRONGPASS"));
      assertThat(connector.reason()).doesNotContain("s3cret");
      redis.command("ACL", "SETUSER", "late", ">s3cret");
      Awaitility.await().atMost(PATIENCE).until(() -> connector.link() != null);
    }
  }

  @Test
  void connect_withCertificatesThatAreNone_saysWhy(RedisServer redis, @TempDir Path folder)
      throws Exception {
    Path ca = Files.writeString(folder.resolve("ca.pem"), "no certificate");
    Map<String, String> settings =
        Map.of("redis.uri", "rediss://" + redis.address(), "redis.ca", ca.toString());
    try (RedisConnector connector = connector(settings)) {
      connector.start(link -> {});
      Awaitility.await().atMost(PATIENCE).until(() -> connector.reason().contains("ertificate"));
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void rethrow(Throwable any) throws E {
    throw (E) any;
  }

  @Test
  void connect_toAClusterInSeveralAttempts_holdsTheLastConnectionAlone(RedisCluster cluster) {
    List<WeakReference<?>> made = new CopyOnWriteArrayList<>();
    try (RedisConnector connector = connector(cluster.uri())) {
      connector.start(
          link -> {
            made.add(new WeakReference<>(link.connection()));
            if (made.size() < 4) {
              throw new TimeoutException("not yet");
            }
          });
      Awaitility.await().atMost(PATIENCE).until(() -> connector.link() != null);
      Awaitility.await("the first connections are let go")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(made).filteredOn(each -> each.get() != null).hasSize(1);
              });
    }
  }

  /** Throws the first time that it is to forget everything. */
  private static final class Failing implements BackendListener {
    final AtomicInteger flushes = new AtomicInteger();

    @Override
    public void changed(Collection<String> keys) {}

    @Override
    public void flush() {
      if (flushes.incrementAndGet() == 1) {
        throw new IllegalStateException("as if there were no room");
      }
    }

    @Override
    public void warn(String message) {}
  }

  @Test
  void beat_throwsOnce_goesOn() throws Exception {
    Failing listener = new Failing();
    try (RedisServer redis = RedisServer.start("--maxmemory 100mb");
        RedisConnector connector = connector(redis.uri())) {
      RedisWatch watch = new RedisWatch(connector, listener, "shop");
      connector.start(watch::start);
      Awaitility.await().atMost(PATIENCE).until(() -> connector.link() != null);
      for (int silences = 1; silences <= 2; silences++) {
        Awaitility.await("it is watched")
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(() -> isWatched(watch, connector.link()));
        redis.pause();
        int noticed = silences;
        Awaitility.await("the silence is noticed")
            .atMost(PATIENCE)
            .until(() -> listener.flushes.get() >= noticed);
        redis.resume();
      }
    }
  }

  private static boolean isWatched(RedisWatch watch, RedisLink link) throws Exception {
    watch
        .get(link, "shop:watched", Deadline.in(1_000))
        .toCompletableFuture()
        .get(1, TimeUnit.SECONDS);
    return true;
  }
}
