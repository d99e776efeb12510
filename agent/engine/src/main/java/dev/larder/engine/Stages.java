/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * What callers of methods that give a {@code CompletionStage} get.
 *
 * <p>No thread waits: a follower gets a stage that completes when its leader's does, and so does
 * the leader, each a stage of its own, so that cancelling one caller's cancels nobody else's.
 */
final class Stages implements Step.Ways<CompletableFuture<Object>> {

  private static final Stages WAYS = new Stages();

  private Stages() {}

  /** The stage of a caller that has come to this step. */
  static CompletableFuture<Object> of(Step step) {
    return step.take(WAYS);
  }

  /** What a caller gets in place of the stage that the body has given it. */
  static CompletableFuture<Object> lead(CompletionStage<?> given, Loading loading) {
    CompletableFuture<Object> own = new CompletableFuture<>();
    given.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            loading.succeeded(value);
            own.complete(value);
          } else {
            loading.failed(unwrapped(failure), failure).take(new Completing(own, failure));
          }
        });
    loading.subscribed();
    return own;
  }

  /**
   * What the one caller of a run that only puts and evicts gets in place of its stage: it completes
   * once that is done, and what the caller completes or cancels is the body's too.
   */
  static CompletableFuture<Object> watch(CompletionStage<?> given, Loading loading) {
    CompletableFuture<Object> own = lead(given, loading);
    if (given instanceof CompletableFuture<?> bodys) {
      own.whenComplete((value, failure) -> complete(bodys, value, failure));
    }
    return own;
  }

  /** Completes what is not complete yet. */
  @SuppressWarnings("unchecked")
  private static void complete(CompletableFuture<?> stage, Object value, Throwable failure) {
    if (failure == null) {
      ((CompletableFuture<Object>) stage).complete(value);
    } else {
      stage.completeExceptionally(failure);
    }
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  @Override
  public CompletableFuture<Object> give(Object value) {
    return CompletableFuture.completedFuture(value);
  }

  @Override
  public CompletableFuture<Object> fail(Throwable failure) {
    return CompletableFuture.failedFuture(failure);
  }

  @Override
  public CompletableFuture<Object> run(Loading loading) {
    try {
      CompletionStage<?> given = (CompletionStage<?>) loading.run();
      if (given != null) {
        return lead(given, loading);
      }
      loading.succeeded(null);
      return CompletableFuture.completedFuture(null);
    } catch (Throwable failure) { // of the body, which this caller asked for
      return loading.thrown(failure).take(this);
    }
  }

  @Override
  public CompletableFuture<Object> await(CompletableFuture<Step> next) {
    CompletableFuture<Object> own = new CompletableFuture<>();
    next.thenAccept(step -> pass(step.take(this), own));
    own.whenComplete((value, failure) -> next.cancel(false)); // where the caller has cancelled
    return own;
  }

  private static void pass(CompletableFuture<Object> from, CompletableFuture<Object> own) {
    from.whenComplete((value, failure) -> complete(own, value, failure));
  }

  /** Completes a caller's stage with what became of a failure. */
  private record Completing(CompletableFuture<Object> own, Throwable failure)
      implements Step.Ways<Void> {

    @Override
    public Void give(Object value) {
      own.complete(value);
      return null;
    }

    @Override
    public Void fail(Throwable unwrapped) {
      own.completeExceptionally(failure);
      return null;
    }

    @Override
    public Void run(Loading loading) {
      throw new IllegalStateException("a failed run is not run again for its own caller");
    }

    @Override
    public Void await(CompletableFuture<Step> next) {
      throw new IllegalStateException("a failed run waits for nobody");
    }
  }
}
