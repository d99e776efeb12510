/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class FlightTableTest {

  private static final int KEYS = 6;

  private static final Flight.Origin TARGET =
      new Flight.Origin() {
        @Override
        public boolean hasTags() {
          return false;
        }

        @Override
        public boolean givesFuture() {
          return false;
        }
      };

  private final FlightTable table = new FlightTable();

  /** Keys that differ, of which half share a slot. */
  private record Key(int number) {
    @Override
    public int hashCode() {
      return number % 2;
    }
  }

  private Flight flight(int key) {
    return new Flight(new Key(key), TARGET, false);
  }

  @Test
  void flightsOfOneSlot_areFoundAndRemovedEachByItself() {
    for (int removed = 0; removed < 3; removed++) {
      List<Flight> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(flight(2 * i));
        assertThat(table.putIfAbsent(all.get(i))).isNull();
      }
      for (int i = 0; i < 3; i++) {
        assertThat(table.putIfAbsent(flight(2 * i))).isSameAs(all.get(i));
      }

      table.remove(all.get(removed));

      table.remove(all.get(removed)); // and nothing happens
      Flight next = flight(2 * removed);
      assertThat(table.putIfAbsent(next)).isNull();
      all.set(removed, next);
      for (Flight each : all) {
        assertThat(table.isEmpty()).isFalse();
        assertThat(table.putIfAbsent(flight(((Key) each.key).number()))).isSameAs(each);
        table.remove(each);
      }
      assertThat(table.isEmpty()).isTrue();
    }
  }

  @Test
  void removeIf_takesWhatTheTestNames() {
    List<Flight> all = List.of(flight(0), flight(1), flight(2), flight(4));
    all.forEach(table::putIfAbsent);

    table.removeIf(new Key(2), each -> false);
    assertThat(table.putIfAbsent(flight(2))).isSameAs(all.get(2));
    table.removeIf(new Key(2), each -> true);
    table.removeIf(new Key(6), each -> true);
    table.removeIf(each -> each == all.get(1) || each == all.get(3));

    assertThat(table.putIfAbsent(flight(0))).isSameAs(all.get(0));
    for (int key : new int[] {1, 2, 4, 6}) {
      assertThat(table.putIfAbsent(flight(key))).isNull();
    }
  }

  @Test
  void replace_whileItRuns_letsNobodyBegin() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> replacing =
          threads.submit(
              () ->
                  table.replace(
                      new Key(1),
                      none -> {
                        inside.countDown();
                        awaitUninterrupted(go);
                        return done.incrementAndGet() > 1;
                      }));
      inside.await();
      Future<Integer> leading =
          threads.submit(
              () -> {
                table.putIfAbsent(flight(1));
                return done.get();
              });
      go.countDown();

      assertThat(leading.get(10, TimeUnit.SECONDS)).isEqualTo(1);
      replacing.get(10, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void manyThreads_leadEachKeyOneAtATime_andLeaveNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    AtomicIntegerArray leaders = new AtomicIntegerArray(KEYS);
    AtomicInteger twice = new AtomicInteger();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(seed + i);
      tasks.add(
          () -> {
            for (int turn = 0; turn < 50_000; turn++) {
              turn(random, leaders, twice);
            }
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> each : threads.invokeAll(tasks)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(twice).hasValue(0);
    assertThat(table.isEmpty()).isTrue();
  }

  /** Leads a flight, or does what nobody may lead one beside. */
  private void turn(Random random, AtomicIntegerArray leaders, AtomicInteger twice) {
    int key = random.nextInt(KEYS);
    if (random.nextInt(8) == 0) {
      table.replace(
          new Key(key),
          flight -> {
            if (flight == null) {
              alone(key, leaders, twice);
            }
            return false;
          });
      return;
    }
    Flight mine = flight(key);
    if (table.putIfAbsent(mine) == null) {
      alone(key, leaders, twice);
      table.remove(mine);
    }
  }

  private static void alone(int key, AtomicIntegerArray leaders, AtomicInteger twice) {
    if (leaders.incrementAndGet(key) != 1) {
      twice.incrementAndGet();
    }
    Thread.onSpinWait();
    leaders.decrementAndGet(key);
  }
}
