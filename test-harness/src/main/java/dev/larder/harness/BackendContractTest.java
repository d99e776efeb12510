/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Capability;
import dev.larder.spi.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * What every backend has to do. Extend it, say how yours is started, and run it against a real
 * server: two instances of the backend, as in two JVMs, then do to each other what JVMs do.
 */
public abstract class BackendContractTest extends ConditionContract {

  @Test
  void getWatched_thenChangedByTheOther_toldWithinATenthOfASecond() throws Exception {
    assumeThat(backend.capabilities()).contains(Capability.PUSH);
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      String key = key("watched");
      if (i % 3 != 0) {
        put(key, bytes("before"));
      }
      done(backend.getWatched(key, soon()));
      if (i % 2 == 0) {
        done(other.put(key, bytes("after"), MINUTE, soon()));
      } else {
        done(other.exchange(key, bytes("tombstone"), MINUTE, 8, soon()));
      }
      long changed = System.nanoTime();
      Awaitility.await("the push")
          .atMost(Duration.ofSeconds(2))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> told.changedAt(key) != null);
      delays.add(TimeUnit.NANOSECONDS.toMillis(told.changedAt(key) - changed));
    }
    delays.sort(null);
    assertThat(delays.get(delays.size() / 2)).as("the median of %s", delays).isLessThan(100);
  }

  @Test
  void getWatched_ofSeveral_isAGet() throws Exception {
    String key = key("watchedGet");
    assertThat(done(backend.getWatched(key, soon()))).isNull();
    put(key, random(10_000));
    assertThat(done(backend.getWatched(key, soon()))).isEqualTo(random(10_000));
  }

  @Test
  void anyCall_afterItsDeadline_failsAndDoesNothing() throws Exception {
    String key = key("late");
    assertThatThrownBy(() -> done(backend.put(key, bytes("value"), MINUTE, Deadline.in(-1))))
        .isInstanceOfSatisfying(
            BackendException.class, late -> assertThat(late.kind()).isEqualTo(Kind.TIMEOUT));
    assertThat(get(key)).isNull();
  }

  @Test
  void unreachable_startsFailsAndCloses() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Backend lost = newBackend();
    lost.start(new BackendSettings(prefix, 500, unreachable()), new RecordingListener());
    try {
      for (int i = 0; i < 3; i++) {
        long asked = System.nanoTime();
        assertThatThrownBy(() -> done(lost.get(key("lost"), Deadline.in(500))))
            .isInstanceOfSatisfying(
                BackendException.class,
                failure -> assertThat(failure.kind()).isIn(Kind.UNAVAILABLE, Kind.TIMEOUT));
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
            .isLessThan(Duration.ofMillis(1_500));
      }
    } finally {
      long closing = System.nanoTime();
      lost.close();
      assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(2));
    }
    assertNoThreadHoldsTheJvm(before);
  }

  @Test
  void close_ofAConnectedOne_isQuickAndLeavesNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Backend connected = newBackend();
    connected.start(new BackendSettings(prefix, 5_000, reachable()), new RecordingListener());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> done(connected.ping(soon())));
    long closing = System.nanoTime();
    connected.close();
    assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(2));
    assertThatThrownBy(() -> done(connected.get(key("closed"), soon())))
        .isInstanceOf(BackendException.class);
    assertNoThreadHoldsTheJvm(before);
    Awaitility.await("its threads end")
        .atMost(Duration.ofSeconds(10))
        .pollInSameThread()
        .untilAsserted(
            () ->
                assertThat(newThreads(before))
                    .filteredOn(
                        thread ->
                            thread.getName().startsWith("larder-")
                                || thread.getName().startsWith("lettuce"))
                    .isEmpty());
  }

  /** A client may end its work on a thread that is no daemon, such as Netty's global one. */
  private static void assertNoThreadHoldsTheJvm(Set<Thread> before) {
    Awaitility.await("threads that are no daemons end")
        .atMost(Duration.ofSeconds(5))
        .pollInSameThread()
        .untilAsserted(
            () ->
                assertThat(newThreads(before)).filteredOn(thread -> !thread.isDaemon()).isEmpty());
  }

  private static List<Thread> newThreads(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.isAlive())
        .toList();
  }
}
