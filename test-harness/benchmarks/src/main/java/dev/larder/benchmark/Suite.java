/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import java.util.List;
import java.util.Map;

/**
 * Contenders at one task.
 *
 * @param title what stands above its table
 * @param benchmark the class and method of the benchmark
 * @param threads how many ask at once
 * @param parameters of the benchmark, beside the contender
 * @param contenders the first is what the others are compared with
 */
record Suite(
    String title,
    String benchmark,
    int threads,
    Map<String, String> parameters,
    List<String> contenders) {

  private static final List<String> IN_MEMORY =
      List.of("caffeine", "caffeine-coarse", "larder", "spring", "jetcache");
  private static final List<String> MISSING = List.of("caffeine", "larder");
  private static final List<String> IN_REDIS =
      List.of(
          "lettuce", "larder", "larder-sealed", "larder-tagged", "spring", "jetcache", "redisson");

  /** The suites of a name on the command line. */
  static List<Suite> named(String name) {
    return switch (name) {
      case "memory" ->
          List.of(
              of("hit in memory, find(long)", "MemoryHit.find", 1, IN_MEMORY),
              of("hit in memory, price(String, int, Locale)", "MemoryHit.price", 1, IN_MEMORY));
      case "threads" ->
          List.of(
              of("hit in memory, find(long), 2 threads", "MemoryHit.find", 2, IN_MEMORY),
              of("hit in memory, find(long), 4 threads", "MemoryHit.find", 4, IN_MEMORY));
      case "mutable" ->
          List.of(
              of(
                  "hit of a mutable value",
                  "MutableHit.find",
                  1,
                  List.of("constructor", "larder", "jackson")));
      case "miss" -> List.of(of("miss", "Miss.miss", 1, MISSING));
      case "cold" -> List.of(cold("cold key under 64 threads", "platform"));
      case "cold-virtual" -> List.of(cold("cold key under 10,000 virtual threads", "virtual"));
      case "redis" ->
          List.of(
              of("hit in Redis, 1 thread", "RedisHit.find", 1, IN_REDIS),
              of("hit in Redis, 8 threads", "RedisHit.find", 8, IN_REDIS));
      case "near" ->
          List.of(
              of(
                  "hit in a near cache before Redis, beside one in memory",
                  "MemoryHit.find",
                  1,
                  List.of("larder", "larder-near")));
      case "heap" ->
          List.of(
              of("heap per entry, find(long)", "HeapPerEntry.find", 1, MISSING),
              of("heap per entry, price(String, int, Locale)", "HeapPerEntry.price", 1, MISSING));
      default ->
          throw new IllegalArgumentException(
              "there is no suite '"
                  + name
                  + "'; there are memory, threads, mutable, miss, cold, cold-virtual, redis, near,"
                  + " heap");
    };
  }

  private static Suite of(String title, String benchmark, int threads, List<String> contenders) {
    return new Suite(title, benchmark, threads, Map.of(), contenders);
  }

  private static Suite cold(String title, String threads) {
    return new Suite(title, "ColdKey.burst", 1, Map.of("threads", threads), MISSING);
  }

  /** Whether each JVM measures but once, what does not depend on time. */
  boolean isMeasuredOnce() {
    return benchmark.startsWith("HeapPerEntry");
  }

  /** What the agent is told in this suite. */
  String agentOptions(String contender, String redis) {
    String options = "ttl=5m;log-level=warn";
    if (isMeasuredOnce()) {
      return options + ";max-entries=1000000;max-memory=1GB";
    }
    if (!benchmark.startsWith("RedisHit") && !contender.equals("larder-near")) {
      return options;
    }
    options += ";backend=redis;redis.uri=" + redis + ";prefix=" + contender;
    return switch (contender) {
      case "larder-sealed" -> options + ";seal.key=a key for benchmarks";
      case "larder-near" -> options + ";l1.max-entries=10000";
      default -> options;
    };
  }
}
