/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.larder.engine.observe.Report.Lifetime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MethodWatchTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final Observations observations = new Observations(1L << 30);
  private final MethodWatch watch = observations.of(subject("find"));
  private final long origin = System.nanoTime();

  private static Subject subject(String method) {
    return new Subject("com.acme.Shop", method, "long", "all", false, false, Map.of(), null, null);
  }

  /** A call of a millisecond that ends so many milliseconds after the first. */
  private void call(long key, Outcome outcome, long result, long atMillis) {
    long ended = origin + atMillis * MILLI;
    watch.ended(mixed(key), outcome, result, ended - MILLI, ended);
  }

  /** As a fingerprint is: each bit depends on each bit. */
  private static long mixed(long key) {
    long hash = (key + 1) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
    hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
    return hash ^ (hash >>> 32);
  }

  private Lifetime lifetime(long ttlMillis) {
    return watch.report().lifetimes().stream()
        .filter(each -> each.ttlMillis() == ttlMillis)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void callsOfOneKey_areAsOldAsTheirLoad_notAsTheirLastCall() {
    for (int i = 0; i <= 60; i++) {
      call(1, Outcome.VALUE, 7, 1_000 + i * 600);
    }
    assertThat(watch.report().repeats()).isEqualTo(60);
    assertThat(watch.report().keys()).isEqualTo(1);
    assertThat(lifetime(1_000).hits()).as("every other").isEqualTo(30);
    assertThat(lifetime(5_000).hits()).as("but one in nine").isEqualTo(54);
    assertThat(lifetime(60_000)).isEqualTo(new Lifetime(60_000, 60, 0, 0, 0));
  }

  @Test
  void changedResult_isStaleUntilACacheWouldHaveLoadedIt() {
    for (int i = 0; i < 20; i++) {
      call(1, Outcome.VALUE, i < 10 ? 7 : 8, 1_000 + i * 900);
    }
    Report.Method report = watch.report();
    assertThat(report.compared()).isEqualTo(19);
    assertThat(report.changed()).isEqualTo(1);
    assertThat(lifetime(60_000).hits()).isEqualTo(19);
    assertThat(lifetime(60_000).stale()).as("all from the change on").isEqualTo(10);
    assertThat(lifetime(5_000).stale()).as("till the next load").isBetween(1L, 6L);
    assertThat(report.gaps().get(0)).isEqualTo(new Report.Gap(1_000, 19, 1));
  }

  @Test
  void resultsThatDifferEachTime_areAllStale_howeverSoonTheyFollow() {
    for (int i = 0; i < 100; i++) {
      call(1, Outcome.VALUE, i, 1_000);
    }
    assertThat(lifetime(1_000).hits()).isEqualTo(99);
    assertThat(lifetime(1_000).stale()).isEqualTo(99);
  }

  @Test
  void nulls_failuresAndWhatCannotBeCompared_areToldApart() {
    call(1, Outcome.NULL, 0, 1_000);
    call(1, Outcome.NULL, 0, 1_100);
    call(1, Outcome.VALUE, 5, 1_200);
    call(2, Outcome.FAILED, 0, 1_000);
    call(2, Outcome.FAILED, 0, 1_100);
    call(3, Outcome.VALUE, 5, 1_000);
    call(3, Outcome.UNKNOWN, 0, 1_100);
    call(3, Outcome.VALUE, 6, 1_200);

    Report.Method report = watch.report();
    assertThat(report.calls()).isEqualTo(8);
    assertThat(report.failures()).isEqualTo(2);
    assertThat(report.nulls()).isEqualTo(2);
    assertThat(report.keys()).as("a key that only failed is none yet").isEqualTo(2);
    assertThat(report.repeats()).isEqualTo(4);
    assertThat(report.compared()).as("not next to what cannot be compared").isEqualTo(2);
    assertThat(report.changed()).isEqualTo(1);
    assertThat(lifetime(1_000)).isEqualTo(new Lifetime(1_000, 4, 1, 2, 1));
  }

  @Test
  void firstKeys_whichLoadClasses_countForNothing() {
    for (int i = 0; i < 300; i++) {
      watch.tookForKey(i == 0 ? 40 * MILLI : 2_000);
      call(i % 10, Outcome.VALUE, 7, 1_000 + i);
    }
    assertThat(watch.report().times().key()).isBetween(1_600L, 2_400L);
  }

  @Test
  void manyKeys_takeBoundedRoom_andAreEstimated() {
    long seed = System.nanoTime();
    System.out.println("MethodWatchTest.manyKeys: seed " + seed);
    Random random = new Random(seed);
    int keys = 200_000;
    int calls = 1_000_000;
    int repeats = 0;
    boolean[] seen = new boolean[keys];
    for (int i = 0; i < calls; i++) {
      int key = random.nextInt(keys);
      repeats += seen[key] ? 1 : 0;
      seen[key] = true;
      call(key, Outcome.VALUE, key + i / (calls / 2), 1_000 + i / 1_000);
    }
    Report.Method report = watch.report();
    assertThat(watch.keysKept()).isLessThanOrEqualTo(8 * KeyTable.MOST);
    assertThat(report.sampledOneIn()).isGreaterThan(1);
    assertThat(report.calls()).isEqualTo(calls);
    assertThat((double) report.keys()).isCloseTo(keys, within(0.05 * keys));
    assertThat((double) report.repeats()).isCloseTo(repeats, within(0.05 * repeats));
    assertThat((double) report.changed())
        .as("each key that comes in both halves changes once")
        .isCloseTo(keys * Math.pow(1 - Math.exp(-2.5), 2), within(0.1 * keys));
  }

  @Test
  void oneKeyAmongMany_isNotLost_whetherItIsSampledOrNot() {
    for (int i = 0; i < 400_000; i++) {
      call(i % 2 == 0 ? 1 : i, Outcome.VALUE, 7, 1_000 + i / 1_000);
    }
    Report.Method report = watch.report();
    assertThat((double) report.repeats()).isCloseTo(200_000, within(20_000.0));
    assertThat((double) lifetime(1_000).hits()).isCloseTo(200_000, within(20_000.0));
  }

  @Test
  void roomForKeys_isSharedByAllMethods() {
    Observations small = new Observations(100_000);
    int kept = 0;
    for (int method = 0; method < 20; method++) {
      MethodWatch each = small.of(subject("method" + method));
      for (int key = 0; key < 20_000; key++) {
        each.ended(mixed(key), Outcome.VALUE, 7, origin, origin + MILLI);
      }
      kept += each.keysKept();
      assertThat((double) each.report().keys()).as("method %d", method).isPositive();
    }
    assertThat(kept).isLessThan(100_000 / 60 + 20 * 8 * 8);
  }

  @Test
  void callsOfManyThreads_areAllCounted_andNobodyWaits() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 50_000; i++) {
                  call(i % 3, Outcome.VALUE, 7, 1_000);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread each : threads) {
      each.join();
    }
    Report.Method report = watch.report();
    assertThat(report.calls()).isEqualTo(400_000);
    assertThat(report.keys()).isEqualTo(3);
    assertThat(report.repeats()).isBetween(399_990L, 400_000L);
    assertThat(report.changed()).isZero();
  }

  @Test
  void methodsBeyondTheBound_areLeftOut_andSaidToBe() {
    for (int i = 0; i < 1_100; i++) {
      observations.of(subject("method" + i));
    }
    assertThat(observations.report().methods()).hasSize(1_000);
    assertThat(observations.report().methodsLeftOut()).isEqualTo(101);
  }

  @Test
  void times_areToldToWithinATenth() {
    for (int i = 1; i <= 1_000; i++) {
      watch.ended(Outcome.VALUE, origin, origin + i * 1_000L);
    }
    Report.Times times = watch.report().times();
    assertThat(times.mean()).isEqualTo(500_500);
    assertThat((double) times.median()).isCloseTo(500_000, within(60_000.0));
    assertThat((double) times.most95()).isCloseTo(950_000, within(110_000.0));
  }

  @Test
  void resultsThatTakeLongToLookThrough_areLookedAtMoreSeldom_andTheFiguresStay() {
    int looked = 0;
    for (int i = 0; i < 200_000; i++) {
      long ended = origin + (1_000 + i / 100) * MILLI;
      if (watch.wantsResult(mixed(i % 2))) {
        looked++;
        watch.tookForResult(MILLI);
        watch.ended(mixed(i % 2), Outcome.VALUE, 7, ended - MILLI, ended);
      } else {
        watch.passed(Outcome.VALUE, ended - MILLI, ended);
      }
    }
    assertThat(looked).isLessThan(60_000);
    assertThat((double) watch.report().repeats()).isCloseTo(200_000, within(1_000.0));
    assertThat((double) lifetime(60_000).hits()).isCloseTo(200_000, within(1_000.0));
    assertThat(watch.report().changed()).isZero();
  }

  @Test
  void methodThatIsOverAtOnce_isSeldomLookedAt() {
    for (int i = 0; i < 100_000; i++) {
      if (watch.looksAtNext()) {
        watch.ended(Outcome.VALUE, origin, origin + 50);
      }
    }
    assertThat(watch.report().calls()).isEqualTo(100_000);
    assertThat(watch.wantsKey()).isFalse();
  }
}
