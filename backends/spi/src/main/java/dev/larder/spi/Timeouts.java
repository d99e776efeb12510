/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends futures that take too long, on a thread of Larder's own.
 *
 * <p>That of {@link CompletableFuture#orTimeout} is one for the whole JVM, and keeps for good the
 * context class loader of whichever thread was the first to ask: an application's that is
 * undeployed later, where it was a call of its cached method.
 */
public final class Timeouts {

  private static final int IDLE_SECONDS = 10;

  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private Timeouts() {}

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Daemons.thread("larder-timeouts", task, 64 * 1024));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  /**
   * Fails a future with a {@link TimeoutException} unless it is done by then.
   *
   * @param nanos from now; at once where they are not above 0
   * @return the future itself
   */
  public static <T> CompletableFuture<T> fail(CompletableFuture<T> future, long nanos) {
    return after(nanos, future, () -> future.completeExceptionally(new TimeoutException()));
  }

  /**
   * Completes a future with a value unless it is done by then.
   *
   * @param nanos from now; at once where they are not above 0
   * @return the future itself
   */
  public static <T> CompletableFuture<T> complete(
      CompletableFuture<T> future, T value, long nanos) {
    return after(nanos, future, () -> future.complete(value));
  }

  /**
   * Has something begun on the thread of all timeouts, which waits for nobody.
   *
   * @param nanos from now; at once where they are not above 0
   */
  public static void later(long nanos, Runnable task) {
    TIMER.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  private static <T> CompletableFuture<T> after(
      long nanos, CompletableFuture<T> future, Runnable end) {
    if (!future.isDone()) {
      Future<?> timeout = TIMER.schedule(end, nanos, TimeUnit.NANOSECONDS);
      future.whenComplete((value, failure) -> timeout.cancel(false));
    }
    return future;
  }
}
