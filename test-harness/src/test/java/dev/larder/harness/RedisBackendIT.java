/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static dev.larder.harness.BackendUser.deadline;
import static dev.larder.harness.BackendUser.done;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.backend.redis.RedisBackend;
import dev.larder.harness.server.Ports;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import dev.larder.harness.server.SlowProxy;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is Redis's own: how it stores, how it is reached, and how it fails. */
@Alone
@ExtendWith(Servers.class)
class RedisBackendIT {

  private BackendUser user;

  private BackendUser connect(Map<String, String> settings) {
    user = new BackendUser(new RedisBackend(), settings);
    return user.awaitConnected();
  }

  @AfterEach
  void close() {
    if (user != null) {
      user.close();
    }
  }

  private static void assertFails(Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .cause()
        .isInstanceOfSatisfying(
            BackendException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  @Test
  void put_anEntry_isOneStringWithItsTimeToTheMillisecond(RedisServer redis) throws Exception {
    connect(Map.of("redis.uri", redis.uri()));
    done(user.backend.put("shop:one string", "value".getBytes(UTF_8), 12_345, deadline()));
    assertThat(redis.command("TYPE", "shop:one string")).isEqualTo("string");
    assertThat(redis.command("GET", "shop:one string")).isEqualTo("value".getBytes(UTF_8));
    assertThat((Long) redis.command("PTTL", "shop:one string")).isBetween(11_345L, 12_345L);
  }

  @Test
  void put_whereADatabaseIsNamed_isThereAlone(RedisServer redis) throws Exception {
    connect(Map.of("redis.uri", redis.uri() + "/3"));
    user.put("shop:in three", "value");
    assertThat(redis.command("EXISTS", "shop:in three")).isEqualTo(0L);
    try (var wire = redis.wire()) {
      wire.command("SELECT", 3);
      assertThat(wire.command("EXISTS", "shop:in three")).isEqualTo(1L);
    }
  }

  @Test
  void ask_afterTheScriptsWereForgotten_sendsThemAgain(RedisServer redis) throws Exception {
    connect(Map.of("redis.uri", redis.uri()));
    redis.command("SCRIPT", "FLUSH");
    assertThat(done(user.backend.putIfAbsent("shop:script", new byte[1], 60_000, deadline())))
        .isNull();
  }

  @Test
  void ask_aKeyOfAnotherType_isAbsentAndIsOverwritten(RedisServer redis) throws Exception {
    connect(Map.of("redis.uri", redis.uri()));
    byte[] value = "ours".getBytes(UTF_8);
    List<String> keys = List.of("shop:put", "shop:absent", "shop:exchange");
    keys.forEach(key -> redis.command("RPUSH", key, "a"));
    for (String key : keys) {
      assertThat(user.get(key)).isNull();
      assertThat(done(user.backend.getWatched(key, deadline()))).isNull();
      assertThat(done(user.backend.getTimed(key, deadline()))).isNull();
      assertThat(done(user.backend.replace(key, value, value, 60_000, deadline())))
          .isEqualTo(Outcome.NOT_MET);
      assertThat(done(user.backend.removeIf(key, value, deadline()))).isFalse();
    }

    user.put("shop:put", "ours");
    assertThat(done(user.backend.putIfAbsent("shop:absent", value, 60_000, deadline()))).isNull();
    assertThat(done(user.backend.exchange("shop:exchange", value, 60_000, 9, deadline()))).isNull();

    keys.forEach(key -> assertThat(redis.command("GET", key)).isEqualTo(value));
  }

  @Test
  void ask_aServerThatIsFull_refused() throws Exception {
    try (RedisServer redis = RedisServer.start("--maxmemory 3mb")) {
      connect(Map.of("redis.uri", redis.uri()));
      assertFails(
          Kind.REFUSED,
          () -> {
            for (int i = 0; i < 100; i++) {
              user.put("shop:" + i, "x".repeat(100_000));
            }
          });
    }
  }

  @Test
  void ask_asAUserWithAPassword_isHeard(RedisServer redis) throws Exception {
    redis.command("ACL", "SETUSER", "shopper", "on", ">s3cret@:/", "~shop:*", "&*", "+@all");
    connect(
        Map.of(
            "redis.uri", redis.uri(), "redis.username", "shopper", "redis.password", "s3cret@:/"));
    user.put("shop:acl", "value");
    assertThat(user.get("shop:acl")).isEqualTo("value");
    assertFails(Kind.REFUSED, () -> user.get("other:acl"));
  }

  @Test
  void ask_overTlsWithACertificateOfOnesOwn_isHeard(@TempDir Path folder) throws Exception {
    Certificate certificate = Certificate.selfSigned(folder);
    try (RedisServer redis =
        RedisServer.start(
            "--tls-port " + Ports.free(),
            "--tls-cert-file " + certificate.certificate(),
            "--tls-key-file " + certificate.key(),
            "--tls-ca-cert-file " + certificate.certificate(),
            "--tls-auth-clients no")) {
      List<?> port = (List<?>) redis.command("CONFIG", "GET", "tls-port");
      String uri = "rediss://localhost:" + new String((byte[]) port.get(1), UTF_8);
      connect(Map.of("redis.uri", uri, "redis.ca", certificate.certificate().toString()));
      user.put("shop:tls", "value");
      assertThat(user.getWatched("shop:tls")).isEqualTo("value");
      try (BackendUser stranger = new BackendUser(new RedisBackend(), Map.of("redis.uri", uri))) {
        assertThatThrownBy(
                () ->
                    Awaitility.await()
                        .atMost(Duration.ofSeconds(2))
                        .ignoreExceptions()
                        .untilAsserted(() -> done(stranger.backend.ping(deadline()))))
            .as("an unknown certificate")
            .isNotNull();
      }
    }
  }

  /** A key and its certificate, as files in PEM. */
  private record Certificate(Path certificate, Path key) {
    static Certificate selfSigned(Path folder) throws Exception {
      Path store = folder.resolve("store.p12");
      String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
      Process process =
          new ProcessBuilder(
                  keytool,
                  "-genkeypair",
                  "-alias",
                  "redis",
                  "-keyalg",
                  "RSA",
                  "-keysize",
                  "2048",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "san=dns:localhost,ip:127.0.0.1",
                  "-validity",
                  "10",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  "changeit")
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (var in = Files.newInputStream(store)) {
        keys.load(in, "changeit".toCharArray());
      }
      return new Certificate(
          pem(folder, "CERTIFICATE", keys.getCertificate("redis").getEncoded()),
          pem(folder, "PRIVATE KEY", keys.getKey("redis", "changeit".toCharArray()).getEncoded()));
    }

    private static Path pem(Path folder, String what, byte[] bytes) throws Exception {
      String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
      return Files.writeString(
          folder.resolve(what.replace(' ', '-') + ".pem"),
          "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }
  }

  // Watched keys

  @Test
  void getWatched_databaseEmptied_everythingIsFlushed(RedisServer redis) throws Exception {
    connect(Map.of("redis.uri", redis.uri()));
    user.put("shop:watched", "value");
    user.getWatched("shop:watched");
    redis.command("FLUSHALL");
    Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> user.told.flushes() > 0);
  }

  @Test
  void getWatched_deletedBySomebodyElse_told(RedisServer redis) throws Exception {
    connect(Map.of("redis.uri", redis.uri()));
    user.put("shop:deleted", "value");
    user.getWatched("shop:deleted");
    redis.command("DEL", "shop:deleted");
    Awaitility.await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> user.told.changedAt("shop:deleted") != null);
    assertThat(user.told.changedAt("shop:never")).isNull();
  }

  @Test
  void get_thenFilled_nobodyIsTold(RedisServer redis) throws Exception {
    connect(Map.of("redis.uri", redis.uri()));
    user.get("shop:filled");
    user.getWatched("shop:sentinel");
    user.put("shop:filled", "value");
    redis.command("SET", "shop:sentinel", "changed after it");
    Awaitility.await().until(() -> user.told.changedAt("shop:sentinel") != null);
    assertThat(user.told.changedAt("shop:filled")).isNull();
  }

  @Test
  void getWatched_serverHangs_flushedWithinTwoSeconds() throws Exception {
    try (RedisServer redis = RedisServer.start("--maxmemory 100mb")) {
      connect(Map.of("redis.uri", redis.uri()));
      user.getWatched("shop:hang");
      redis.pause();
      Awaitility.await()
          .atMost(Duration.ofSeconds(2))
          .pollInterval(Duration.ofMillis(20))
          .until(() -> user.told.flushes() > 0);
      redis.resume();
    }
  }

  @Test
  void getWatched_whereTrackingIsForbidden_toldOverTheChannel(RedisServer redis) throws Exception {
    redis.command(
        "ACL", "SETUSER", "old", "on", ">pw", "~shop:*", "&*", "+@all", "-client|tracking");
    Map<String, String> settings =
        Map.of("redis.uri", redis.uri(), "redis.username", "old", "redis.password", "pw");
    connect(settings);
    try (BackendUser other = new BackendUser(new RedisBackend(), settings).awaitConnected()) {
      // Until both have been refused once, neither publishes.
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .ignoreExceptions()
          .until(
              () -> {
                String key = "shop:channel:" + System.nanoTime();
                other.put(key, "before");
                user.getWatched(key);
                done(other.backend.exchange(key, new byte[1], 60_000, 8, deadline()));
                Awaitility.await()
                    .atMost(Duration.ofMillis(200))
                    .until(() -> user.told.changedAt(key) != null);
                return true;
              });
    }
  }

  // Failure

  @Test
  void ask_aServerThatHangs_failsInTimeAndComesBack() throws Exception {
    try (RedisServer redis = RedisServer.start("--maxmemory 100mb")) {
      connect(Map.of("redis.uri", redis.uri()));
      user.put("shop:hang", "value");
      redis.pause();
      long asked = System.nanoTime();
      assertFails(Kind.TIMEOUT, () -> user.get("shop:hang"));
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofMillis(400));
      redis.resume();
      user.awaitConnected();
      assertThat(user.get("shop:hang")).isEqualTo("value");
    }
  }

  @Test
  void ask_aServerThatWasKilled_failsAtOnceAndComesBackWithinFiveSeconds() throws Exception {
    try (RedisServer redis = RedisServer.start("--maxmemory 100mb")) {
      connect(Map.of("redis.uri", redis.uri()));
      redis.kill();
      Awaitility.await()
          .atMost(Duration.ofSeconds(2))
          .untilAsserted(() -> assertFails(Kind.UNAVAILABLE, () -> user.get("shop:killed")));
      redis.restart();
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .ignoreExceptions()
          .untilAsserted(() -> done(user.backend.ping(deadline())));
      assertThat(user.get("shop:killed")).isNull();
      assertThat(user.getWatched("shop:killed")).isNull();
    }
  }

  @Test
  void close_whileTheServerHangs_isQuick() throws Exception {
    try (RedisServer redis = RedisServer.start("--maxmemory 100mb")) {
      connect(Map.of("redis.uri", redis.uri()));
      user.getWatched("shop:close");
      redis.pause();
      long closing = System.nanoTime();
      user.close();
      assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(2));
      redis.resume();
    }
  }

  @Test
  void ask_throughABrokenLine_failsAndRecovers(RedisServer redis) throws Exception {
    try (SlowProxy proxy = SlowProxy.before(redis)) {
      connect(Map.of("redis.uri", "redis://" + proxy.address()));
      user.put("shop:line", "value");
      for (SlowProxy.Manner manner : List.of(SlowProxy.Manner.DROP, SlowProxy.Manner.HALVE)) {
        proxy.become(manner);
        assertThatThrownBy(() -> user.get("shop:line"))
            .cause()
            .isInstanceOf(BackendException.class);
        if (manner == SlowProxy.Manner.DROP) {
          Awaitility.await("a silent connection is closed")
              .atMost(Duration.ofSeconds(4))
              .ignoreExceptions()
              .untilAsserted(() -> assertFails(Kind.UNAVAILABLE, () -> user.get("shop:line")));
        }
        proxy.become(SlowProxy.Manner.PASS);
        Awaitility.await()
            .atMost(Duration.ofSeconds(5))
            .ignoreExceptions()
            .untilAsserted(() -> assertThat(user.get("shop:line")).isEqualTo("value"));
      }
    }
  }
}
