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
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * A store of objects in this JVM's heap.
 *
 * <p>Caffeine decides what goes to make room (W-TinyLFU). It is asked for nothing else: no expiry,
 * since entries carry their deadline and a ticker would cost more than the look-up; no statistics,
 * since the engine counts.
 *
 * <p>Whoever puts something in tidies up: to wake another thread for it costs more. Where puts
 * follow each other so fast that one waking does for many, to tidy up at each would double what
 * they cost, and is left to a thread of Larder's (the common pool belongs to the application); but
 * not where a store is small, or holds what may be large: what is too much goes at once there.
 *
 * <p>The cache is always a weighted one, because Caffeine cannot change between a bound of entries
 * and a bound of weight, and a running store may be given either. {@link Bounds} has the weights.
 */
final class MemoryStore<E> implements ObjectStore<E> {

  /** So many entries are weighed before a sample of the others has to do. */
  private static final int ALL_WEIGHED = 64;

  private static final int ONE_IN = 32;

  /** From so many entries on a few too many, for a moment, count for nothing. */
  private static final int LARGE = 1_000;

  /** A put that comes so soon after the last tidying up leaves the next to another thread. */
  private static final long BUSY_NANOS = 2_000;

  /** What the last sample counts in the mean, when there have been many. */
  private static final double LATEST = 1.0 / ALL_WEIGHED;

  private final LongAdder evictions = new LongAdder();
  private final ToLongFunction<? super E> weigher;
  private final Executor tidying;
  private final Cache<Object, E> cache;
  private final ConcurrentMap<Object, E> map;
  private final Policy.Eviction<Object, E> eviction;
  private final Policy<Object, E> policy;
  private final Room room;
  private volatile Bounds bounds;

  /**
   * Whether it is so far from full that nothing is to go, and so it need not know what is read. To
   * look something up is then so short that the compiler takes it into whoever asks.
   */
  private volatile boolean roomy;

  /** When it was tidied up last, by {@link System#nanoTime}. */
  private volatile long tidied = System.nanoTime() - BUSY_NANOS;

  /** What Caffeine holds at most, in weight: what the bounds say, or less for want of room. */
  private volatile long maximum;

  /** Samples so far, and their mean; a lost update among threads costs one sample. */
  private volatile int samples;

  private volatile double mean;

  MemoryStore(
      long maxEntries,
      long maxWeight,
      ToLongFunction<? super E> weigher,
      Room room,
      Executor tidying) {
    this.weigher = weigher;
    this.tidying = tidying;
    this.room = room;
    this.bounds = Bounds.of(maxEntries, maxWeight);
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(bounds.maximum())
            .weigher((Object key, E entry) -> weigh(entry))
            .executor(this::tidy)
            .evictionListener((key, entry, cause) -> evictions.increment())
            .build();
    this.map = cache.asMap();
    this.policy = cache.policy();
    this.eviction = policy.eviction().orElseThrow();
    this.maximum = bounds.maximum();
    this.roomy = isRoomy();
    room.add(this);
  }

  private void tidy(Runnable task) {
    Bounds now = bounds;
    if (now.byBytes() || now.maximum() < LARGE) {
      task.run();
    } else if (System.nanoTime() - tidied >= BUSY_NANOS) {
      tidyNow(task);
    } else {
      tidying.execute(() -> tidyNow(task));
    }
  }

  private void tidyNow(Runnable task) {
    task.run();
    tidied = System.nanoTime();
  }

  private int weigh(E entry) {
    Bounds now = bounds;
    return now.weigh(now.byBytes() ? weigher.applyAsLong(entry) : 1);
  }

  @Override
  public E get(Object key) {
    return roomy ? policy.getIfPresentQuietly(key) : cache.getIfPresent(key);
  }

  /** Below a half Caffeine notes no reads either. */
  private boolean isRoomy() {
    return !bounds.byBytes() && cache.estimatedSize() < maximum / 2;
  }

  private void limit(long most) {
    maximum = most;
    roomy = isRoomy();
    eviction.setMaximum(most);
  }

  @Override
  public void put(Object key, E entry) {
    cache.put(key, entry);
    boolean still = isRoomy();
    if (still != roomy) {
      roomy = still;
    }
    if (room.isBounded() && isSampled()) {
      sample(entry);
      room.settle();
    }
  }

  private boolean isSampled() {
    return samples < ALL_WEIGHED || ThreadLocalRandom.current().nextInt(ONE_IN) == 0;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // an update may be lost
  private void sample(E entry) {
    int count = Math.min(samples + 1, ALL_WEIGHED);
    double share = count < ALL_WEIGHED ? 1.0 / count : LATEST;
    mean += (weigher.applyAsLong(entry) - mean) * share;
    samples = count;
  }

  /** An estimate of what its entries take. */
  double bytes() {
    return mean * cache.estimatedSize();
  }

  /** Gives up all but a share of what it holds, and holds no more until {@link #mayGrow}. */
  synchronized void shrinkTo(double share) {
    long held = eviction.weightedSize().orElse(0);
    limit(Math.min(maximum, (long) (held * share)));
  }

  /** Lets it hold as much as its own bounds say. */
  synchronized void mayGrow() {
    limit(bounds.maximum());
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
      limit(Long.MAX_VALUE);
      bounds = after;
      for (Object key : map.keySet()) {
        map.computeIfPresent(key, (same, entry) -> entry);
      }
    }
    bounds = after;
    limit(after.maximum());
  }
}
