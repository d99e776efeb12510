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
 * <p>Whoever uses the store tidies it up: to wake another thread for it costs more. To do so at
 * each put would double what a put costs, so a large store waits until there is something to do for
 * several; but not one that is small, or holds what may be large: what is too much goes at once
 * there.
 *
 * <p>The cache is always a weighted one, because Caffeine cannot change between a bound of entries
 * and a bound of weight, and a running store may be given either. {@link Bounds} has the weights.
 */
final class MemoryStore<E> implements ObjectStore<E> {

  /** So many entries are weighed before a sample of the others has to do. */
  private static final int ALL_WEIGHED = 64;

  private static final int ONE_IN = 32;

  /** From so many entries on a few too many count for nothing. */
  private static final int LARGE = 1_000;

  /** A large store is tidied up once it has been used so often since there was reason to. */
  private static final int TOGETHER = 16;

  /** What the last sample counts in the mean, when there have been many. */
  private static final double LATEST = 1.0 / ALL_WEIGHED;

  private final LongAdder evictions = new LongAdder();
  private final ToLongFunction<? super E> weigher;
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

  /** What tidies up, while that is put off; null while there is nothing to do. */
  private volatile Runnable due;

  /** How often the store has been used since; a lost update among threads puts it off by one. */
  private int uses;

  /** What Caffeine holds at most, in weight: what the bounds say, or less for want of room. */
  private volatile long maximum;

  /** Samples so far, and their mean; a lost update among threads costs one sample. */
  private volatile int samples;

  private volatile double mean;

  MemoryStore(long maxEntries, long maxWeight, ToLongFunction<? super E> weigher, Room room) {
    this.weigher = weigher;
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
      tidyNow(task);
    } else {
      uses = 0;
      due = task;
    }
  }

  private void tidyNow(Runnable task) {
    task.run();
    boolean still = isRoomy();
    if (still != roomy) {
      roomy = still;
    }
  }

  /** Tidies up, if that is due and has been put off for long enough. */
  private void tidyTogether() {
    if (due != null && ++uses >= TOGETHER) {
      tidyWhatIsDue();
    }
  }

  private void tidyWhatIsDue() {
    Runnable task = due;
    if (task != null) {
      due = null;
      tidyNow(task);
    }
  }

  private int weigh(E entry) {
    Bounds now = bounds;
    return now.weigh(now.byBytes() ? weigher.applyAsLong(entry) : 1);
  }

  @Override
  public E get(Object key) {
    return roomy ? policy.getIfPresentQuietly(key) : getNoted(key);
  }

  private E getNoted(Object key) {
    E entry = cache.getIfPresent(key);
    tidyTogether();
    return entry;
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
    tidyTogether();
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
    E removed = map.remove(key);
    tidyWhatIsDue(); // until then Caffeine holds what is gone
    return removed;
  }

  @Override
  public boolean remove(Object key, E entry) {
    boolean removed = take(key, entry);
    tidyWhatIsDue();
    return removed;
  }

  private boolean take(Object key, E entry) {
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
      if (test.test(each.getValue()) && take(each.getKey(), each.getValue())) {
        removed++;
      }
    }
    tidyWhatIsDue();
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
    tidyWhatIsDue();
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
