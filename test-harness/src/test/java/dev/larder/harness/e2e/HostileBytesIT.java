/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.codec.DecodedEntry;
import dev.larder.engine.codec.EntryCodec;
import dev.larder.engine.codec.EntryHeader;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.RedisWire;
import dev.larder.harness.server.Servers;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What an attacker who can write to Redis puts there under checksums that are right: each is a miss
 * of the running application, whose code and heap it does not reach.
 */
@ExtendWith(Servers.class)
class HostileBytesIT {

  private static final Jdk JDK = Jdk.all().findFirst().orElseThrow();

  private static final int KEYS = 4;
  private static final EntryCodec PLAIN = new EntryCodec(null, Long.MAX_VALUE, 1 << 20);
  private static final EntryCodec DEFLATING = new EntryCodec(null, 0, Integer.MAX_VALUE);

  private final RedisServer redis;

  HostileBytesIT(RedisServer redis) {
    this.redis = redis;
  }

  /** What is put in an entry's place. */
  @FunctionalInterface
  private interface Attack extends BiFunction<String, EntryHeader, byte[]> {

    static Attack value(byte[] value) {
      return (key, header) -> PLAIN.encode(key, header, value);
    }

    static Attack value(String json) {
      return value(json.getBytes(UTF_8));
    }

    static Attack deflated(byte[] value) {
      return (key, header) -> DEFLATING.encode(key, header, value);
    }
  }

  @OnEachJdk
  void entries_writtenByAnAttacker_areMissesAndReachNothing(Jdk jdk) {
    String prefix = "hostile" + jdk.feature();
    try (Talking app = Talking.to(app(prefix, "").jvm("-Xmx48m", "-XX:+UseSerialGC"), jdk)) {
      for (String cache : List.of("lists", "open", "serialized")) {
        fill(app, cache);
      }
      byte[] gadget = HexFormat.of().parseHex(app.ask("gadget"));

      attack(app, prefix, "lists", "deep lists", Attack.value("[".repeat(1 << 20)));
      attack(app, prefix, "lists", "deep objects", Attack.value("{\"a\":".repeat(200_000)));
      attack(app, prefix, "lists", "another type", Attack.value("{\"id\":\"x\"}"));
      attack(app, prefix, "lists", "serialized", Attack.value(gadget));
      attack(app, prefix, "lists", "a bomb", Attack.deflated(new byte[60 << 20]));
      byte[] lists = ("[" + "[],".repeat(4 << 20) + "[]]").getBytes(UTF_8);
      attack(app, prefix, "lists", "a bomb of lists", Attack.deflated(lists));
      for (String type :
          List.of(
              "com.sun.rowset.JdbcRowSetImpl",
              "java.lang.ProcessBuilder",
              "javax.script.ScriptEngineManager",
              "java.net.URL")) {
        attack(app, prefix, "open", type, Attack.value("[\"" + type + "\",{}]"));
      }
      attack(app, prefix, "serialized", "a gadget", Attack.value(gadget));
      attack(app, prefix, "serialized", "a bomb", Attack.deflated(new byte[60 << 20]));
      attack(app, prefix, "serialized", "JSON", Attack.value("[]"));
      confuse(app, prefix);

      assertThat(app.ask("ran")).as("whether the gadget's code ran").isEqualTo("false");
    }
  }

  /** Replaces each entry of a cache, and asserts that no call notices. */
  private void attack(Talking app, String prefix, String cache, String what, Attack attack) {
    long errors = Long.parseLong(app.ask("errors " + cache));
    try (RedisWire wire = redis.wire()) {
      for (String key : keysOf(wire, prefix, cache)) {
        byte[] own = (byte[]) wire.command("GET", key);
        EntryHeader header = ((DecodedEntry.Whole) PLAIN.decode(key, own)).header();
        wire.command("SET", key, attack.apply(key, header), "KEEPTTL");
      }
    }
    assertMissesOf(app, cache, what);
    assertThat(Long.parseLong(app.ask("errors " + cache)))
        .as("errors counted of %s", what)
        .isEqualTo(errors + KEYS);
    fill(app, cache);
  }

  /** Puts under each key the entry of another, as it is. */
  private void confuse(Talking app, String prefix) {
    try (RedisWire wire = redis.wire()) {
      List<String> lists = keysOf(wire, prefix, "lists");
      List<String> open = keysOf(wire, prefix, "open");
      byte[] last = (byte[]) wire.command("GET", open.get(KEYS - 1));
      for (int i = 0; i < KEYS; i++) {
        byte[] next = (byte[]) wire.command("GET", open.get(i));
        wire.command("SET", lists.get(i), next, "KEEPTTL");
        wire.command("SET", open.get(i), last, "KEEPTTL");
        last = next;
      }
    }
    assertMissesOf(app, "lists", "entries of another method");
    assertMissesOf(app, "open", "entries of another key");
  }

  private static void assertMissesOf(Talking app, String cache, String what) {
    for (int id = 0; id < KEYS; id++) {
      int runs = Integer.parseInt(app.ask("runs"));
      assertThat(app.ask(cache + " " + id)).as(what).isEqualTo(String.valueOf(id));
      assertThat(app.ask("runs")).as("runs after %s", what).isEqualTo(String.valueOf(runs + 1));
    }
  }

  @Test
  void sealKey_rotated_keepsWhatTheOldOneSignedAndTakesNoOther() {
    String prefix = "sealed";
    try (Talking old = Talking.to(app(prefix, ";seal.key=old"), JDK);
        Talking rotated = Talking.to(app(prefix, ";seal.key=new,old"), JDK)) {
      fill(old, "lists");
      fill(rotated, "open");
      int runs = Integer.parseInt(rotated.ask("runs"));
      for (int id = 0; id < KEYS; id++) {
        assertThat(rotated.ask("lists " + id)).isEqualTo(String.valueOf(id));
      }
      assertThat(rotated.ask("runs")).as("signed by the old key").isEqualTo(String.valueOf(runs));

      attack(rotated, prefix, "lists", "no seal", Attack.value("[[99]]"));
      assertMissesOf(old, "lists", "signed by the new key");
    }
  }

  private App app(String prefix, String options) {
    return App.named("hostile")
        .agent(
            "backend=redis;timeout=5s;cache.serialized.codec=java;"
                + "cache.serialized.codec-allow=Main$Part;compress-above=1KB;prefix="
                + prefix
                + ";redis.uri="
                + redis.uri()
                + options);
  }

  /** Calls a method until each key is a hit. */
  private static void fill(Talking app, String cache) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              long hits = Long.parseLong(app.ask("hits " + cache));
              for (int id = 0; id < KEYS; id++) {
                app.ask(cache + " " + id);
              }
              return Long.parseLong(app.ask("hits " + cache)) == hits + KEYS;
            });
  }

  private static List<String> keysOf(RedisWire wire, String prefix, String cache) {
    String start = prefix + ":" + cache + ":";
    List<String> keys =
        ((List<?>) wire.command("KEYS", start + "*"))
            .stream()
                .map(key -> new String((byte[]) key, UTF_8))
                .filter(key -> !key.startsWith(start + "!"))
                .sorted()
                .toList();
    assertThat(keys).hasSize(KEYS);
    return keys;
  }
}
