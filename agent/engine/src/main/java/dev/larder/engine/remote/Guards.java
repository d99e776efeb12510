/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.Backend;
import dev.larder.spi.Capability;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import dev.larder.spi.Timed;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final Recent recent;

  Guards(CacheMarks marks, Registry registry, Recent recent) {
    this.marks = marks;
    this.registry = registry;
    this.recent = recent;
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
      guards.add(guard(all.get(i), cells.get(i), era, began, lease, null));
    }
    return guards;
  }

  private static Guard guard(
      Found found, byte[] cell, byte[] era, long began, Lease lease, Since since) {
    boolean isHead = cell != null && !Tokens.isToken(cell);
    byte[] expected = isHead ? EntryHead.of(cell) : cell;
    return new Guard(found.key(), expected, isHead, found.mark(), era, began, lease, since);
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

  /** What a put begins with whose key, or whose value, comes later; see {@link Since}. */
  Since since(boolean tagged, Turn turn) {
    return marks.since(tagged, turn);
  }

  /**
   * The guard of a put that has begun before.
   *
   * @param waits whether its value is still to come
   * @return null where the key may have been removed since
   */
  Guard since(String key, Since since, boolean waits, Turn turn) {
    long began = System.nanoTime();
    Since.Last last = since.last();
    Timed timed = turn.run((backend, deadline) -> backend.getTimed(key, deadline));
    byte[] cell = timed == null ? null : timed.value();
    boolean isOwn =
        cell != null && last.stored() != null && Arrays.equals(EntryHead.of(cell), last.stored());
    if (!isOwn && !isOlder(cell, timed, last.began())) {
      return null;
    }
    Found found = new Found(key, cell, null, null, since.mark());
    if (cell == null && waits) {
      cell = turn.run((backend, deadline) -> claim(backend, found, null, deadline));
      if (!Tokens.isToken(cell) || Tokens.isTombstone(cell)) {
        return null; // that came meanwhile
      }
    }
    return guard(found, cell, since.era(), began, null, since);
  }

  /**
   * The guard of a load, or a put, that began before it: removals leave their moment behind, in
   * what remains of their time with the backend.
   *
   * @param moment at which it began, by {@link System#nanoTime}
   * @return null where the key may have been removed since
   */
  Guard asOldAs(long moment, Guard guard, Turn turn) {
    byte[] cell = guard.expected();
    boolean isTombstone = cell != null && Tokens.isTombstone(cell);
    Timed timed =
        isTombstone || guard.isHead()
            ? turn.run((backend, deadline) -> timed(guard, backend, deadline))
            : null;
    if (isTombstone && (timed == null || !Arrays.equals(timed.value(), cell))) {
      return null;
    }
    if (!isOlder(cell, timed, moment) || !marks.areOlder(moment, turn)) {
      return null;
    }
    byte[] era = guard.tags() == null ? null : marks.eraAt(moment, guard.tags(), turn);
    return guard.tags() == null || era != null ? guard.since(era) : null;
  }

  /** What is left to a tombstone, and to an entry where that tells more than the entry itself. */
  private static CompletionStage<Timed> timed(Guard guard, Backend backend, Deadline deadline) {
    return guard.isHead() && !backend.capabilities().contains(Capability.SERVER_TIME)
        ? CompletableFuture.completedFuture(null)
        : backend.getTimed(guard.key(), deadline);
  }

  /**
   * Whether a cell that has been read says of no removal, and of no store, that it came since.
   *
   * @param cell null for nothing
   * @param timed what was left to it; null where that is not known
   * @param moment at which the load began, by {@link System#nanoTime}
   */
  private boolean isOlder(byte[] cell, Timed timed, long moment) {
    // After the answer: so nothing is thought to be older than it is.
    long millis = (System.nanoTime() - moment) / 1_000_000 + 1;
    if (millis >= Tokens.TOMBSTONE_MILLIS) {
      return false; // nobody remembers what was removed since
    }
    if (cell == null || recent.isFromBefore(cell, moment)) {
      return true;
    }
    if (Tokens.isTombstone(cell)) {
      return Tokens.TOMBSTONE_MILLIS - timed.millis() > millis;
    }
    return !EntryHead.isEntry(cell)
        || (EntryHead.age(cell) > millis
            && (timed == null || EntryHead.ageBy(timed.millis(), cell) > millis));
  }
}
