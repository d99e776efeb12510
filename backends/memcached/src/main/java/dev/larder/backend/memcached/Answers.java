/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memcached;

import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Deadline;
import dev.larder.spi.Timeouts;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.spy.memcached.internal.GetFuture;
import net.spy.memcached.internal.OperationFuture;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.ops.StatusCode;

/** Turns spymemcached's futures into stages, and its statuses into the words of the SPI. */
final class Answers {

  /** Runs the client's listeners where the answer arrives; all they do is complete a stage. */
  static final ExecutorService DIRECT = new Direct();

  private Answers() {}

  /** A server's answer: the status, and what came with it. */
  record Answer<T>(StatusCode code, T value) {
    boolean isGood() {
      return code == StatusCode.SUCCESS;
    }
  }

  static <T> CompletableFuture<Answer<T>> of(OperationFuture<T> future, Deadline deadline) {
    CompletableFuture<Answer<T>> answer = new CompletableFuture<>();
    future.addListener(done -> settle(answer, future, future.getStatus()));
    return within(deadline, answer, future);
  }

  static <T> CompletableFuture<Answer<T>> of(GetFuture<T> future, Deadline deadline) {
    CompletableFuture<Answer<T>> answer = new CompletableFuture<>();
    future.addListener(done -> settle(answer, future, future.getStatus()));
    return within(deadline, answer, future);
  }

  private static <T> void settle(
      CompletableFuture<Answer<T>> answer, Future<T> future, OperationStatus status) {
    StatusCode code = status == null ? StatusCode.ERR_INTERNAL : status.getStatusCode();
    switch (code == null ? StatusCode.ERR_INTERNAL : code) {
      case SUCCESS -> {
        try {
          answer.complete(new Answer<>(code, future.get()));
        } catch (ExecutionException | RuntimeException failure) {
          answer.completeExceptionally(failed(Kind.GARBLED, failure.getMessage(), failure));
        } catch (InterruptedException impossible) {
          Thread.currentThread().interrupt(); // it is done, and nothing waits
        }
      }
      case ERR_NOT_FOUND, ERR_EXISTS, ERR_NOT_STORED, ERR_2BIG ->
          answer.complete(new Answer<>(code, null));
      case CANCELLED, INTERRUPTED ->
          answer.completeExceptionally(
              failed(
                  Kind.UNAVAILABLE,
                  "there is no connection to the key's Memcached: it is away, or takes another"
                      + " memcached.username and memcached.password",
                  null));
      case TIMEDOUT ->
          answer.completeExceptionally(failed(Kind.TIMEOUT, status.getMessage(), null));
      case ERR_BUSY, ERR_TEMP_FAIL ->
          answer.completeExceptionally(failed(Kind.OVERLOADED, status.getMessage(), null));
      case ERR_INTERNAL ->
          answer.completeExceptionally(
              failed(
                  Kind.GARBLED,
                  "Memcached said what the client does not know: "
                      + (status == null ? null : status.getMessage()),
                  null));
      default -> answer.completeExceptionally(failed(Kind.REFUSED, status.getMessage(), null));
    }
  }

  /**
   * Fails once the deadline is over. The client is then made to see a time-out too: it does not
   * send what it has not sent, and after a number of them in a row it takes the connection for
   * dead.
   */
  private static <T> CompletableFuture<Answer<T>> within(
      Deadline deadline, CompletableFuture<Answer<T>> answer, Future<T> future) {
    if (answer.isDone()) {
      return answer;
    }
    return Timeouts.fail(answer, deadline.nanosLeft())
        .exceptionallyCompose(
            failure -> {
              if (!(failure instanceof TimeoutException)) {
                return CompletableFuture.failedFuture(failure);
              }
              try {
                future.get(0, TimeUnit.NANOSECONDS);
              } catch (TimeoutException | ExecutionException | RuntimeException counted) {
                // This is what it was asked for.
              } catch (InterruptedException impossible) {
                Thread.currentThread().interrupt();
              }
              return CompletableFuture.failedFuture(
                  failed(Kind.TIMEOUT, "Memcached did not answer in time", null));
            });
  }

  static BackendException failed(Kind kind, String message, Throwable cause) {
    return new BackendException(kind, message, cause);
  }

  private static final class Direct extends AbstractExecutorService {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
