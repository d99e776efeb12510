/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The fills that are under way: of many requests for a cold key one runs the application, and the
 * others wait for what it stores.
 *
 * <p>Where the application failed, one of those who wait takes over. A key whose fill could not be
 * stored, or failed a second time, is not collapsed for a while, or its requests would wait for
 * each other in vain.
 */
final class ResponseFlights {

  private static final long UNCOLLAPSED_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_REMEMBERED = 10_000;

  /** What became of a fill. */
  enum Ending {
    /** What it was for is stored. */
    STORED,
    /** The application failed. */
    FAILED,
    /** What it gave may not be stored. */
    NOT_STORED
  }

  /** A fill under way. */
  static final class Flight {
    private final Object key;
    private final boolean takesOver;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Whether one of those who have waited may take over; of meaning once it has ended. */
    private volatile boolean open;

    /**
     * A fill that is about to begin.
     *
     * @param takesOver whether it takes the place of one that failed
     */
    Flight(Object key, boolean takesOver) {
      this.key = key;
      this.takesOver = takesOver;
    }

    /** Whether it has ended so that one of those who waited for it takes over. */
    boolean isOpen() {
      return open;
    }

    /** Waits until it has ended; whether it has. */
    boolean await(long millis) {
      try {
        return ended.await(millis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  private final Map<Object, Flight> running = new ConcurrentHashMap<>();
  private final Map<Object, Long> uncollapsed = new ConcurrentHashMap<>();

  /** Whether requests for a key wait for each other now. */
  boolean collapses(Object key) {
    Long since = uncollapsed.get(key);
    if (since == null) {
      return true;
    }
    if (System.nanoTime() - since < UNCOLLAPSED_NANOS) {
      return false;
    }
    uncollapsed.remove(key, since);
    return true;
  }

  /** Enters a flight for the key if there is none; the one under way otherwise. */
  Flight join(Flight own) {
    Flight other = running.putIfAbsent(own.key, own);
    return other == null ? own : other;
  }

  /** Ends a flight. */
  void end(Flight flight, Ending ending) {
    flight.open = ending == Ending.FAILED && !flight.takesOver;
    if (ending != Ending.STORED && !flight.open) {
      if (uncollapsed.size() >= MOST_REMEMBERED) {
        uncollapsed.clear();
      }
      uncollapsed.put(flight.key, System.nanoTime());
    }
    running.remove(flight.key, flight);
    flight.ended.countDown();
  }
}
