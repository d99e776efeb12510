/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.flight.SharedFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What callers of methods that give a {@code Future} get: the body's own behind one of theirs, by
 * whose {@code get} Larder learns of the value. A body's {@code CompletableFuture} tells it itself.
 */
final class Futures implements Step.Ways<Future<Object>> {

  private static final Futures WAYS = new Futures();

  private Futures() {}

  /** The Future of a caller that has come to this step. */
  static Future<Object> of(Step step) {
    return step.take(WAYS);
  }

  /** What a caller gets in place of the Future that the body has given it. */
  static Future<Object> lead(Future<?> given, Loading loading) {
    if (given instanceof CompletionStage<?> stage) {
      return Stages.lead(stage, loading);
    }
    Future<Object> own = loading.sharedFuture().lead(given, new Telling(loading));
    loading.subscribed();
    return own;
  }

  /**
   * Tells a loading what becomes of the Future that its body has given.
   *
   * <p>As a step's ways it gives the Future of what stands in for a failure; null for nothing.
   */
  private record Telling(Loading loading)
      implements SharedFuture.Hearer, Step.Ways<Future<Object>> {

    @Override
    public void succeeded(Object value) {
      loading.succeeded(value);
    }

    @Override
    public Future<Object> failedWith(Throwable failure) {
      return loading.failed(failure).take(this);
    }

    @Override
    public boolean abandon() {
      return loading.abandon();
    }

    @Override
    public Future<Object> give(Object value) {
      return CompletableFuture.completedFuture(value);
    }

    @Override
    public Future<Object> fail(Throwable failure) {
      return null;
    }

    @Override
    public Future<Object> run(Loading again) {
      throw new IllegalStateException("a failed run is not run again for its own caller");
    }

    @Override
    public Future<Object> await(CompletableFuture<Step> next) {
      throw new IllegalStateException("a failed run waits for nobody");
    }
  }

  /**
   * Runs a body for nobody but the cache, and waits for its value on this thread.
   *
   * @param waitMillis for how long at most
   * @throws Throwable what there is in place of a value
   */
  static void load(Loading loading, long waitMillis) throws Throwable {
    Future<Object> own = of(Step.run(loading));
    try {
      own.get(waitMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause();
    } catch (InterruptedException | TimeoutException tooLong) {
      loading.abandon();
      throw tooLong;
    }
  }

  @Override
  public Future<Object> give(Object value) {
    return CompletableFuture.completedFuture(value);
  }

  @Override
  public Future<Object> fail(Throwable failure) {
    return CompletableFuture.failedFuture(failure);
  }

  @Override
  public Future<Object> run(Loading loading) {
    try {
      Future<?> given = (Future<?>) loading.run();
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
  public Future<Object> await(CompletableFuture<Step> next) {
    throw new IllegalStateException("a caller with a Future follows by its own get");
  }
}
