/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.flight.Flights;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Background runs whose arguments were changed before they began. */
final class RenewalsTest {

  private static final String CACHE = "stale";

  private final Probe probe = new Probe();
  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch held = new CountDownLatch(1);
  private Shop shop;

  /** Woven by hand. */
  final class Shop {
    private final Target target;

    Shop() throws NoSuchMethodException {
      target =
          probe.target(
              MethodHandles.lookup(), Shop.class.getDeclaredMethod("count", List.class), CACHE);
    }

    int count(List<Object> of) {
      return (Integer) Probe.call(target, this, new Object[] {of}, () -> body(of));
    }

    private int body(List<Object> of) {
      runs.incrementAndGet();
      return of.size();
    }
  }

  /** Keeps every thread for background runs busy. */
  @BeforeEach
  void hold() throws NoSuchMethodException {
    probe.policies.put(CACHE, Probe.policy(1, 60_000, 0, false));
    shop = new Shop();
    for (int i = 0; i < 4; i++) {
      probe
          .engine
          .background()
          .run(
              () -> {
                try {
                  held.await();
                } catch (InterruptedException ended) {
                  Thread.currentThread().interrupt();
                }
              });
    }
  }

  private Flights flights() {
    return shop.target.caching().partition().flights;
  }

  /** Waits until an access has asked for a background run. */
  private void awaitStale(List<Object> argument) {
    await()
        .until(
            () -> {
              assertThat(shop.count(argument)).isEqualTo(1);
              return !flights().isEmpty();
            });
  }

  @Test
  void run_whoseArgumentWasChanged_isNotMade() {
    List<Object> argument = new ArrayList<>(List.of("one"));
    awaitStale(argument);
    argument.add("two");
    held.countDown();

    await().until(flights()::isEmpty);
    assertThat(runs).hasValue(1);
    assertThat(shop.count(new ArrayList<>(List.of("one")))).as("the old value").isEqualTo(1);
  }

  @Test
  void run_whoseArgumentHasNoValueAnyMore_leavesNoFlightBehind() {
    List<Object> argument = new ArrayList<>(List.of("one"));
    awaitStale(argument);
    argument.add(new Thread());
    held.countDown();

    await().until(flights()::isEmpty);
    assertThat(runs).hasValue(1);
  }

  @Test
  void run_whoseArgumentIsAsItWas_isMade() {
    List<Object> argument = new ArrayList<>(List.of("one"));
    awaitStale(argument);
    held.countDown();

    await().until(flights()::isEmpty);
    assertThat(runs).hasValueGreaterThan(1);
  }
}
