/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Hits in memory: every call finds its value, among a thousand that are asked for in turn. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MemoryHit {

  private static final int KEYS = 1024;
  private static final int TOLERATED_MISSES = 100;

  /** Whose cache it is; the variants of Larder differ in the agent's options. */
  @Param({"caffeine", "caffeine-coarse", "spring", "jetcache", "larder", "larder-near"})
  private String contender;

  private Shop shop;
  private String[] names;
  private long runsBefore;

  /** Fills the cache; one before a server is there once every call is a hit. */
  @Setup
  public void fill() throws InterruptedException {
    shop =
        switch (contender) {
          case "caffeine" -> CaffeineShop.usual();
          case "caffeine-coarse" -> CaffeineShop.withCoarseTicker();
          case "spring" -> SpringShop.create();
          case "jetcache" -> JetCacheShop.create();
          case "larder", "larder-near" -> new LarderShop();
          default -> throw new IllegalArgumentException(contender);
        };
    names = new String[KEYS];
    Arrays.setAll(names, i -> "product-" + i);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (missesOfOneRound() > 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(contender + " does not hit; is the server there?");
      }
      Thread.sleep(50);
    }
    runsBefore = Shelf.runs();
  }

  private long missesOfOneRound() {
    long before = Shelf.runs();
    for (int i = 0; i < KEYS; i++) {
      shop.find(i);
      shop.price(names[i], i, Locale.GERMANY);
    }
    return Shelf.runs() - before;
  }

  /**
   * Fails if calls were no hits: then this has measured something else. Only a server may have been
   * slow for a moment.
   */
  @TearDown
  public void allWereHits() {
    long misses = Shelf.runs() - runsBefore;
    if (misses > (contender.equals("larder-near") ? TOLERATED_MISSES : 0)) {
      throw new IllegalStateException(misses + " calls of " + contender + " were misses");
    }
  }

  /** Which key a thread asks for next. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;

    int next() {
      next = (next + 1) & (KEYS - 1);
      return next;
    }
  }

  /** {@code find(long)}. */
  @Benchmark
  public Object find(Turn turn) {
    return shop.find(turn.next());
  }

  /** {@code price(String, int, Locale)}. */
  @Benchmark
  public Object price(Turn turn) {
    int next = turn.next();
    return shop.price(names[next], next, Locale.GERMANY);
  }
}
