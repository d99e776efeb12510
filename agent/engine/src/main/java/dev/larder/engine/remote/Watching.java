/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A second reading of what was found, from which on the backend tells its next change. */
final class Watching {

  private Watching() {}

  /**
   * Whether keys still have what was found there; of those that have, the next change will be told.
   *
   * @return in the order of what was found
   */
  static List<Boolean> areStill(List<Found> found, Turn turn) {
    List<byte[]> cells = turn.run((backend, deadline) -> watched(backend, found, deadline));
    List<Boolean> still = new ArrayList<>(found.size());
    for (int i = 0; i < found.size(); i++) {
      still.add(Arrays.equals(cells.get(i), found.get(i).cell()));
    }
    return still;
  }

  private static CompletionStage<List<byte[]>> watched(
      Backend backend, List<Found> found, Deadline deadline) {
    return Together.each(
        found,
        each ->
            backend
                .getWatched(each.key(), deadline)
                .exceptionallyCompose(Watching::nothingWhereRefused));
  }

  /** That a key cannot be watched says nothing of the backend's health. */
  private static CompletionStage<byte[]> nothingWhereRefused(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof BackendException known && known.kind() == Kind.REFUSED
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(cause);
  }
}
