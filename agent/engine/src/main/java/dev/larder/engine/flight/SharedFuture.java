/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.flight;

import dev.larder.spi.Daemons;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The {@code Future} that a body gives, and how many callers have a share in it; each holds a
 * Future of its own.
 *
 * <p>A {@code Future} tells nobody that its value is there, and no thread of Larder's waits for it:
 * whoever's {@code get} is given the value tells the load. Where nobody ever asks, the load ends
 * when the last Future of a caller is collected.
 */
public final class SharedFuture {

  private static final Cleaner CLEANER =
      Cleaner.create(run -> Daemons.thread("larder-futures", run, 0));

  private final CompletableFuture<Future<?>> given = new CompletableFuture<>();
  private final AtomicBoolean failed = new AtomicBoolean();

  /** What stands in for a failure; of null where nothing does. */
  private final CompletableFuture<Future<Object>> instead = new CompletableFuture<>();

  private Hearer hearer;
  private long givenAt;
  private int holders = 1;
  private boolean left;

  /** Who is told what becomes of it. */
  public interface Hearer {

    /** Tells that the value has come; null where null is the value. */
    void succeeded(Object value);

    /**
     * Tells that there is none.
     *
     * @return the Future of what stands in for it; null for nothing
     */
    Future<Object> failedWith(Throwable failure);

    /** Tells that nobody wants it any more; false where it has come to an end before. */
    boolean abandon();
  }

  /**
   * The Future of the caller whose body has given one.
   *
   * @param hearer is to be told of the value
   */
  public Future<Object> lead(Future<?> future, Hearer hearer) {
    this.hearer = hearer;
    this.givenAt = System.nanoTime();
    CLEANER.register(this, hearer::abandon);
    given.complete(future);
    return new Leading(future);
  }

  /**
   * Takes a share.
   *
   * @param waitMillis for how long after it was given others may take one
   * @return false where it is too late
   */
  boolean join(long waitMillis) {
    if (given.isDone() && System.nanoTime() - givenAt > TimeUnit.MILLISECONDS.toNanos(waitMillis)) {
      return false;
    }
    synchronized (this) {
      holders += left ? 0 : 1;
      return !left;
    }
  }

  /** Completes when the body has given its Future; never where it gave none, or a stage. */
  public CompletableFuture<?> whenGiven() {
    return given;
  }

  /** Whether a {@code get} would not wait. */
  public boolean isDone() {
    Future<?> future = given.getNow(null);
    return future != null && future.isDone();
  }

  /**
   * Gives a share up; the last to do so cancels the body's Future.
   *
   * @return false where that can no longer be cancelled
   */
  public boolean cancel(boolean mayInterrupt) {
    synchronized (this) {
      if (holders > 1) {
        holders--;
        return true;
      }
      left = true; // nobody is to join while it is cancelled
    }
    Future<?> future = given.getNow(null);
    boolean cancelled = future == null || future.cancel(mayInterrupt);
    if (!cancelled) {
      synchronized (this) {
        left = false;
      }
    } else if (future != null) {
      hearer.abandon();
    }
    return cancelled;
  }

  /** Waits for the value, and tells of what comes; once the body has given its Future. */
  public void hear(long nanos) throws InterruptedException, TimeoutException {
    try {
      get(future -> future.get(nanos, TimeUnit.NANOSECONDS));
    } catch (ExecutionException | RuntimeException | Error itsLeaders) {
      // It reaches the leader's own caller alone; the flight has been told.
    }
  }

  /** Waits for a Future. */
  private interface Getting {
    Object from(Future<?> future) throws InterruptedException, ExecutionException, TimeoutException;
  }

  private Object get(Getting getting)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      Object value = getting.from(given.join());
      hearer.succeeded(value);
      return value;
    } catch (InterruptedException | TimeoutException notYet) {
      throw notYet;
    } catch (ExecutionException | RuntimeException | Error failure) {
      Future<Object> standIn = standIn(failure);
      if (standIn == null) {
        throw failure;
      }
      return standIn.get();
    } finally {
      Reference.reachabilityFence(this); // whose end would end the load
    }
  }

  /** Tells of a failure, once. */
  private Future<Object> standIn(Throwable failure) {
    if (failed.compareAndSet(false, true)) {
      boolean wrapped = failure instanceof ExecutionException && failure.getCause() != null;
      instead.complete(hearer.failedWith(wrapped ? failure.getCause() : failure));
    }
    return instead.join();
  }

  /** What the caller gets whose body gave the Future: the same, but for its own cancellation. */
  private final class Leading implements Future<Object> {

    private final Future<?> future;
    private final AtomicBoolean cancelled = new AtomicBoolean();

    Leading(Future<?> future) {
      this.future = future;
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      if (isDone() || !cancelled.compareAndSet(false, true)) {
        return false;
      }
      boolean gone = SharedFuture.this.cancel(mayInterrupt);
      if (!gone) {
        cancelled.set(false);
      }
      return gone;
    }

    @Override
    public boolean isCancelled() {
      return cancelled.get() || future.isCancelled();
    }

    @Override
    public boolean isDone() {
      return cancelled.get() || future.isDone();
    }

    @Override
    public Object get() throws InterruptedException, ExecutionException {
      try {
        return unlessCancelled(Future::get);
      } catch (TimeoutException impossible) {
        throw new IllegalStateException("a get without a time has timed out", impossible);
      }
    }

    @Override
    public Object get(long timeout, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException {
      return unlessCancelled(each -> each.get(timeout, unit));
    }

    private Object unlessCancelled(Getting getting)
        throws InterruptedException, ExecutionException, TimeoutException {
      if (cancelled.get()) {
        throw new CancellationException();
      }
      Object value = SharedFuture.this.get(getting);
      if (cancelled.get()) {
        throw new CancellationException();
      }
      return value;
    }
  }
}
