/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.backend.redis.RedisBackend;
import dev.larder.harness.server.RedisCluster;
import dev.larder.harness.server.RedisSentinel;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import dev.larder.harness.server.SlowProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where Redis carries on though a machine of it ends. */
@Alone
@ExtendWith(Servers.class)
class RedisFailoverIT {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Test
  void sentinel_primaryKilled_theOtherServes(RedisSentinel sentinel) throws Exception {
    try (BackendUser user =
        new BackendUser(new RedisBackend(), Map.of("redis.uri", sentinel.uri())).awaitConnected()) {
      user.put("shop:sentinel", "before");
      user.getWatched("shop:sentinel");
      int port = sentinel.primary().port();
      sentinel.primary().kill();
      Awaitility.await("the push connection's loss")
          .atMost(Duration.ofSeconds(2))
          .until(() -> user.told.flushes() > 0);
      Awaitility.await("the new primary")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> user.put("shop:sentinel", "after"));
      assertThat(sentinel.primary().port()).isNotEqualTo(port);
      assertThat(user.get("shop:sentinel")).isEqualTo("after");
      assertThat(user.getWatched("shop:sentinel")).isEqualTo("after");
    }
  }

  /** As behind a DNS name, a service or a load balancer, which cut no connection. */
  @Test
  void address_ofAnotherPrimaryByNow_theFormerIsLeft() throws Exception {
    try (RedisServer former = RedisServer.start("--maxmemory 100mb");
        RedisServer next = RedisServer.start("--maxmemory 100mb");
        SlowProxy proxy = SlowProxy.before(former);
        BackendUser user =
            new BackendUser(new RedisBackend(), Map.of("redis.uri", "redis://" + proxy.address()))
                .awaitConnected()) {
      user.put("shop:demoted", "before");
      user.getWatched("shop:demoted");
      proxy.lead(next);
      former.command("REPLICAOF", next.host(), next.port());

      Awaitility.await("the next primary")
          .atMost(Duration.ofSeconds(10))
          .ignoreExceptions()
          .untilAsserted(() -> user.put("shop:demoted", "after"));
      assertThat(next.command("GET", "shop:demoted")).isEqualTo("after".getBytes(UTF_8));
      assertThat(user.told.flushes()).isPositive();
      assertThat(user.getWatched("shop:demoted")).isEqualTo("after");
      former.command("REPLICAOF", "NO", "ONE");
      next.command("DEL", "shop:demoted");
      Awaitility.await("it is watched at the next primary")
          .atMost(Duration.ofSeconds(2))
          .until(() -> user.told.changedAt("shop:demoted") != null);
    }
  }

  @Test
  void cluster_slotMoved_noWrongValueAndPushesGoOn(RedisCluster cluster) throws Exception {
    try (BackendUser user =
        new BackendUser(new RedisBackend(), Map.of("redis.uri", cluster.uri())).awaitConnected()) {
      String key = "shop:moved";
      user.put(key, "before");
      assertThat(user.getWatched(key)).isEqualTo("before");
      cluster.moveSlotOf(key);
      Awaitility.await("the move is told")
          .atMost(Duration.ofSeconds(2))
          .until(() -> user.told.changedAt(key) != null);
      assertThat(user.get(key)).isEqualTo("before");
      user.put(key, "after");
      assertThat(user.get(key)).isEqualTo("after");
      Awaitility.await("it is watched where it is now")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(user.getWatched(key)).isEqualTo("after"));
    }
  }

  /** What a node is slow to say is asked again; a node of a cluster alone would serve a third. */
  @Test
  void cluster_lateToSayThatItIsOne_isTakenForOne(RedisCluster cluster) throws Exception {
    try (SlowProxy proxy = SlowProxy.before(cluster.nodes().get(0))) {
      proxy.delayFirst("\r\ncluster\r\n", 2 * BackendUser.TIMEOUT);
      Map<String, String> settings = Map.of("redis.uri", "redis://" + proxy.address());
      try (BackendUser user = new BackendUser(new RedisBackend(), settings).awaitConnected()) {
        assertThat(proxy.hasDelayedFirst()).isTrue();
        for (int i = 0; i < 20; i++) {
          user.put("shop:late:" + i, "value " + i);
          assertThat(user.get("shop:late:" + i)).isEqualTo("value " + i);
        }
      }
    }
  }

  @Test
  void cluster_primaryKilled_itsReplicaServes(RedisCluster cluster) throws Exception {
    try (BackendUser user =
        new BackendUser(new RedisBackend(), Map.of("redis.uri", cluster.uri())).awaitConnected()) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        keys.add("shop:failover:" + i);
        user.put(keys.get(i), "value " + i);
        user.getWatched(keys.get(i));
      }
      cluster.failOver(keys.get(0));
      assertThat(user.told.flushes()).isPositive();
      for (String key : keys) {
        Awaitility.await("every key, by its replica")
            .atMost(PATIENCE)
            .ignoreExceptions()
            .untilAsserted(() -> assertThat(user.get(key)).startsWith("value "));
        Awaitility.await("watched again")
            .atMost(PATIENCE)
            .ignoreExceptions()
            .untilAsserted(() -> assertThat(user.getWatched(key)).startsWith("value "));
      }
    }
  }
}
