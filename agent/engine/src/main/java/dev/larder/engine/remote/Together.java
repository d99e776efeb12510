/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Several operations as one: all are sent before any is waited for, so that they cost one round
 * trip. One that fails fails them all.
 */
final class Together {

  private Together() {}

  /** What an operation on each of some things gives, in their order. */
  static <T, R> CompletionStage<List<R>> each(
      Collection<T> things, Function<T, CompletionStage<R>> operation) {
    List<CompletableFuture<R>> all = new ArrayList<>(things.size());
    for (T thing : things) {
      all.add(operation.apply(thing).toCompletableFuture());
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> {
              List<R> results = new ArrayList<>(all.size());
              all.forEach(one -> results.add(one.join()));
              return results;
            });
  }
}
