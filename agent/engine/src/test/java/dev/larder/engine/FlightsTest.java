/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.Probe.Repository;
import dev.larder.engine.entry.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class FlightsTest {

  private final Probe probe = new Probe();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void find_sameArgumentTwice_runsOnce() {
    Repository repository =
        probe.new Repository("c", id -> "value " + id + " of run " + runs.incrementAndGet());

    assertThat(repository.find(1)).isEqualTo("value 1 of run 1");
    assertThat(repository.find(1)).isEqualTo("value 1 of run 1");
    assertThat(repository.find(2)).isEqualTo("value 2 of run 2");
    assertThat(probe.engine.figures("c")).startsWith(1, 2, 0);
  }

  @Test
  void find_coldKeyUnderManyThreads_runsOnce() throws Exception {
    int threads = 64;
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              inside.countDown();
              await(goOn);
              return "run " + runs.incrementAndGet();
            });
    List<Object> values = inParallel(threads, () -> repository.find(7), inside, goOn);

    assertThat(values).hasSize(threads).containsOnly("run 1");
    assertThat(runs).hasValue(1);
    long[] figures = probe.engine.figures("c");
    assertThat(figures[0] + figures[1]).isEqualTo(threads);
  }

  @Test
  void find_leaderThrows_oneFollowerTakesOver() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              int run = runs.incrementAndGet();
              inside.countDown();
              await(goOn);
              if (run == 1) {
                throw new IllegalStateException("the first");
              }
              return "run " + run;
            });
    List<Object> values =
        inParallel(
            16,
            () -> {
              try {
                return repository.find(7);
              } catch (IllegalStateException own) {
                return own.getMessage();
              }
            },
            inside,
            goOn);

    assertThat(values).filteredOn("the first"::equals).hasSize(1);
    assertThat(values).filteredOn("run 2"::equals).hasSize(15);
  }

  @Test
  void find_recursionOfTheSameKey_runsTheBody() {
    AtomicBoolean nested = new AtomicBoolean();
    Repository[] self = new Repository[1];
    self[0] =
        probe
        .new Repository(
            "c",
            id -> {
              runs.incrementAndGet();
              return nested.compareAndSet(false, true) ? self[0].find(id) : "inner";
            });

    assertThat(self[0].find(1)).isEqualTo("inner");
    assertThat(runs).hasValue(2);
  }

  @Test
  void find_twoThreadsInOppositeOrder_bothEnd() throws Exception {
    CountDownLatch bothInside = new CountDownLatch(2);
    Repository[] caches = new Repository[2];
    for (int i = 0; i < 2; i++) {
      int other = 1 - i;
      AtomicBoolean first = new AtomicBoolean(true);
      caches[i] =
          probe
          .new Repository(
              "cache" + i,
              id -> {
                if (first.compareAndSet(true, false)) {
                  bothInside.countDown();
                  await(bothInside);
                  return "outer of " + caches[other].find(id);
                }
                return "inner";
              });
    }
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      Future<Object> one = pool.submit(() -> caches[0].find(1));
      Future<Object> two = pool.submit(() -> caches[1].find(1));
      assertThat(one.get(30, TimeUnit.SECONDS)).asString().startsWith("outer of ");
      assertThat(two.get(30, TimeUnit.SECONDS)).asString().startsWith("outer of ");
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void find_evictWhileLoading_isNotStored() {
    Repository[] self = new Repository[1];
    self[0] =
        probe
        .new Repository(
            "c",
            id -> {
              int run = runs.incrementAndGet();
              if (run == 1) {
                probe.engine.evict("c", id);
              }
              return "run " + run;
            });

    assertThat(self[0].find(1)).isEqualTo("run 1");
    assertThat(self[0].find(1)).isEqualTo("run 2");
    assertThat(self[0].find(1)).isEqualTo("run 2");
  }

  @Test
  void find_clearWhileLoading_isNotStored() {
    Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              int run = runs.incrementAndGet();
              if (run == 1) {
                probe.engine.clear("c");
              }
              return "run " + run;
            });

    assertThat(repository.find(1)).isEqualTo("run 1");
    assertThat(repository.find(1)).isEqualTo("run 2");
  }

  @Test
  void find_otherKeyEvictedWhileLoading_isStored() {
    Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              probe.engine.evict("c", id + 1);
              return "run " + runs.incrementAndGet();
            });

    assertThat(repository.find(1)).isEqualTo("run 1");
    assertThat(repository.find(1)).isEqualTo("run 1");
  }

  @Test
  void find_anotherTagRemovedWhileLoading_isStored() {
    probe.policies.put("c", Probe.taggedPolicy("tag-{id}"));
    Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              probe.engine.evictTag("another");
              return "run " + runs.incrementAndGet();
            });

    assertThat(repository.find(1)).isEqualTo("run 1");
    assertThat(repository.find(1)).isEqualTo("run 1");
    assertNothingIsLeft(repository);
  }

  @Test
  void find_evictedOnceNobodyCanJoinIt_isNotStored() {
    probe.policies.put("c", Probe.taggedPolicy("tag-{id}"));
    Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              int run = runs.incrementAndGet();
              if (run == 1) {
                probe.engine.evictTag("another"); // after which its key leads to no flight
                probe.engine.evict("c", id);
              }
              return "run " + run;
            });

    assertThat(repository.find(1)).isEqualTo("run 1");
    assertThat(repository.find(1)).isEqualTo("run 2");
    assertNothingIsLeft(repository);
  }

  @Test
  void find_putWhileLoading_keepsWhatWasPut() {
    Probe.Writer writer = probe.new Writer("c");
    Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              writer.update(id, "put");
              return "run " + runs.incrementAndGet();
            });

    assertThat(repository.find(1)).isEqualTo("run 1");
    assertThat(repository.find(1)).isEqualTo("put");
    assertNothingIsLeft(repository);
  }

  @Test
  void find_putOnceNobodyCanJoinIt_keepsWhatWasPut() {
    Probe.Writer writer = probe.new Writer("c");
    Repository[] self = new Repository[1];
    Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              self[0].target.caching().partition().flights.leaveIf(target -> true);
              writer.update(id, "put");
              return "run " + runs.incrementAndGet();
            });
    self[0] = repository;

    assertThat(repository.find(1)).isEqualTo("run 1");
    assertThat(repository.find(1)).isEqualTo("put");
    assertNothingIsLeft(repository);
  }

  private static void assertNothingIsLeft(Repository repository) {
    Partition partition = repository.target.caching().partition();
    assertThat(partition.flights.isEmpty()).isTrue();
    assertThat(partition.loads.size()).isZero();
  }

  @Test
  void find_bodyThrows_sameInstanceComesThroughAndNothingIsKept() {
    IllegalStateException thrown = new IllegalStateException("mine");
    Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              runs.incrementAndGet();
              throw thrown;
            });

    assertThatThrownBy(() -> repository.find(1)).isSameAs(thrown);
    assertThatThrownBy(() -> repository.find(1)).isSameAs(thrown);
    assertThat(runs).hasValue(2);
    assertNothingIsLeft(repository);
  }

  @Test
  void removals_ofWhatIsPastItsTime_countNothing() {
    probe.policies.put("tagged", Probe.taggedPolicy("all", 1));
    Repository repository = probe.new Repository("tagged", id -> "" + id);
    List<LongSupplier> removals =
        List.of(
            () -> probe.engine.evict("tagged", 7L),
            () -> probe.engine.evictTag("all"),
            () -> probe.engine.clear("tagged"),
            probe.engine::clearAll);
    for (LongSupplier removal : removals) {
      repository.find(7);
      long stored = Clock.precise();
      while (Clock.precise() <= stored + 1) {
        Thread.onSpinWait();
      }

      assertThat(removal.getAsLong()).isZero();
    }
    assertThat(probe.engine.figures("tagged")[10]).as("entries").isZero();
  }

  @Test
  void evict_intMeetsLong_countsWhatWent() {
    Repository repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    repository.find(5);
    repository.find(6);

    assertThat(probe.engine.evict("c", 5)).isEqualTo(1);
    assertThat(probe.engine.evict("c", 5)).isZero();
    assertThat(probe.engine.evict("c", "5")).isZero();
    assertThat(probe.engine.clear("c")).isEqualTo(1);
    assertThat(probe.engine.figures("c")[7]).isEqualTo(2);
  }

  private static List<Object> inParallel(
      int threads, Callable<Object> call, CountDownLatch inside, CountDownLatch goOn)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      AtomicInteger started = new AtomicInteger();
      List<Future<Object>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(
            pool.submit(
                () -> {
                  started.incrementAndGet();
                  return call.call();
                }));
      }
      await(inside);
      Awaitility.await().until(() -> started.get() == threads);
      goOn.countDown();
      List<Object> values = new ArrayList<>();
      for (Future<Object> each : calls) {
        values.add(each.get(30, TimeUnit.SECONDS));
      }
      return values;
    } finally {
      pool.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
