/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import dev.larder.spi.ObjectStore;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * A store of objects in this JVM's heap.
 *
 * <p>Caffeine decides what goes to make room (W-TinyLFU). It is asked for nothing else: no expiry,
 * since entries carry their deadline and a ticker would cost more than the look-up; no statistics,
 * since the engine counts; and it tidies up on the thread that calls, since the common pool belongs
 * to the application.
 *
 * <p>The cache is always a weighted one, because Caffeine cannot change between a bound of entries
 * and a bound of weight, and a running store may be given either. {@link Bounds} has the weights.
 */
final class MemoryStore<E> implements ObjectStore<E> {

  private final LongAdder evictions = new LongAdder();
  private final ToLongFunction<? super E> weigher;
  private final Cache<Object, E> cache;
  private final ConcurrentMap<Object, E> map;
  private final Policy.Eviction<Object, E> eviction;
  private volatile Bounds bounds;

  MemoryStore(long maxEntries, long maxWeight, ToLongFunction<? super E> weigher) {
    this.weigher = weigher;
    this.bounds = Bounds.of(maxEntries, maxWeight);
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(bounds.maximum())
            .weigher((Object key, E entry) -> weigh(entry))
            .executor(Runnable::run)
            .evictionListener((key, entry, cause) -> evictions.increment())
            .build();
    this.map = cache.asMap();
    this.eviction = cache.policy().eviction().orElseThrow();
  }

  private int weigh(E entry) {
    Bounds now = bounds;
    return now.weigh(now.byBytes() ? weigher.applyAsLong(entry) : 1);
  }

  @Override
  public E get(Object key) {
    return cache.getIfPresent(key);
  }

  @Override
  public void put(Object key, E entry) {
    cache.put(key, entry);
  }

  @Override
  public E remove(Object key) {
    return map.remove(key);
  }

  @Override
  public boolean remove(Object key, E entry) {
    boolean[] removed = {false};
    map.computeIfPresent(
        key,
        (same, present) -> {
          removed[0] = present == entry;
          return removed[0] ? null : present;
        });
    return removed[0];
  }

  @Override
  public long removeIf(Predicate<? super E> test) {
    long removed = 0;
    for (var each : map.entrySet()) {
      if (test.test(each.getValue()) && remove(each.getKey(), each.getValue())) {
        removed++;
      }
    }
    return removed;
  }

  @Override
  public long clear() {
    long removed = 0;
    for (Object key : map.keySet()) {
      if (map.remove(key) != null) {
        removed++;
      }
    }
    return removed;
  }

  @Override
  public long size() {
    cache.cleanUp();
    return cache.estimatedSize();
  }

  @Override
  public long evictions() {
    cache.cleanUp();
    return evictions.sum();
  }

  /**
   * Changes the bounds. Where what an entry weighs changes with them, each is weighed anew, in
   * place and one by one, so that no removal on the way is lost; meanwhile nothing goes for want of
   * room.
   */
  @Override
  public synchronized void resize(long maxEntries, long maxWeight) {
    Bounds before = bounds;
    Bounds after = Bounds.of(maxEntries, maxWeight);
    if (before.byBytes() != after.byBytes() || before.least() != after.least()) {
      eviction.setMaximum(Long.MAX_VALUE);
      bounds = after;
      for (Object key : map.keySet()) {
        map.computeIfPresent(key, (same, entry) -> entry);
      }
    }
    bounds = after;
    eviction.setMaximum(after.maximum());
  }
}
