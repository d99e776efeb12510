/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

/** Hits of a kilobyte in Redis, read and decoded. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RedisHit {

  private static final int KEYS = 64;
  private static final int TOLERATED_MISSES = 100;
  private static final int WARMING_THREADS = 4;
  private static final int WARMING_CALLS = 20_000;

  /** The variants of Larder differ in the agent's options, and in the tag. */
  @Param({"lettuce", "spring", "jetcache", "redisson", "larder", "larder-sealed", "larder-tagged"})
  private String contender;

  private Articles articles;
  private long runsBefore;

  /** Fills the cache; a backend is there when it has answered the first hit. */
  @Setup
  public void fill() throws InterruptedException {
    articles =
        switch (contender) {
          case "lettuce" -> RedisArticles.byHand();
          case "spring" -> RedisArticles.spring();
          case "jetcache" -> RedisArticles.jetCache();
          case "redisson" -> RedisArticles.redisson();
          case "larder-tagged" -> new Articles.OfLarderTagged();
          default -> new Articles.OfLarder();
        };
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (missesOfOneRound() > 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(contender + " does not hit; is the server there?");
      }
      Thread.sleep(50);
    }
    compile();
    runsBefore = Shelf.runs();
  }

  /**
   * Calls until all that a hit takes is compiled. A thread that waits for a server comes to some
   * ten thousand calls in a warm-up, and the compilers would be at work while it is measured.
   */
  private void compile() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(WARMING_THREADS);
    int own = KEYS / WARMING_THREADS; // so that nobody is given what another has asked for
    for (int t = 0; t < WARMING_THREADS; t++) {
      int first = t * own;
      threads.execute(
          () -> {
            for (int i = 0; i < WARMING_CALLS; i++) {
              articles.find(first + i % own);
            }
          });
    }
    threads.shutdown();
    if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException(contender + " is too slow to be measured");
    }
  }

  private long missesOfOneRound() {
    long before = Shelf.runs();
    for (int i = 0; i < KEYS; i++) {
      if (!articles.find(i).equals(Article.of(i))) {
        throw new IllegalStateException(contender + " gives another value than it was given");
      }
    }
    return Shelf.runs() - before;
  }

  /** Fails if more calls were misses than a server that was slow for a moment explains. */
  @TearDown
  public void wereHits() {
    long misses = Shelf.runs() - runsBefore;
    if (misses > TOLERATED_MISSES) {
      throw new IllegalStateException(misses + " calls of " + contender + " were misses");
    }
  }

  /** Which key a thread asks for next. */
  @State(Scope.Thread)
  public static class Count {
    private long calls;
  }

  /** One hit. */
  @Benchmark
  public Object find(Count count) {
    return articles.find(count.calls++ & (KEYS - 1));
  }
}
