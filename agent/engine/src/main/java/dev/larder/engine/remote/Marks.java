/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.transaction.Transactions;
import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Capability;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import dev.larder.spi.Timed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The marks of caches and tags: random tokens that the backend keeps, and this JVM for a while. An
 * entry counts while it carries the current ones.
 *
 * <p>Here a mark is known for at most 100 ms, counted from when it was asked for; where the backend
 * pushes changes it is watched, and known until it changes. (It is read again every ten seconds all
 * the same, so that a push that is lost, by whatever fault, does not leave a JVM behind for good.)
 *
 * <p>A mark that the backend has lost, or that somebody else has overwritten with what is none, is
 * made anew, and all that was behind it is a miss.
 */
final class Marks {

  private static final long NEAR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long WATCHED_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How often a mark in use is given its full time again; each time tells those who watch it. */
  private static final long TOUCH_NANOS = TimeUnit.HOURS.toNanos(12);

  private static final int REMEMBERED = 10_000;

  /** Longer than any transaction may run of which a load is stored. */
  private static final long UNMARKED_NANOS = TimeUnit.HOURS.toNanos(1);

  private final ConcurrentHashMap<String, Near> near = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Long> touched = new ConcurrentHashMap<>();

  /** Counts changes that this JVM knows of, so that what was read before one is not kept after. */
  private final AtomicLong changes = new AtomicLong();

  /** Since when each mark is known to be what it is. */
  private final ConcurrentHashMap<String, Known> known = new ConcurrentHashMap<>();

  private final Eras eras = new Eras();

  /** A mark, and until when it is known, by {@link System#nanoTime}. */
  private record Near(byte[] mark, long until) {}

  /** A cell of the backend, and whether its next change will be told. */
  private record Read(byte[] cell, boolean watched) {}

  private record Known(byte[] mark, long since) {}

  /** Does what has to be done before a new mark counts. */
  @FunctionalInterface
  interface Preparation {
    void before(String key, byte[] mark, Turn turn);
  }

  /** Where nothing has to be done. */
  static final Preparation NONE = (key, mark, turn) -> {};

  /** The mark as this JVM knows it; null where it has to ask. */
  byte[] near(String key) {
    return near(key, System.nanoTime());
  }

  /** The same at a moment that was taken just now, by {@link System#nanoTime}. */
  byte[] near(String key, long now) {
    Near known = near.get(key);
    return known != null && now - known.until < 0 ? known.mark : null;
  }

  /** For how many nanoseconds it is known that a mark is this one; 0 where it is not known. */
  long standsFor(String key, byte[] mark, int from, int to) {
    Near known = near.get(key);
    return known == null || !Arrays.equals(known.mark, 0, known.mark.length, mark, from, to)
        ? 0
        : Math.max(0, known.until - System.nanoTime());
  }

  /** The mark, not older than this JVM may know it. */
  byte[] current(String key, Preparation preparation, Turn turn) {
    byte[] known = near(key);
    return known != null ? known : fresh(key, preparation, turn);
  }

  /** Several marks, not older than this JVM may know them: one round trip at most. */
  List<byte[]> current(List<String> keys, Preparation preparation, Turn turn) {
    return withCells(List.of(), keys, preparation, turn);
  }

  /** The mark as the backend has it now. */
  byte[] fresh(String key, Preparation preparation, Turn turn) {
    long began = System.nanoTime();
    long changesSeen = changes.get();
    Read found = turn.run((backend, deadline) -> read(backend, key, deadline));
    return keep(key, found, began, changesSeen, preparation, turn);
  }

