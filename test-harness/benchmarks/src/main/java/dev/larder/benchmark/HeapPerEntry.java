/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.benchmark;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.Locale;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What an entry takes of the heap beside its value, key and tables included: the same value stands
 * under very many keys, so that it counts for nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
public class HeapPerEntry {

  private static final int ENTRIES = 400_000;
  private static final Product VALUE = new Product(1, "product", 1);

  /** Caffeine by hand, or Larder; each has room for more. */
  @Param({"caffeine", "larder"})
  private String contender;

  private Shop shop;

  /** What was found. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Heap {
    /** In bytes. */
    public double bytesPerEntry;

    /** For each measurement anew. */
    @Setup(Level.Iteration)
    public void reset() {
      bytesPerEntry = 0;
    }
  }

  private record Price(String name, int quantity, Locale locale) {}

  /** As most would write it. */
  private static final class ByCaffeine implements Shop {
    private final Cache<Long, Product> products = cache();
    private final Cache<Price, Product> prices = cache();

    private static <K> Cache<K, Product> cache() {
      return Caffeine.newBuilder()
          .maximumSize(1_000_000)
          .expireAfterWrite(Duration.ofMinutes(5))
          .build();
    }

    @Override
    public Product find(long id) {
      return products.get(id, key -> VALUE);
    }

    @Override
    public Product price(String name, int quantity, Locale locale) {
      return prices.get(new Price(name, quantity, locale), key -> VALUE);
    }
  }

  private static final class ByLarder implements Shop {
    ByLarder() {
      LarderShop.Agent.require();
    }

    @Override
    @dev.larder.Cache("heap-find")
    public Product find(long id) {
      return VALUE;
    }

    @Override
    @dev.larder.Cache("heap-price")
    public Product price(String name, int quantity, Locale locale) {
      return VALUE;
    }
  }

  /** Makes the cache, with whatever is made at the first call. */
  @Setup
  public void create() {
    shop = contender.equals("larder") ? new ByLarder() : new ByCaffeine();
    shop.find(-1);
    shop.price("name", -1, Locale.GERMANY);
  }

  private interface Filling {
    void of(int i);
  }

  private double measure(Filling filling) {
    long before = used();
    for (int i = 0; i < ENTRIES; i++) {
      filling.of(i);
    }
    return (double) (used() - before) / ENTRIES;
  }

  private static long used() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    for (int i = 0; i < 3; i++) {
      memory.gc();
    }
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** {@code find(long)}. */
  @Benchmark
  public Object find(Heap heap) {
    heap.bytesPerEntry = measure(i -> shop.find(i));
    return shop;
  }

  /** {@code price(String, int, Locale)}; the text is everybody's. */
  @Benchmark
  public Object price(Heap heap) {
    heap.bytesPerEntry = measure(i -> shop.price("name", i, Locale.GERMANY));
    return shop;
  }
}
