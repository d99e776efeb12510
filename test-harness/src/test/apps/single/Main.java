/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheStats;
import dev.larder.Larder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** One flight for many callers, a short time to live, and a condition. */
public final class Main {

  static final AtomicInteger RUNS = new AtomicInteger();
  static final CountDownLatch ALL = new CountDownLatch(64);
  static long bodyAt;

  @Cache("slow")
  static String slow(long id) throws Exception {
    ALL.await();
    return "run " + RUNS.incrementAndGet();
  }

  @Cache(ttl = "400ms")
  static int brief(long id) {
    bodyAt = System.nanoTime();
    return RUNS.incrementAndGet();
  }

  @Cache(value = "positive", condition = "id > 0", unless = "result % 2 == 0")
  static int positive(long id) {
    return RUNS.incrementAndGet();
  }

  public static void main(String[] args) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(64);
    List<Future<String>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      calls.add(
          pool.submit(
              () -> {
                ALL.countDown();
                return slow(1);
              }));
    }
    boolean same = true;
    for (Future<String> call : calls) {
      same &= call.get().equals("run 1");
    }
    pool.shutdown();
    CacheStats stats = Larder.stats("slow");
    System.out.println(
        "runs="
            + RUNS.get()
            + " same="
            + same
            + " calls="
            + (stats.hits() + stats.misses() + stats.bypassed())
            + " loads="
            + stats.loads());
    measureLife();
    RUNS.set(0);
    System.out.println("condition=" + positive(-1) + " " + positive(-1));
    System.out.println(
        "unless=" + positive(1) + " " + positive(1) + " " + positive(2) + " " + positive(2));
  }

  /**
   * Prints bounds of how long an entry was served, in milliseconds: at least {@code served}, and
   * less than {@code gone}. Both hold however long the threads of this process were kept waiting.
   */
  private static void measureLife() {
    long before = System.nanoTime();
    int first = brief(1);
    long after = System.nanoTime();
    long lastHit = after;
    while (true) {
      long call = System.nanoTime();
      if (brief(1) != first) {
        break;
      }
      lastHit = call;
    }
    System.out.println("served=" + (lastHit - after) / 1_000_000);
    System.out.println("gone=" + (bodyAt - before) / 1_000_000);
  }
}
