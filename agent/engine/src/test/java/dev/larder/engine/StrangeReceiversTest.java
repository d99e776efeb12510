/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * A method of a container's shared library, with receivers of two applications above it that have
 * classes of one name.
 */
class StrangeReceiversTest {

  private static final AtomicInteger RUNS = new AtomicInteger();

  private final Probe probe = new Probe();
  private final Target target;

  StrangeReceiversTest() throws ReflectiveOperationException {
    RUNS.set(0);
    target =
        probe.target(
            MethodHandles.lookup(), Shared.class.getDeclaredMethod("find", long.class), "c", "id");
  }

  /** Of the library. */
  public static class Shared {
    Object find(long id) {
      return id + " at run " + RUNS.incrementAndGet();
    }
  }

  /** Of the applications. */
  public static final class Own extends Shared {}

  /** An application: a class loader that has its own class of that name. */
  private static final class Application extends OwnClasses {
    Application() {
      super(Own.class.getName()::equals);
    }

    Shared receiver() throws ReflectiveOperationException {
      return (Shared) loadClass(Own.class.getName(), false).getDeclaredConstructor().newInstance();
    }
  }

  private Object find(Shared receiver) {
    return Probe.call(target, receiver, new Object[] {1L}, () -> receiver.find(1));
  }

  @Test
  void receivers_ofTwoApplications_areGivenNothingOfEachOther()
      throws ReflectiveOperationException {
    Shared one = new Application().receiver();
    Shared other = new Application().receiver();

    assertThat(find(one)).isEqualTo("1 at run 1");
    assertThat(find(other)).isEqualTo("1 at run 2");
    assertThat(find(new Own())).isEqualTo("1 at run 3");
    assertThat(find(one)).isEqualTo("1 at run 1");
    assertThat(find(other)).isEqualTo("1 at run 2");

    assertThat(probe.engine.evict("c", 1L)).as("entries of each").isEqualTo(3);
    assertThat(find(other)).isEqualTo("1 at run 4");
  }

  @Test
  void application_letGo_canBeCollected() throws ReflectiveOperationException {
    Application application = new Application();
    assertThat(find(application.receiver())).isEqualTo("1 at run 1");
    WeakReference<Application> gone = new WeakReference<>(application);

    application = null;

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              System.gc();
              return gone.refersTo(null);
            });
  }
}
