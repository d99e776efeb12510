/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A cold key under many threads at once: until all have their answer. The body runs once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ColdKey {

  private static final long BODY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** Caffeine's {@code get(key, loader)}, or Larder. */
  @Param({"caffeine", "larder"})
  private String contender;

  /** {@code platform}: 64 threads; {@code virtual}: 10,000 virtual ones, on 21 and newer. */
  @Param({"platform", "virtual"})
  private String threads;

  private final AtomicLong keys = new AtomicLong();
  private ExecutorService executor;
  private Finder finder;
  private int callers;

  private interface Finder {
    Product find(long id);
  }

  private static Product load(long id) {
    long end = System.nanoTime() + BODY_NANOS;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    return Shelf.find(id);
  }

  private static final class ByCaffeine implements Finder {
    private final com.github.benmanes.caffeine.cache.Cache<Long, Product> cache =
        Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(5)).build();

    @Override
    public Product find(long id) {
      return cache.get(id, ColdKey::load);
    }
  }

  private static final class ByLarder implements Finder {
    ByLarder() {
      LarderShop.Agent.require();
    }

    @Override
    @dev.larder.Cache("cold")
    public Product find(long id) {
      return load(id);
    }
  }

  /** Makes the cache and the threads. */
  @Setup
  public void create() throws ReflectiveOperationException {
    finder = contender.equals("larder") ? new ByLarder() : new ByCaffeine();
    boolean virtual = threads.equals("virtual");
    callers = virtual ? 10_000 : 64;
    executor =
        virtual
            ? (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null)
            : Executors.newFixedThreadPool(callers);
  }

  /** Ends the threads. */
  @TearDown
  public void end() {
    executor.shutdownNow();
  }

  /** One key, from cold to the last answer. */
  @Benchmark
  public int burst() throws InterruptedException, ExecutionException {
    long before = Shelf.runs();
    long key = keys.incrementAndGet();
    CountDownLatch go = new CountDownLatch(1);
    List<Future<Product>> answers = new ArrayList<>(callers);
    for (int i = 0; i < callers; i++) {
      answers.add(
          executor.submit(
              () -> {
                go.await();
                return finder.find(key);
              }));
    }
    go.countDown();
    for (Future<Product> answer : answers) {
      if (answer.get().id() != key) {
        throw new IllegalStateException("a wrong answer");
      }
    }
    if (Shelf.runs() - before != 1) {
      throw new IllegalStateException("the body ran " + (Shelf.runs() - before) + " times");
    }
    return callers;
  }
}
