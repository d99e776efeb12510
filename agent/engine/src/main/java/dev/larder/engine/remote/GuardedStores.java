/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.codec.EntryCodec;
import dev.larder.engine.codec.EntryHeader;
import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Capability;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The stores of one cache's loads: each takes place only where what its {@linkplain Guards guard}
 * expects is still there.
 */
final class GuardedStores {

  private final Link link;
  private final CacheMarks marks;
  private final Recent recent;

  GuardedStores(Link link, CacheMarks marks, Recent recent) {
    this.link = link;
    this.marks = marks;
    this.recent = recent;
  }

  /** An entry on its way under its guard. */
  private record Cell(Guard guard, byte[] expected, byte[] entry, long millis) {

    CompletionStage<Outcome> replace(Backend backend, Deadline deadline) {
      return expected == null
          ? putIfAbsent(backend, deadline)
          : backend.replace(guard.key(), expected, entry, millis, deadline);
    }

    private CompletionStage<Outcome> putIfAbsent(Backend backend, Deadline deadline) {
      return backend
          .putIfAbsent(guard.key(), entry, millis, deadline)
          .thenApply(there -> there == null ? Outcome.DONE : Outcome.NOT_MET)
          .exceptionallyCompose(
              failure ->
                  isTooLarge(failure)
                      ? CompletableFuture.completedFuture(Outcome.TOO_LARGE)
                      : CompletableFuture.failedFuture(failure));
    }

    private static boolean isTooLarge(Throwable failure) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      return cause instanceof BackendException known && known.kind() == Kind.TOO_LARGE;
    }

    /** Tells whoever is to know of it that it was stored. */
    void stored(long sent) {
      if (guard.since() != null) {
        guard.since().stored(EntryHead.of(entry), sent);
      }
    }

    CompletionStage<Outcome> put(Backend backend, Deadline deadline) {
      return backend.put(guard.key(), entry, millis, deadline);
    }
  }

  /**
   * Stores what several loads gave, in as many round trips as one of them takes.
   *
   * @return in their order, whether each was stored
   */
  List<Boolean> store(List<Loaded> all, EntryCodec codec, Turn turn) {
    List<String> tags = all.stream().flatMap(each -> each.tags().stream()).distinct().toList();
    CacheMarks.OfTags ofTags = marks.fresh(tags, turn);
    List<Cell> cells = new ArrayList<>(all.size());
    for (Loaded each : all) {
      boolean overtaken = !each.tags().isEmpty() && !ofTags.areOf(each.guard().tags(), each.tags());
      // A tag that was removed meanwhile may be one of these; or another JVM leads by now.
      cells.add(overtaken || !isHeld(each.guard()) ? null : cell(each, ofTags, codec));
    }
    return put(cells, turn);
  }

  private static boolean isHeld(Guard guard) {
    return guard.lease() == null || guard.lease().isHeld();
  }

  private static Cell cell(Loaded loaded, CacheMarks.OfTags ofTags, EntryCodec codec) {
    Guard guard = loaded.guard();
    EntryHeader header = loaded.header();
    EntryHeader whole =
        new EntryHeader(
            header.codec(),
            header.created(),
            header.expires(),
            header.staleUntil(),
            header.errorUntil(),
            header.shape(),
            guard.mark(),
            ofTags.of(loaded.tags()));
    return new Cell(
        guard,
        guard.expected(),
        codec.encode(guard.key(), whole, loaded.value()),
        Math.min(loaded.millis(), Backend.LONGEST));
  }

  /** Puts entries where what their loads left is still there; which were put. */
  private List<Boolean> put(List<Cell> cells, Turn turn) {
    boolean guarded = link.backend(false).capabilities().contains(Capability.CONDITIONAL);
    List<Cell> claimed = guarded ? claimed(cells, turn) : cells;
    if (claimed.stream().allMatch(Objects::isNull)) {
      return Collections.nCopies(cells.size(), false);
    }
    long sent = System.nanoTime();
    List<Boolean> stored =
        turn.run(
            (backend, deadline) ->
                Together.each(
                    claimed,
                    cell ->
                        cell == null
                            ? CompletableFuture.completedFuture(false)
                            : (guarded
                                    ? cell.replace(backend, deadline)
                                    : cell.put(backend, deadline))
                                .thenApply(outcome -> outcome == Outcome.DONE)));
    for (int i = 0; i < claimed.size(); i++) {
      if (stored.get(i)) {
        recent.left(claimed.get(i).entry());
        claimed.get(i).stored(sent);
      }
    }
    return stored;
  }

  /** The same with a token of their own in place of each entry that loads have found; or null. */
  private static List<Cell> claimed(List<Cell> cells, Turn turn) {
    if (cells.stream().noneMatch(cell -> cell != null && cell.guard().isHead())) {
      return cells;
    }
    return turn.run(
        (backend, deadline) ->
            Together.each(
                cells,
                cell ->
                    cell == null || !cell.guard().isHead()
                        ? CompletableFuture.completedFuture(cell)
                        : claimed(backend, cell, deadline)));
  }

  private static CompletionStage<Cell> claimed(Backend backend, Cell cell, Deadline deadline) {
    Guard guard = cell.guard();
    byte[] token = Tokens.load();
    return backend
        .exchange(guard.key(), token, Tokens.LOAD_MILLIS, EntryHead.LENGTH, deadline)
        .thenApply(
            head -> {
              long age = System.nanoTime() - guard.began();
              boolean isOurs =
                  head == null // its time is over; a tombstone's is not yet
                      ? age < Tokens.TOMBSTONE_MILLIS * 1_000_000
                      : Arrays.equals(head, cell.expected());
              return isOurs ? new Cell(guard, token, cell.entry(), cell.millis()) : null;
            });
  }
}
