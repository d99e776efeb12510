/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.Backend;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import dev.larder.spi.Timed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The guards of one cache's loads: what a load leaves with the backend, or has found there, and
 * must find again when it stores.
 *
 * <p>Under a key stands one cell: an entry, a tombstone that a removal left, or the token of a
 * load. A load remembers what it found and stores only if that is still there, and leaves a token
 * where it found nothing; each removal leaves a new tombstone. So no load stores over a removal
 * that came after its beginning, whichever JVM did it. Where a cell is lost, the load does not
 * store: it costs misses and never hits. An entry carries the cache's mark, and those of its tags,
 * from when its load began, so that a clear leaves it behind as well.
 */
final class Guards {

  private final CacheMarks marks;
  private final Registry registry;

  Guards(CacheMarks marks, Registry registry) {
    this.marks = marks;
    this.registry = registry;
  }

  /**
   * Leaves word that several loads begin, in one round trip.
   *
   * @param variant the description by which an evict finds the keys; null where a template gave
   *     them
   * @param tagged whether the method has tags
   * @param lease of the flight of all; null where those are this JVM's alone
   * @return in their order; null where what a load gives may not be stored
   */
  List<Guard> begin(List<Found> all, String variant, boolean tagged, Lease lease, Turn turn) {
    long began = System.nanoTime();
    if (variant != null && !isRegistered(variant, all, turn)) {
      marks.renew(turn); // its list of variants is lost
      return Collections.nCopies(all.size(), null);
    }
    byte[] era = tagged ? marks.era(turn) : null;
    List<byte[]> cells =
        all.stream().allMatch(found -> keeps(found.cell(), lease))
            ? all.stream().map(Found::cell).toList()
            : turn.run(
                (backend, deadline) ->
                    Together.each(all, found -> claim(backend, found, lease, deadline)));
    List<Guard> guards = new ArrayList<>(all.size());
    for (int i = 0; i < cells.size(); i++) {
      Found found = all.get(i);
      byte[] cell = cells.get(i);
      boolean isToken = Tokens.isToken(cell);
      byte[] expected = isToken ? cell : EntryHead.of(cell);
      guards.add(new Guard(found.key(), expected, !isToken, found.mark(), era, began, lease));
    }
    return guards;
  }

  /** Sees to it that an evict by arguments reaches what is found by a variant's keys. */
  private boolean isRegistered(String variant, List<Found> all, Turn turn) {
    for (Found found : all) {
      if (!registry.register(variant, CacheMarks.own(found.mark()), turn)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a load leaves the cell that it found as it is, to find it again when it stores. */
  private static boolean keeps(byte[] cell, Lease lease) {
    return cell != null && (lease == null || Tokens.isTombstone(cell) || !Tokens.isToken(cell));
  }

  /** Leaves a load's token where it is to leave one; the cell that is there then. */
  private static CompletionStage<byte[]> claim(
      Backend backend, Found found, Lease lease, Deadline deadline) {
    byte[] former = found.cell();
    if (keeps(former, lease)) {
      return CompletableFuture.completedFuture(former);
    }
    byte[] token = Tokens.load();
    return former == null
        ? backend
            .putIfAbsent(found.key(), token, Tokens.LOAD_MILLIS, deadline)
            .thenApply(there -> there == null ? token : there)
        : backend // so that who lost the lease finds its own no more
            .replace(found.key(), former, token, Tokens.LOAD_MILLIS, deadline)
            .thenApply(outcome -> outcome == Outcome.DONE ? token : former);
  }

  /**
   * The guard of a store whose key is known only now, though its body began before.
   *
   * @param tagged whether it has tags
   * @param nanos how long ago it began
   * @return null where the key may have been removed since
   */
  Guard since(String key, boolean tagged, long nanos, Turn turn) {
    long millis = nanos / 1_000_000 + 1;
    if (tagged || millis >= Tokens.TOMBSTONE_MILLIS) {
      return null; // nobody remembers what was removed since
    }
    Timed timed = turn.run((backend, deadline) -> backend.getTimed(key, deadline));
    byte[] cell = timed == null ? null : timed.value();
    if (cell != null && !isOlder(cell, timed.millis(), millis)) {
      return null;
    }
    Found found = new Found(key, cell, null, null, marks.current(turn));
    return begin(List.of(found), null, false, null, turn).get(0);
  }

  /**
   * Whether nothing was removed since a load began whose transaction is older than its look-up:
   * removals leave their moment behind, in what remains of their time with the backend.
   *
   * @param tagged whether the method has tags
   * @param nanos how long ago the transaction began
   */
  boolean isUntouchedSince(Found found, boolean tagged, long nanos, Turn turn) {
    long millis = nanos / 1_000_000 + 1;
    return millis < Tokens.TOMBSTONE_MILLIS
        && isUntouchedSince(found.key(), found.cell(), millis, turn)
        && marks.areOlder(nanos, tagged, turn);
  }

  private static boolean isUntouchedSince(String key, byte[] cell, long millis, Turn turn) {
    if (cell == null || !Tokens.isTombstone(cell)) {
      return cell == null || isOlder(cell, 0, millis);
    }
    Timed timed = turn.run((backend, deadline) -> backend.getTimed(key, deadline));
    return timed != null
        && Tokens.isTombstone(timed.value())
        && isOlder(timed.value(), timed.millis(), millis);
  }

  /**
   * Whether a cell says of no removal, and of no store, that it came since.
   *
   * @param left for how long a tombstone still has to stand, in milliseconds
   * @param millis how long ago the load began
   */
  private static boolean isOlder(byte[] cell, long left, long millis) {
    return Tokens.isTombstone(cell)
        ? Tokens.TOMBSTONE_MILLIS - left > millis
        : !EntryHead.isEntry(cell) || EntryHead.age(cell) > millis;
  }
}
