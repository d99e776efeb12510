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
 * <p>A key whose fill could not be stored is not collapsed for a while, or its requests would wait
 * for each other in vain.
 */
final class ResponseFlights {

  private static final long UNCOLLAPSED_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MOST_REMEMBERED = 10_000;

  /** A fill under way. */
  static final class Flight {
    private final Object key;
    private final CountDownLatch ended = new CountDownLatch(1);

    Flight(Object key) {
      this.key = key;
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

  /** Ends a flight, and says whether what it was for is stored now. */
  void end(Flight flight, boolean stored) {
    if (!stored) {
      if (uncollapsed.size() >= MOST_REMEMBERED) {
        uncollapsed.clear();
      }
      uncollapsed.put(flight.key, System.nanoTime());
    }
    running.remove(flight.key, flight);
    flight.ended.countDown();
  }
}
