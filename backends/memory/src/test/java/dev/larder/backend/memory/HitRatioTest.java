/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.spi.ObjectStore;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the store keeps of made traces, beside Caffeine as most would use it (W-TinyLFU), with as
 * many entries: nothing that is put around it may cost it hits.
 */
class HitRatioTest {

  private static final int ENTRIES = 1_000;
  private static final int ACCESSES = 200_000;
  private static final int SEED = 20_260_101;

  private static final double ONE_POINT = 0.01;

  /**
   * Keys in the order in which they are asked for; each begins anew with the same seed.
   *
   * <p>Caffeine now and then admits an entry by chance, so that nobody can fill it with rubbish. By
   * that the ratios of one loop lie up to three points apart, those of the others half a point; so
   * many rounds are made of each that the means are far less than a point apart.
   */
  private enum Trace {
    ZIPF(3) {
      @Override
      LongSupplier keys() {
        Zipf zipf = new Zipf(20 * ENTRIES, 0.9);
        return zipf::next;
      }
    },

    /** Of which the popular ones are others, halfway. */
    SHIFTING_ZIPF(3) {
      @Override
      LongSupplier keys() {
        Zipf zipf = new Zipf(20 * ENTRIES, 0.9);
        int[] count = {0};
        return () -> zipf.next() + (count[0]++ < ACCESSES / 2 ? 0 : 5 * ENTRIES);
      }
    },

    /** Broken into by long reads of what is never asked for again. */
    ZIPF_WITH_SCANS(3) {
      @Override
      LongSupplier keys() {
        Zipf zipf = new Zipf(20 * ENTRIES, 0.9);
        int[] count = {0};
        return () -> {
          int now = count[0]++;
          return now % (10 * ENTRIES) < 2 * ENTRIES ? 1_000_000L + now : zipf.next();
        };
      }
    },

    /** Over a little more than there is room for, where whoever keeps the latest keeps nothing. */
    LOOP(20) {
      @Override
      LongSupplier keys() {
        int[] count = {0};
        return () -> count[0]++ % (ENTRIES * 5 / 4);
      }
    };

    final int rounds;

    Trace(int rounds) {
      this.rounds = rounds;
    }

    abstract LongSupplier keys();
  }

  /** Numbers of which the first are asked for most. */
  private static final class Zipf {
    private final Random random = new Random(SEED);
    private final double[] upTo;

    Zipf(int keys, double skew) {
      upTo = new double[keys];
      double sum = 0;
      for (int i = 0; i < keys; i++) {
        sum += 1 / Math.pow(i + 1, skew);
        upTo[i] = sum;
      }
    }

    long next() {
      int place = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
      return place < 0 ? -place - 1 : place;
    }
  }

  private static double ratio(Trace trace, Supplier<LongPredicate> caches) {
    LongSupplier supplied = trace.keys();
    long[] keys = new long[ACCESSES];
    Arrays.setAll(keys, i -> supplied.getAsLong());
    return IntStream.range(0, trace.rounds)
        .mapToDouble(round -> ratio(keys, caches.get()))
        .average()
        .orElseThrow();
  }

  private static double ratio(long[] keys, LongPredicate hits) {
    return (double) LongStream.of(keys).filter(hits).count() / keys.length;
  }

  private static LongPredicate caffeine() {
    Cache<Long, Long> cache =
        Caffeine.newBuilder().maximumSize(ENTRIES).executor(Runnable::run).build();
    return key -> {
      boolean found = cache.getIfPresent(key) != null;
      if (!found) {
        cache.put(key, key);
      }
      return found;
    };
  }

  private static LongPredicate store(long maxMemory) {
    ObjectStore<Long> store =
        new MemoryStores(maxMemory).<Long>create(ENTRIES, Long.MAX_VALUE, entry -> 100);
    return key -> {
      boolean found = store.get(key) != null;
      if (!found) {
        store.put(key, key);
      }
      return found;
    };
  }

  @ParameterizedTest
  @EnumSource
  void store_ofATrace_hitsAsOftenAsCaffeine(Trace trace) {
    double byCaffeine = ratio(trace, HitRatioTest::caffeine);

    assertThat(byCaffeine).as("the trace has something to hit").isGreaterThan(0.2);
    assertThat(ratio(trace, () -> store(Long.MAX_VALUE)))
        .isGreaterThanOrEqualTo(byCaffeine - ONE_POINT);
    assertThat(ratio(trace, () -> store(1L << 30)))
        .as("with a bound that all stores have together")
        .isGreaterThanOrEqualTo(byCaffeine - ONE_POINT);
  }
}