  /** Several marks as the backend has them now: one round trip, where none has to be made. */
  List<byte[]> fresh(List<String> keys, Turn turn) {
    long began = System.nanoTime();
    long changesSeen = changes.get();
    List<Read> found =
        turn.run((backend, deadline) -> Together.each(keys, key -> read(backend, key, deadline)));
    List<byte[]> marks = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      marks.add(keep(keys.get(i), found.get(i), began, changesSeen, NONE, turn));
    }
    return marks;
  }

  /**
   * Cells, together with those marks of which this JVM knows nothing: one round trip.
   *
   * @return the cells, then the marks
   */
  List<byte[]> withCells(
      List<String> cells, List<String> marks, Preparation preparation, Turn turn) {
    long began = System.nanoTime();
    long changesSeen = changes.get();
    List<byte[]> known = new ArrayList<>(marks.size());
    List<String> unknown = new ArrayList<>(marks.size());
    for (String mark : marks) {
      byte[] near = near(mark);
      known.add(near);
      if (near == null) {
        unknown.add(mark);
      }
    }
    List<Read> found =
        cells.isEmpty() && unknown.isEmpty()
            ? List.of()
            : turn.run((backend, deadline) -> read(backend, cells, unknown, deadline));
    List<byte[]> all = new ArrayList<>(cells.size() + marks.size());
    found.subList(0, cells.size()).forEach(each -> all.add(each.cell()));
    int next = cells.size();
    for (int i = 0; i < marks.size(); i++) {
      byte[] mark = known.get(i);
      all.add(
          mark != null
              ? mark
              : keep(marks.get(i), found.get(next++), began, changesSeen, preparation, turn));
    }
    return all;
  }

  private static CompletionStage<List<Read>> read(
      Backend backend, List<String> cells, List<String> marks, Deadline deadline) {
    boolean pushes = backend.capabilities().contains(Capability.PUSH);
    List<String> unwatched = cells;
    if (!pushes) {
      unwatched = new ArrayList<>(cells);
      unwatched.addAll(marks);
    }
    CompletableFuture<List<Read>> read = unwatched(backend, unwatched, deadline);
    if (!pushes || marks.isEmpty()) {
      return read;
    }
    return Together.each(marks, mark -> read(backend, mark, deadline))
        .thenCombine(
            read, (watched, all) -> Stream.concat(all.stream(), watched.stream()).toList());
  }

  private static CompletableFuture<List<Read>> unwatched(
      Backend backend, List<String> keys, Deadline deadline) {
    if (keys.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    CompletionStage<List<Read>> read =
        keys.size() == 1
            ? backend.get(keys.get(0), deadline).thenApply(cell -> List.of(new Read(cell, false)))
            : backend
                .getAll(keys, deadline)
                .thenApply(all -> all.stream().map(cell -> new Read(cell, false)).toList());
    return read.toCompletableFuture();
  }

  /** Reads a mark so that its change is told; where that is not to be had now, as any other key. */
  private static CompletionStage<Read> read(Backend backend, String mark, Deadline deadline) {
    if (!backend.capabilities().contains(Capability.PUSH)) {
      return backend.get(mark, deadline).thenApply(bytes -> new Read(bytes, false));
    }
    long half = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline.nanosLeft() / 2));
    return backend
        .getWatched(mark, Deadline.in(half))
        .thenApply(bytes -> new Read(bytes, true))
        .exceptionallyCompose(
            unwatched -> backend.get(mark, deadline).thenApply(bytes -> new Read(bytes, false)));
  }

  private byte[] keep(
      String key, Read found, long began, long changesSeen, Preparation preparation, Turn turn) {
    byte[] mark = found.cell();
    if (mark == null) {
      return make(key, preparation, turn);
    }
    if (!Tokens.isMark(mark)) {
      return renew(key, preparation, turn);
    }
    if (near.size() >= REMEMBERED || touched.size() >= REMEMBERED) {
      forget();
      touched.clear();
      known.clear();
    }
    near.put(key, new Near(mark, began + (found.watched() ? WATCHED_NANOS : NEAR_NANOS)));
    if (changes.get() != changesSeen) {
      near.remove(key);
    }
    note(key, mark, turn);
    Long touchedAt = touched.putIfAbsent(key, began);
    if (touchedAt != null
        && began - touchedAt > TOUCH_NANOS
        && touched.replace(key, touchedAt, began)) {
      turn.run((backend, deadline) -> backend.touch(key, Backend.FOREVER, deadline));
    }
    return mark;
  }

  /**
   * Notes since when a mark is what it is: what this JVM sees for the first time tells its age by
   * what is left of its time, before it is touched. Of what was touched it is younger than it is.
   */
  private void note(String key, byte[] found, Turn turn) {
    Known before = known.get(key);
    if (before != null && Arrays.equals(before.mark, found)) {
      return;
    }
    Timed timed =
        Transactions.areUsed()
            ? turn.run((backend, deadline) -> backend.getTimed(key, deadline))
            : null;
    long age =
        timed != null && Arrays.equals(timed.value(), found)
            ? Math.max(0, Backend.FOREVER - timed.millis() - 1)
            : 0;
    // After the answer: so it is never thought to be older than it is.
    long since = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(age);
    known.put(key, new Known(found, since));
  }

  /** Whether a mark is the same since before a moment, by {@link System#nanoTime}. */
  boolean isOlder(String key, long moment, Turn turn) {
    byte[] mark = current(key, NONE, turn);
    Known now = known.get(key);
    return now != null && Arrays.equals(now.mark, mark) && now.since - moment < 0;
  }

  private byte[] make(String key, Preparation preparation, Turn turn) {
    byte[] mark = Tokens.mark();
    preparation.before(key, mark, turn);
    byte[] other =
        turn.run((backend, deadline) -> backend.putIfAbsent(key, mark, Backend.FOREVER, deadline));
    if (other == null) { // there was none, so that nothing was removed by one
      known.put(key, new Known(mark, System.nanoTime() - UNMARKED_NANOS));
      return mark;
    }
    return Tokens.isMark(other) ? other : renew(key, preparation, turn);
  }

  /** Makes a mark anew, and gives it: what was behind the old one is gone, here at once. */
  byte[] renew(String key, Preparation preparation, Turn turn) {
    byte[] mark = Tokens.mark();
    try {
      preparation.before(key, mark, turn);
      Outcome outcome =
          turn.run((backend, deadline) -> backend.put(key, mark, Backend.FOREVER, deadline));
      if (outcome != Outcome.DONE) {
        throw new BackendException(
            Kind.GARBLED, "it did not keep a mark of 17 bytes: " + outcome, null);
      }
      return mark;
    } finally {
      changed(key);
    }
  }

  /** The eras of tags that this JVM has ended. */
  Eras eras() {
    return eras;
  }

  /** Makes the era of tags anew, since a tag is about to be removed. */
  void endEra(String key, String tag, Turn turn) {
    byte[] mark = Tokens.mark();
    Known before = known.get(key);
    try {
      byte[] former = turn.run((backend, deadline) -> former(backend, key, mark, deadline));
      if (former != null && Tokens.isMark(former)) {
        boolean isKnown = before != null && Arrays.equals(before.mark, former);
        eras.ended(former, isKnown ? before.since : System.nanoTime(), tag, mark);
      }
    } finally {
      changed(key);
    }
  }

  /** Puts a mark, and gives what was there; null where the backend cannot tell it exactly. */
  private static CompletionStage<byte[]> former(
      Backend backend, String key, byte[] mark, Deadline deadline) {
    CompletionStage<byte[]> former =
        backend.exchange(key, mark, Backend.FOREVER, Tokens.LENGTH + 1, deadline);
    return backend.capabilities().contains(Capability.COUNT)
        ? former
        : former.thenApply(unknown -> null);
  }

  /** The backend has another mark there now, or none. */
  void changed(String key) {
    changes.incrementAndGet();
    near.remove(key);
  }

  /** Asks the backend again for each of them. */
  void forget() {
    changes.incrementAndGet();
    near.clear();
  }
}
