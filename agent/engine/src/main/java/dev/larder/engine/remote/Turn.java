/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.Deadline;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What one call of the application does with a backend: all its waits together last no longer than
 * the cache's {@code timeout}, however many operations there are. Used by one thread at a time.
 */
public final class Turn {

  private final Link link;
  private final long allowed;
  private final boolean probing;
  private long waited;

  Turn(Link link, long timeoutMillis, boolean probing) {
    this.link = link;
    this.allowed = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    this.probing = probing;
  }

  /** One operation of a backend. */
  @FunctionalInterface
  interface Operation<T> {
    CompletionStage<T> on(Backend backend, Deadline deadline);
  }

  /**
   * Does an operation and waits for it.
   *
   * @throws BackendException if it failed, or the time of this turn is over
   */
  <T> T run(Operation<T> operation) {
    Backend backend = link.backend(probing);
    long left = allowed - waited;
    if (left <= 0) {
      throw new BackendException(Kind.TIMEOUT, "the call's timeout was over", null);
    }
    long began = System.nanoTime();
    long took = 0;
    try {
      T result =
          await(
              operation.on(backend, Deadline.at(began + left)).toCompletableFuture(), began + left);
      took = System.nanoTime() - began;
      if (!probing) {
        link.answered(took > allowed / 2);
      }
      return result;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BackendException(Kind.TIMEOUT, "the caller was interrupted", interrupted);
    } catch (TimeoutException late) {
      throw failed(new BackendException(Kind.TIMEOUT, "it did not answer in time", late));
    } catch (ExecutionException failure) {
      throw failed(
          failure.getCause() instanceof BackendException known
              ? known
              : new BackendException(Kind.GARBLED, String.valueOf(failure.getCause()), failure));
    } catch (RuntimeException | Error failure) { // the backend may be anybody's
      throw failed(new BackendException(Kind.GARBLED, failure.toString(), failure));
    } finally {
      waited += took != 0 ? took : System.nanoTime() - began;
    }
  }

  /**
   * Waits for an answer. A caller that is interrupted hears of it when it has come, or the time is
   * over: a removal is to hold once its call has returned, and it is no fault of the backend. A
   * thread of Larder's is only interrupted to end.
   */
  private <T> T await(Future<T> answer, long until)
      throws ExecutionException, TimeoutException, InterruptedException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return answer.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException early) {
          if (probing) {
            throw early;
          }
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Waits for what is made beside the connection, in the time of this turn; whether it is there,
   * well or not. The backend has no part in it.
   */
  public boolean awaits(Future<?> made) {
    long began = System.nanoTime();
    try {
      made.get(Math.max(0, allowed - waited), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException failed) { // told to whoever uses it
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waited += System.nanoTime() - began;
    }
  }

  private BackendException failed(BackendException failure) {
    if (!probing && failure.kind() != Kind.TOO_LARGE) {
      link.failed(failure);
    }
    return failure;
  }
}
