/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static dev.larder.harness.e2e.Faults.liveThrough;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.server.Ports;
import dev.larder.harness.server.RedisCluster;
import dev.larder.harness.server.RedisSentinel;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.RedisWire;
import dev.larder.harness.server.SlowProxy;
import dev.larder.harness.server.SlowProxy.Manner;
import dev.larder.harness.server.TestServer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bad days of a Redis, while sixteen threads call cached methods. One application lives through
 * most of them, one after the other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisFaultsIT {

  /** Puts a list at a key in one step, since the application stores there as well. */
  private static final String LIST =
      "redis.call('DEL', KEYS[1]) return redis.call('RPUSH', KEYS[1], ARGV[1])";

  private RedisServer redis;
  private SlowProxy proxy;
  private Load load;

  @BeforeAll
  void start(@TempDir Path saved) {
    redis =
        RedisServer.start(
            "--enable-debug-command yes",
            "--dir " + saved); // of this run alone, or it would begin with what another has saved
    proxy = SlowProxy.before(redis);
    load = Load.with("backend=redis;redis.uri=redis://" + proxy.address());
  }

  @AfterAll
  void end() {
    try (RedisServer server = redis;
        SlowProxy before = proxy;
        Load last = load) {
      assertThat(last.err())
          .filteredOn(line -> line.contains("WARN backend redis"))
          .as("what Larder said of its backend")
          .hasSizeLessThanOrEqualTo(2 * (int) (last.upFor().toMinutes() + 1));
    }
  }

  @Test
  void refusedAtTheStart_killed_stopped() {
    try (RedisServer own = RedisServer.start("--loglevel warning")) {
      own.kill();
      try (Load direct = Load.onNewest("backend=redis;redis.uri=" + own.uri())) {
        direct.figures();
        Load.Served none = direct.served();
        Faults.last();
        assertThat(direct.served().hits()).as("hits without a backend").isZero();
        double meanwhile = direct.served().shareSince(none);
        own.restart();
        Faults.judge("Redis: refused at the start", direct, meanwhile, direct.awaitHits());

        liveThrough("Redis: `SIGKILL` and restart", direct, own::kill, own::restart);
        liveThrough(
            "Redis: `SIGSTOP` for 5 s", direct, Duration.ofSeconds(5), own::pause, own::resume);
      }
    }
  }

  @Test
  void killed_withAFullDiskForTheLog() {
    try (RedisServer own = RedisServer.start("--loglevel warning");
        Load direct =
            Load.with("backend=redis;log=/dev/full;log-level=debug;redis.uri=" + own.uri())) {
      liveThrough("Redis: `SIGKILL`, and a full disk for `log`", direct, own::kill, own::restart);
    }
  }

  @Test
  void answersDelayed() {
    liveThrough("Redis: answers 150 ms late", load, () -> proxy.delay(150), () -> proxy.delay(0));
    liveThrough("Redis: answers 2 s late", load, () -> proxy.delay(2_000), () -> proxy.delay(0));
  }

  @ParameterizedTest
  @EnumSource(names = "PASS", mode = EnumSource.Mode.EXCLUDE)
  void answersMangled(Manner manner) {
    liveThrough(
        "Redis: answers " + Faults.done(manner),
        load,
        () -> proxy.become(manner),
        () -> proxy.become(Manner.PASS));
  }

  @Test
  void readOnlyReplica() {
    int nobody = Ports.free();
    liveThrough(
        "Redis: a read-only replica (`READONLY`)",
        load,
        () -> redis.command("REPLICAOF", "127.0.0.1", nobody),
        () -> redis.command("REPLICAOF", "NO", "ONE"));
  }

  @Test
  void loadingItsData() {
    long micros = Math.min(5_000, Faults.LASTING.toMillis()); // for each of a thousand keys
    liveThrough(
        "Redis: loading its data (`LOADING`)",
        load,
        () -> {
          redis.command("DEBUG", "POPULATE", 1_000, "filling");
          redis.command("CONFIG", "SET", "key-load-delay", micros);
          redis.command("CONFIG", "SET", "loading-process-events-interval-bytes", 1_024);
          redis.command("DEBUG", "RELOAD");
        },
        () -> redis.command("CONFIG", "SET", "key-load-delay", 0));
  }

  @Test
  void fullOfOthersData() {
    liveThrough(
        "Redis: full, and evicts nothing (`OOM`)",
        load,
        () -> redis.command("CONFIG", "SET", "maxmemory", 1),
        () -> redis.command("CONFIG", "SET", "maxmemory", 0));
  }

  @Test
  void passwordSet() {
    liveThrough(
        "Redis: a password set meanwhile (`NOAUTH`)",
        load,
        () -> {
          redis.command("CONFIG", "SET", "requirepass", "secret");
          proxy.disconnect();
        },
        () -> {
          try (RedisWire wire = redis.wire()) {
            wire.command("AUTH", "secret");
            wire.command("CONFIG", "SET", "requirepass", "");
          }
        });
  }

  @Test
  void listsAtItsKeys() {
    liveThrough(
        "Redis: a list at each of its keys (`WRONGTYPE`)",
        load,
        () -> onEachKey((wire, key) -> wire.command("EVAL", LIST, "1", key, "not an entry")),
        () -> {});
  }

  @Test
  void foreignBytesAtItsKeys() {
    long seed = System.nanoTime();
    System.out.println("seed of the foreign bytes: " + seed);
    Random random = new Random(seed);
    liveThrough(
        "Redis: random bytes at each of its keys",
        load,
        () ->
            onEachKey(
                (wire, key) -> {
                  byte[] bytes = new byte[random.nextInt(300)];
                  random.nextBytes(bytes);
                  wire.command("SET", key, bytes);
                }),
        () -> {});
  }

  private interface Change {
    void of(RedisWire wire, byte[] key);
  }

  /** Replaces what lies at each of Larder's keys, marks and lists included. */
  private void onEachKey(Change change) {
    try (RedisWire wire = redis.wire()) {
      List<?> keys = (List<?>) wire.command("KEYS", "larder:*");
      assertThat(keys).hasSizeGreaterThan(100);
      for (Object key : keys) {
        change.of(wire, (byte[]) key);
      }
    }
  }

  @Test
  void slotsMoved() {
    try (RedisCluster cluster = RedisCluster.start();
        Load clustered = Load.onNewest("backend=redis;redis.uri=" + cluster.uri())) {
      liveThrough(
          "Redis cluster: slot after slot moved (`MOVED`, `ASK`)",
          clustered,
          () -> {
            Iterator<String> keys = keysOf(cluster).iterator();
            Faults.again(() -> cluster.moveSlotOf(keys.next()));
          },
          () -> {});
      liveThrough(
          "Redis cluster: a primary killed",
          clustered,
          () -> cluster.failOver(keysOf(cluster).get(0)),
          () -> {});
    }
  }

  @Test
  void sentinels_failOver() {
    try (RedisSentinel sentinel = RedisSentinel.start();
        Load load = Load.with("backend=redis;redis.uri=" + sentinel.uri())) {
      liveThrough("Redis Sentinel: the primary killed", load, sentinel::failOver, () -> {});
    }
  }

  @Test
  void entriesOfAnOlderFormat() {
    liveThrough(
        "Redis: entries of an older format at its keys",
        load,
        () -> {
          try (RedisWire wire = redis.wire()) {
            for (Object key : (List<?>) wire.command("KEYS", "larder:*")) {
              byte[] cell = (byte[]) wire.command("GET", key);
              if (cell != null && cell.length > 8 && cell[0] == 'L' && cell[1] == 'd') {
                wire.command("SET", key, inOlderFormat(cell), "XX", "KEEPTTL");
              }
            }
          }
        },
        () -> {});
  }

  /** An entry with a right checksum, by its own word in a format before the first. */
  private static byte[] inOlderFormat(byte[] entry) {
    byte[] older = entry.clone();
    older[2] = 0;
    CRC32C sum = new CRC32C();
    sum.update(older, 0, older.length - 4);
    ByteBuffer.wrap(older).putInt(older.length - 4, (int) sum.getValue());
    return older;
  }

  private static List<String> keysOf(RedisCluster cluster) {
    List<String> all = new ArrayList<>();
    for (TestServer node : cluster.nodes()) {
      all.addAll(cluster.keysAt(node, "larder:*"));
    }
    return all;
  }
}
