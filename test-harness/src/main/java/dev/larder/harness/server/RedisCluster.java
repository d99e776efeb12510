/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A Redis cluster of three primaries with a replica each. */
public final class RedisCluster implements AutoCloseable {

  private static final int SLOTS = 16_384;
  private static final int PRIMARIES = 3;

  private final List<TestServer> nodes = new ArrayList<>();

  private RedisCluster() {}

  /** Starts six nodes and waits until they all serve and each replica is in step. */
  public static RedisCluster start() {
    RedisCluster cluster = new RedisCluster();
    try {
      for (int i = 0; i < 2 * PRIMARIES; i++) {
        cluster.nodes.add(
            RedisServer.launch(
                Ports.free(),
                Files.createTempDirectory("larder-cluster"),
                "--cluster-enabled yes",
                "--cluster-node-timeout 2000",
                "--cluster-replica-validity-factor 0"));
      }
      cluster.join();
      return cluster;
    } catch (IOException failure) {
      cluster.close();
      throw new UncheckedIOException(failure);
    } catch (RuntimeException failure) {
      cluster.close();
      throw failure;
    }
  }

  private void join() {
    for (int i = 0; i < nodes.size(); i++) {
      on(nodes.get(i), "CLUSTER", "SET-CONFIG-EPOCH", i + 1);
      on(nodes.get(i), "CLUSTER", "MEET", "127.0.0.1", nodes.get(0).port());
    }
    for (int i = 0; i < PRIMARIES; i++) {
      on(
          nodes.get(i),
          "CLUSTER",
          "ADDSLOTSRANGE",
          i * SLOTS / PRIMARIES,
          (i + 1) * SLOTS / PRIMARIES - 1);
    }
    awaitOnEach("nodes know each other", "cluster_known_nodes:6", "CLUSTER", "INFO");
    for (int i = PRIMARIES; i < nodes.size(); i++) {
      TestServer replica = nodes.get(i);
      String primary = on(nodes.get(i - PRIMARIES), "CLUSTER", "MYID");
      await("replica", () -> on(replica, "CLUSTER", "REPLICATE", primary).equals("OK"));
      await(
          "replica in step",
          () -> on(replica, "INFO", "replication").contains("master_link_status:up"));
    }
    awaitOnEach("state", "cluster_state:ok", "CLUSTER", "INFO");
    for (TestServer node : nodes) {
      await("roles", () -> on(node, "CLUSTER", "NODES").split("slave ", -1).length == 4);
    }
  }

  private void awaitOnEach(String what, String text, Object... command) {
    for (TestServer node : nodes) {
      await(what, () -> on(node, command).contains(text));
    }
  }

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(condition);
  }

  private static String on(TestServer node, Object... command) {
    try (RedisWire wire = new RedisWire(node.host(), node.port())) {
      return wire.text(command);
    }
  }

  /** Two of the nodes as {@code redis.uri} takes them; the others are to be found. */
  public String uri() {
    return nodes.stream()
        .limit(2)
        .map(node -> "redis://" + node.address())
        .collect(Collectors.joining(","));
  }

  /** All nodes. */
  public List<TestServer> nodes() {
    return List.copyOf(nodes);
  }

  /** The keys of a pattern that a node has as a primary. */
  public List<String> keysAt(TestServer node, String pattern) {
    try (RedisWire wire = new RedisWire(node.host(), node.port())) {
      if (!wire.text("INFO", "replication").contains("role:master")) {
        return List.of();
      }
      return ((List<?>) wire.command("KEYS", pattern))
          .stream().map(key -> new String((byte[]) key, StandardCharsets.UTF_8)).toList();
    }
  }

  /** The node that serves a key's slot now. */
  public TestServer primaryOf(String key) {
    int slot = Integer.parseInt(on(living(), "CLUSTER", "KEYSLOT", key));
    return ranges().floorEntry(slot).getValue();
  }

  /**
   * The first slot of each range with the node that serves it, as the first living node sees it.
   */
  private NavigableMap<Integer, TestServer> ranges() {
    NavigableMap<Integer, TestServer> ranges = new TreeMap<>();
    for (String line : on(living(), "CLUSTER", "NODES").split("\n")) {
      String[] words = line.split(" ");
      int port = Integer.parseInt(words[1].replaceAll(".*:(\\d+)@.*", "$1"));
      for (int i = 8; i < words.length; i++) {
        if (!words[i].startsWith("[")) {
          ranges.put(Integer.valueOf(words[i].split("-")[0]), node(port));
        }
      }
    }
    return ranges;
  }

  private TestServer living() {
    return nodes.stream()
        .filter(each -> Ports.accepts(each.host(), each.port()))
        .findFirst()
        .orElseThrow();
  }

  private TestServer node(int port) {
    return nodes.stream().filter(each -> each.port() == port).findFirst().orElseThrow();
  }

  /** Moves the slot of a key, with all that is in it, to another primary. */
  public void moveSlotOf(String key) {
    String slot = on(living(), "CLUSTER", "KEYSLOT", key);
    TestServer from = primaryOf(key);
    TestServer to =
        ranges().values().stream().filter(each -> each != from).findFirst().orElseThrow();
    String fromId = on(from, "CLUSTER", "MYID");
    String toId = on(to, "CLUSTER", "MYID");
    on(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", fromId);
    on(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", toId);
    try (RedisWire wire = new RedisWire(from.host(), from.port())) {
      List<?> keys = (List<?>) wire.command("CLUSTER", "GETKEYSINSLOT", slot, 10_000);
      for (Object each : keys) {
        wire.command("MIGRATE", to.host(), to.port(), each, 0, 5_000);
      }
    }
    for (TestServer node : List.of(to, from)) {
      on(node, "CLUSTER", "SETSLOT", slot, "NODE", toId);
    }
  }

  /** Kills the primary of a key's slot, and waits until a replica serves in its place. */
  public TestServer failOver(String key) {
    TestServer old = primaryOf(key);
    old.kill();
    await(
        "failover",
        () -> {
          for (TestServer node : nodes) {
            if (node != old && serves(node, key)) {
              return true;
            }
          }
          return false;
        });
    return old;
  }

  /** Whether a node answers a read of a key itself, as the slot's primary. */
  private static boolean serves(TestServer node, String key) {
    try (RedisWire wire = new RedisWire(node.host(), node.port())) {
      return wire.text("INFO", "replication").contains("role:master")
          && wire.command("EXISTS", key) != null;
    } catch (IllegalStateException moved) {
      return false;
    }
  }

  @Override
  public void close() {
    nodes.forEach(TestServer::close);
  }
}
