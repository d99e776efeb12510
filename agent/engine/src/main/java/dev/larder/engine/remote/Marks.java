/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.Backend;
import dev.larder.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The marks of caches and tags: random tokens that the backend keeps, and this JVM for at most 100
 * ms, counted from when it asked for them. An entry counts while it carries the current ones.
 *
 * <p>A mark that the backend has lost is made anew, and all that was behind it is a miss.
 */
final class Marks {

  private static final long NEAR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long TOUCH_NANOS = TimeUnit.DAYS.toNanos(1);
  private static final int REMEMBERED = 10_000;

  private final ConcurrentHashMap<String, Near> near = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Long> touched = new ConcurrentHashMap<>();

  /** Counts removals by this JVM, so that what was read before one is not kept after it. */
  private final AtomicLong renewals = new AtomicLong();

  private record Near(byte[] mark, long readAt) {}

  /** Does what has to be done before a new mark counts. */
  @FunctionalInterface
  interface Preparation {
    void before(byte[] mark, Turn turn);
  }

  /** Where nothing has to be done. */
  static final Preparation NONE = (mark, turn) -> {};

  /** The mark as this JVM knows it; null where it has to ask. */
  byte[] near(String key) {
    Near known = near.get(key);
    return known != null && System.nanoTime() - known.readAt < NEAR_NANOS ? known.mark : null;
  }

  /** The mark, not older than 100 ms. */
  byte[] current(String key, Preparation preparation, Turn turn) {
    byte[] known = near(key);
    return known != null ? known : fresh(key, preparation, turn);
  }

  /** The mark as the backend has it now. */
  byte[] fresh(String key, Preparation preparation, Turn turn) {
    long began = System.nanoTime();
    long renewalsSeen = renewals.get();
    byte[] found = turn.run((backend, deadline) -> backend.get(key, deadline));
    return keep(key, found, began, renewalsSeen, preparation, turn);
  }

  /**
   * Cells, together with those marks of which this JVM knows nothing: one round trip.
   *
   * @return the cells, then the marks
   */
  List<byte[]> withCells(
      List<String> cells, List<String> marks, Preparation preparation, Turn turn) {
    long began = System.nanoTime();
    long renewalsSeen = renewals.get();
    List<String> asked = new ArrayList<>(cells);
    List<byte[]> known = new ArrayList<>(marks.size());
    for (String mark : marks) {
      byte[] near = near(mark);
      known.add(near);
      if (near == null) {
        asked.add(mark);
      }
    }
    List<byte[]> found =
        asked.size() == 1
            ? one(turn.run((backend, deadline) -> backend.get(asked.get(0), deadline)))
            : turn.run((backend, deadline) -> backend.getAll(asked, deadline));
    List<byte[]> all = new ArrayList<>(found.subList(0, cells.size()));
    int next = cells.size();
    for (int i = 0; i < marks.size(); i++) {
      byte[] mark = known.get(i);
      all.add(
          mark != null
              ? mark
              : keep(marks.get(i), found.get(next++), began, renewalsSeen, preparation, turn));
    }
    return all;
  }

  private static List<byte[]> one(byte[] cell) {
    List<byte[]> list = new ArrayList<>(1);
    list.add(cell);
    return list;
  }

  private byte[] keep(
      String key, byte[] found, long began, long renewalsSeen, Preparation preparation, Turn turn) {
    if (found == null) {
      return make(key, preparation, turn);
    }
    if (near.size() >= REMEMBERED || touched.size() >= REMEMBERED) {
      forget();
      touched.clear();
    }
    near.put(key, new Near(found, began));
    if (renewals.get() != renewalsSeen) {
      near.remove(key);
    }
    Long touchedAt = touched.get(key);
    if (touchedAt == null || began - touchedAt > TOUCH_NANOS) {
      touched.put(key, began);
      turn.run((backend, deadline) -> backend.touch(key, Backend.FOREVER, deadline));
    }
    return found;
  }

  private static byte[] make(String key, Preparation preparation, Turn turn) {
    byte[] mark = Tokens.mark();
    preparation.before(mark, turn);
    byte[] other =
        turn.run((backend, deadline) -> backend.putIfAbsent(key, mark, Backend.FOREVER, deadline));
    return other == null ? mark : other;
  }

  /** Makes a mark anew: what was behind the old one is gone, here at once. */
  void renew(String key, Preparation preparation, Turn turn) {
    byte[] mark = Tokens.mark();
    try {
      preparation.before(mark, turn);
      Outcome outcome =
          turn.run((backend, deadline) -> backend.put(key, mark, Backend.FOREVER, deadline));
      if (outcome != Outcome.DONE) {
        throw new IllegalStateException("a mark of 17 bytes was not kept: " + outcome);
      }
    } finally {
      renewals.incrementAndGet();
      near.remove(key);
    }
  }

  /** Asks the backend again for each of them. */
  void forget() {
    renewals.incrementAndGet();
    near.clear();
  }
}
