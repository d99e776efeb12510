/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A cold key under 64 threads, and a time to live. */
public final class Main {

  static final AtomicInteger RUNS = new AtomicInteger();
  static final CountDownLatch ALL = new CountDownLatch(64);

  @Cache(ttl = "400ms", condition = "id > 0")
  static String find(long id) throws Exception {
    ALL.await();
    return "run " + RUNS.incrementAndGet();
  }

  public static void main(String[] args) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(64);
    List<Future<String>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      calls.add(
          pool.submit(
              () -> {
                ALL.countDown();
                return find(1);
              }));
    }
    for (Future<String> call : calls) {
      call.get();
    }
    pool.shutdown();
    System.out.println("runs=" + RUNS.get());
    long start = System.nanoTime();
    find(2);
    int stored = RUNS.get();
    while (RUNS.get() == stored) {
      find(2);
    }
    long lived = (System.nanoTime() - start) / 1_000_000;
    System.out.println("lived=" + lived);
    find(-1);
    find(-1);
    System.out.println("condition=" + (RUNS.get() - stored - 1));
  }
}
