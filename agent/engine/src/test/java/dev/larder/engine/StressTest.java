/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.Probe.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Flights and removals under many threads at once: what must hold whoever comes first. */
final class StressTest {

  private static final int THREADS = 64;

  private final Probe probe = new Probe();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  @SuppressWarnings("ThreadPriorityCheck")
  void find_whileAnotherThreadChangesAndEvicts_isNeverOlderThanTheEvict() throws Exception {
    AtomicLong source = new AtomicLong();
    AtomicLong evicted = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              long read = source.get();
              Thread.yield(); // so that an evict may come between reading and storing
              return read;
            });
    List<Callable<Long>> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(
          () -> {
            long found = 0;
            while (!over.get()) {
              long least = evicted.get();
              found = (long) repository.find(1);
              assertThat(found).isGreaterThanOrEqualTo(least);
            }
            return found;
          });
    }
    all.add(
        () -> {
          try {
            for (long change = 1; change <= 5_000; change++) {
              source.set(change);
              if (change % 3 == 0) {
                probe.engine.clear("c");
              } else {
                probe.engine.evict("c", 1);
              }
              evicted.set(change);
            }
          } finally {
            over.set(true);
          }
          return source.get();
        });
    inParallel(all);

    assertThat(repository.find(1)).isEqualTo(source.get());
  }

  @Test
  void find_leadersThatFail_endInARunForEach() throws Exception {
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
              if (run <= 2) {
                throw new IllegalStateException("run " + run);
              }
              return "run " + run;
            });
    AtomicInteger started = new AtomicInteger();
    List<Callable<Object>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(
          () -> {
            started.incrementAndGet();
            try {
              return repository.find(1);
            } catch (IllegalStateException own) {
              return own;
            }
          });
    }
    all.add(
        () -> {
          await(inside);
          Awaitility.await().until(() -> started.get() == THREADS);
          goOn.countDown();
          return "none";
        });
    List<Object> values = inParallel(all);

    assertThat(values).filteredOn(IllegalStateException.class::isInstance).hasSize(2);
    assertThat(values).doesNotContainNull();
  }

  @Test
  void find_interruptedFollower_runsItsBodyAndKeepsTheMark() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Repository repository =
        probe
        .new Repository(
            "c",
            id -> {
              int run = runs.incrementAndGet();
              if (run == 1) {
                inside.countDown();
                await(goOn);
              }
              return "run " + run;
            });
    List<Object> seen = new ArrayList<>();
    Thread leader = new Thread(() -> repository.find(1));
    Thread follower =
        new Thread(
            () -> {
              seen.add(repository.find(1));
              seen.add(Thread.currentThread().isInterrupted());
            });
    leader.start();
    await(inside);
    follower.start();
    Awaitility.await().until(() -> follower.getState() == Thread.State.TIMED_WAITING);
    follower.interrupt();
    follower.join(20_000);
    goOn.countDown();
    leader.join(20_000);

    assertThat(seen).containsExactly("run 2", true);
  }

  @Test
  void find_nestedInAnyOrderAcrossCaches_ends() throws Exception {
    Repository[] caches = new Repository[4];
    for (int i = 0; i < caches.length; i++) {
      int own = i;
      // Each cache loads from another one, which one depends on the key: circles of all lengths.
      caches[i] =
          probe
          .new Repository(
              "cache" + i,
              id -> id == 0 ? "end" : caches[(own + 1 + (int) (id % 3)) % 4].find(id - 1));
    }
    List<Callable<Object>> all = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      long seed = i;
      all.add(
          () -> {
            Random random = new Random(seed);
            Object last = null;
            for (int round = 0; round < 200; round++) {
              int cache = random.nextInt(caches.length);
              last = caches[cache].find(random.nextInt(12));
              assertThat(last).isEqualTo("end");
              probe.engine.clear("cache" + random.nextInt(caches.length));
            }
            return last;
          });
    }

    assertThat(inParallel(all)).containsOnly("end");
  }

  @Test
  void find_twoKeysThatNeedEachOther_endByOneRunMore() throws Exception {
    // 1 loads 2 and 2 loads 1, each on a thread of its own, until somebody sees the circle.
    CountDownLatch both = new CountDownLatch(2);
    ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
    Repository[] self = new Repository[1];
    self[0] =
        probe
        .new Repository(
            "c",
            id -> {
              if (depth.get() > 0) {
                return "inner";
              }
              both.countDown();
              await(both);
              depth.set(1);
              try {
                return "of " + self[0].find(3 - id);
              } finally {
                depth.set(0);
              }
            });
    List<Object> values = inParallel(List.of(() -> self[0].find(1), () -> self[0].find(2)));

    assertThat(values).allMatch(value -> value.toString().startsWith("of "));
  }

  private static <T> List<T> inParallel(List<Callable<T>> calls) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(calls.size());
    try {
      List<T> values = new ArrayList<>();
      for (Future<T> each : pool.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        values.add(each.get());
      }
      return values;
    } finally {
      pool.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
