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
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How changes are told by a Redis whose users may not have it track what they read. */
@ExtendWith(Servers.class)
class RedisChannelIT {

  private static final Duration TOLD = Duration.ofSeconds(2);

  /** How soon it is found out that what was refused is allowed by now. */
  private static final Duration TRIED_AGAIN = Duration.ofSeconds(15);

  /** A user who may do all but have its reads tracked, and but what is taken away. */
  private static BackendUser connect(RedisServer redis, String name, String... rights) {
    redis.command("ACL", "SETUSER", name, "reset", "on", ">pw", "~*", "&*", "+@all");
    redis.command("ACL", "SETUSER", name, "-client|tracking");
    for (String right : rights) {
      redis.command("ACL", "SETUSER", name, right);
    }
    return connectAs(redis, name);
  }

  private static BackendUser connectAs(RedisServer redis, String name) {
    return new BackendUser(
            new RedisBackend(),
            Map.of("redis.uri", redis.uri(), "redis.username", name, "redis.password", "pw"))
        .awaitConnected();
  }

  private static void assertUntold(BackendUser user) {
    assertThatThrownBy(() -> user.getWatched("shop:any"))
        .as("a read whose next change is not told")
        .cause()
        .isInstanceOfSatisfying(
            BackendException.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.REFUSED));
  }

  private static void assertWarned(BackendUser user, String command) {
    assertThat(user.told.warnings())
        .singleElement()
        .asString()
        .contains(command + " on shop:changes (", "l1.*", "+publish &shop:changes");
  }

  private static void remove(BackendUser user, String key) throws Exception {
    done(user.backend.exchange(key, new byte[1], 60_000, 8, deadline()));
  }

  @Test
  void write_ofEachKind_isToldAndDone(RedisServer redis) throws Exception {
    try (BackendUser user = connect(redis, "each");
        BackendUser other = connectAs(redis, "each")) {
      for (String key : List.of("shop:put", "shop:exchanged", "shop:removed")) {
        other.put(key, "before");
        assertThat(user.getWatched(key)).isEqualTo("before");
      }

      other.put("shop:put", "after");
      assertThat(done(other.backend.exchange("shop:exchanged", new byte[1], 9_000, 3, deadline())))
          .isEqualTo("bef".getBytes(UTF_8));
      assertThat(done(other.backend.exchange("shop:new", new byte[1], 9_000, 3, deadline())))
          .isNull();
      assertThat(done(other.backend.remove("shop:removed", deadline()))).isTrue();
      assertThat(done(other.backend.remove("shop:removed", deadline()))).isFalse();

      Awaitility.await().atMost(TOLD).until(() -> user.told.changedAt("shop:removed") != null);
      assertThat(user.told.changedAt("shop:put")).isNotNull();
      assertThat(user.told.changedAt("shop:exchanged")).isNotNull();
      assertThat(user.get("shop:put")).isEqualTo("after");
      assertThat((Long) redis.command("PTTL", "shop:put")).isBetween(50_000L, 60_000L);
      assertThat((Long) redis.command("PTTL", "shop:exchanged")).isBetween(1_000L, 9_000L);
      assertThat(user.told.warnings()).isEmpty();
    }
  }

  /** Such a server agrees to track, and pushes nothing over the protocol that is left. */
  @Test
  void start_atAServerThatKnowsNoHello_isToldOverTheChannel() throws Exception {
    try (RedisServer redis = RedisServer.start("--rename-command HELLO GREET");
        BackendUser user =
            new BackendUser(new RedisBackend(), Map.of("redis.uri", redis.uri())).awaitConnected();
        BackendUser other =
            new BackendUser(new RedisBackend(), Map.of("redis.uri", redis.uri()))
                .awaitConnected()) {
      other.put("shop:older", "before");
      user.getWatched("shop:older");
      remove(other, "shop:older");
      Awaitility.await().atMost(TOLD).until(() -> user.told.changedAt("shop:older") != null);
      assertThat(user.told.warnings()).isEmpty();
    }
  }

  @Test
  void start_whereNobodyMayPublish_nothingIsBelievedToBeTold(RedisServer redis) throws Exception {
    try (BackendUser user = connect(redis, "mute", "-publish")) {
      assertUntold(user);
      assertWarned(user, "PUBLISH");

      user.put("shop:mute", "written all the same");
      assertThat(user.get("shop:mute")).isEqualTo("written all the same");
      assertWarned(user, "PUBLISH");

      redis.command("ACL", "SETUSER", "mute", "+publish");
      Awaitility.await("it is tried again")
          .atMost(TRIED_AGAIN)
          .ignoreExceptions()
          .until(() -> user.getWatched("shop:mute") != null);
      remove(user, "shop:mute");
      Awaitility.await().atMost(TOLD).until(() -> user.told.changedAt("shop:mute") != null);
    }
  }

  @Test
  void write_whosePublishingIsForbiddenMeanwhile_flushesAndIsSaidOnce(RedisServer redis)
      throws Exception {
    try (BackendUser user = connect(redis, "later")) {
      user.put("shop:later", "before");
      user.getWatched("shop:later");
      redis.command("ACL", "SETUSER", "later", "-publish");

      remove(user, "shop:later");

      assertThat(user.told.flushes()).isPositive();
      assertUntold(user);
      remove(user, "shop:later");
      assertWarned(user, "PUBLISH");
    }
  }

  @Test
  void read_byOneWhoWritesNothing_findsOutThatNobodyMayPublish(RedisServer redis) throws Exception {
    try (BackendUser user = connect(redis, "reader")) {
      user.getWatched("shop:reader");
      redis.command("ACL", "SETUSER", "reader", "-publish");
      Awaitility.await().atMost(TRIED_AGAIN).until(() -> user.told.flushes() > 0);
      assertUntold(user);
    }
  }

  @Test
  void start_whereNobodyMaySubscribe_saidOnceAndNoConnectionIsLeft(RedisServer redis)
      throws Exception {
    try (BackendUser user = connect(redis, "deaf", "-subscribe")) {
      for (int i = 0; i < 20; i++) {
        assertUntold(user);
      }
      assertWarned(user, "SUBSCRIBE");
      Awaitility.await("the common connection alone")
          .atMost(TOLD)
          .untilAsserted(() -> assertThat(connectionsOf(redis, "deaf")).isEqualTo(1));
    }
  }

  private static long connectionsOf(RedisServer redis, String name) {
    String clients = new String((byte[]) redis.command("CLIENT", "LIST"), UTF_8);
    return clients.lines().filter(line -> line.contains(" user=" + name + " ")).count();
  }
}
