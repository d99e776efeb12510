/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What of a receiver counts, once the short way of a miss knows it. */
class ReceiverMissesTest {

  private static final AtomicInteger RUNS = new AtomicInteger();

  private final Probe probe = new Probe();
  private final Target target;
  private final MethodHandle hit;

  ReceiverMissesTest() throws ReflectiveOperationException {
    RUNS.set(0);
    target =
        probe.target(
            MethodHandles.lookup(), Shop.class.getDeclaredMethod("find", long.class), "c", "id");
    hit = target.hitHandle(MethodType.methodType(Object.class, Object.class, long.class));
  }

  private static final class Shop {
    private final String city = "Kiel";
    private String name = "one";

    Object find(long id) {
      return name + " of " + city + ", " + id + ", run " + RUNS.incrementAndGet();
    }
  }

  private Object find(Shop shop, long id) {
    Object value;
    try {
      value = (Object) hit.invokeExact((Object) shop, id);
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
    return value != null ? value : Probe.call(target, shop, new Object[] {id}, () -> shop.find(id));
  }

  @Test
  void first_changedSince_countsAsItWas() {
    Shop first = new Shop();
    find(first, 1);
    find(first, 2);
    first.name = "another";

    assertThat(find(first, 3)).isEqualTo("another of Kiel, 3, run 3");

    assertThat(find(first, 3)).isEqualTo("another of Kiel, 3, run 3");
    assertThat(find(new Shop(), 3)).isEqualTo("another of Kiel, 3, run 3");
  }

  @Test
  void second_differsSinceItsLastMiss_runsUncached() {
    Shop first = new Shop();
    Shop second = new Shop();
    find(first, 1);
    find(second, 2);
    find(second, 3);
    second.name = "another";

    assertThat(find(second, 4)).isEqualTo("another of Kiel, 4, run 4");

    assertThat(find(second, 4)).isEqualTo("another of Kiel, 4, run 5");
    assertThat(find(first, 4)).isEqualTo("one of Kiel, 4, run 6");
    assertThat(probe.engine.figures("c")[2]).isEqualTo(2L);
  }
}
