/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Misses: each call has a key that nobody has asked for, and pushes an older one out. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Miss {

  /** Caffeine's {@code get(key, loader)}, or Larder. */
  @Param({"caffeine", "larder"})
  private String contender;

  private Finder finder;

  private interface Finder {
    Product find(long id);
  }

  private static final class ByCaffeine implements Finder {
    private final com.github.benmanes.caffeine.cache.Cache<Long, Product> cache =
        Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(5)).build();

    @Override
    public Product find(long id) {
      return cache.get(id, Shelf::find);
    }
  }

  /** Makes the cache. */
  @Setup
  public void create() {
    finder = contender.equals("larder") ? new LarderShop()::find : new ByCaffeine();
  }

  /** Keys that never come again. */
  @State(Scope.Thread)
  public static class Fresh {
    private long next;

    /** Begins where no other thread is. */
    @Setup
    public void begin() {
      next = Thread.currentThread().getId() << 40;
    }
  }

  /** One miss. */
  @Benchmark
  public Object miss(Fresh fresh) {
    return finder.find(fresh.next++);
  }
}
