/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.flight.Flight;
import dev.larder.engine.flight.SharedFuture;
import dev.larder.engine.value.UncacheableValue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run of a body whose value comes after it has returned, and what is told of it.
 *
 * <p>Whoever runs it tells one of {@link #succeeded}, {@link #failed} and {@link #left}, on
 * whatever thread; what is told after the first is not heard. Nothing that goes wrong in here
 * reaches who tells it.
 */
public final class Loading {

  private final LaterRuns runs;
  private final Ticket.Running ticket;
  private final Object given;
  private final Asker asker;
  private final Flight flight;
  private final AtomicBoolean ended = new AtomicBoolean();

  /** The look-up that is to be filled; null where there is none, or no longer. */
  private volatile Miss miss;

  /**
   * A run to come.
   *
   * @param ticket what has to be done with what it gives
   * @param given what the body has given already; null where it is still to run
   */
  Loading(LaterRuns runs, Ticket.Running ticket, Object given, Asker asker) {
    this.runs = runs;
    this.ticket = ticket;
    this.given = given;
    this.asker = asker;
    this.miss = ticket.miss;
    this.flight = miss == null ? null : miss.flight();
  }

  /** The flight that it leads; null for none. */
  Flight flight() {
    return flight;
  }

  /** Who had it run. */
  Asker asker() {
    return asker;
  }

  /** What the library carried from the subscriber that asked; null for nothing. */
  public Object context() {
    return asker.context();
  }

  /** The Future by which callers share this run; of one that leads no flight its caller's alone. */
  SharedFuture sharedFuture() {
    return flight != null && flight.isByFuture() ? flight.handOutFuture() : new SharedFuture();
  }

  /** Whether anybody wants to know of the value. */
  public boolean isWatched() {
    return miss != null || ticket.isWatched();
  }

  /**
   * Runs the body on this thread.
   *
   * @return the source that it gives
   * @throws Throwable what the body throws; {@link #failed} is to be told of it
   */
  public Object run() throws Throwable {
    return given != null ? given : runWith(ticket.arguments);
  }

  /**
   * Runs the body of a suspend function on this thread.
   *
   * @param continuation who continues with the value in the caller's place
   * @return the value, or the mark of suspension
   * @throws Throwable what the body throws; {@link #failed} is to be told of it
   */
  public Object run(Object continuation) throws Throwable {
    Object[] arguments = ticket.arguments.clone();
    arguments[arguments.length - 1] = continuation;
    return runWith(arguments);
  }

  private Object runWith(Object[] arguments) throws Throwable {
    if (flight != null) {
      flight.leadOnThisThread();
    }
    boolean returned = false;
    try {
      Object source = runs.runBody(ticket, arguments);
      returned = true;
      return source;
    } finally {
      Miss running = miss;
      if (running != null && runs.stepsAside(running, returned)) {
        miss = null;
      }
    }
  }

  /**
   * Subscribes to the source that the body has given, as {@link #subscribed} tells. What that
   * throws, as sources do of what the JVM says of itself, is the run's failure, and the caller's.
   */
  public void subscribe(Runnable subscription) {
    try {
      subscription.run();
    } catch (Throwable thrown) {
      failed(thrown);
      throw thrown;
    }
    subscribed();
  }

  /** Tells that the source was subscribed to: the load goes on without this thread. */
  public void subscribed() {
    if (flight != null) {
      flight.leaveThread();
    }
  }

  /** Tells that the value has come; null where null is the value. */
  public void succeeded(Object value) {
    if (ended.compareAndSet(false, true)) {
      runs.loaded(ticket, miss, value);
    }
  }

  /** Tells that all has come of what was too much to be a value. */
  public void completed() {
    if (ended.compareAndSet(false, true)) {
      runs.loadedTooMuch(ticket);
    }
  }

  /**
   * Tells that there is no value.
   *
   * @return the failure, or the old value that stands in for it
   */
  public Step failed(Throwable failure) {
    return failed(failure, failure);
  }

  /** The same of a body that has thrown where it should have given a stage or a Future. */
  Step thrown(Throwable failure) {
    return failed(failure, null);
  }

  /**
   * The same.
   *
   * @param given as what a stage gave it: it may be the cause of that
   */
  Step failed(Throwable failure, Throwable given) {
    return ended.compareAndSet(false, true)
        ? runs.notLoaded(ticket, miss, failure, given)
        : Step.fail(failure);
  }

  /** Tells that no more comes of a value of which the caller has had a part; the failure. */
  public Step failedMidway(Throwable failure) {
    if (ended.compareAndSet(false, true)) {
      runs.brokenOff(ticket, miss, failure);
    }
    return Step.fail(failure);
  }

  /** Tells that what comes is for its caller alone; whoever waits for it is to run the body. */
  public void notShared() {
    Miss running = miss;
    miss = null;
    if (running != null && !ended.get()) {
      runs.notShared(running);
    }
  }

  /**
   * Tells that the caller has cancelled.
   *
   * @param cancel cancels the source, once the last who waits for the value has cancelled too
   * @return whether anybody waits; if not, the source is to be cancelled now
   */
  public boolean left(Runnable cancel) {
    if (ended.get()) {
      return false;
    }
    if (miss != null
        && flight != null
        && flight.isAwaited(
            () -> {
              if (abandon()) {
                cancel.run();
              }
            })) {
      return true;
    }
    abandon();
    return false;
  }

  /** Gives up a run; false where it has ended before. */
  boolean abandon() {
    boolean first = ended.compareAndSet(false, true);
    if (first) {
      runs.abandoned(ticket, miss);
    }
    return first;
  }

  /**
   * Keeps an element of a stream apart from what its caller does with it.
   *
   * @return the element as it will be in the value
   * @throws UncacheableValue if it cannot be kept, which has been warned of
   */
  public Object keep(Object element) throws UncacheableValue {
    return runs.keep(element);
  }
}
