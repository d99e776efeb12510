/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Clock;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.flight.Flights;
import dev.larder.engine.flight.Flights.Answer;
import dev.larder.engine.flight.SharedFuture;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The Future of a caller that follows a flight. Nothing is done for it until it is asked: its
 * {@code get} waits on the leader's Future, whoever of them is first, and where no value comes of
 * that runs the body, on its own thread.
 */
final class FollowingFuture implements Future<Object> {

  /** Longer than any wait, in nanoseconds, and short enough to be added to a moment. */
  private static final long FOREVER = Long.MAX_VALUE >> 1;

  private final Caching caching;
  private final Call call;
  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private volatile Share share;

  /** Whether it has seen a flight fail; by turns. */
  private boolean handedOver;

  /** What it has come to; null as long as it follows. */
  private volatile Future<Object> own;

  /**
   * The Future of a follower.
   *
   * @param shared in which it has a share already; null where the flight gives no Future
   * @param handedOver whether the caller has seen one flight fail already
   */
  FollowingFuture(
      Caching caching, Call call, Flight flight, SharedFuture shared, boolean handedOver) {
    this.caching = caching;
    this.call = call;
    this.share = new Share(flight, shared);
    this.handedOver = handedOver;
  }

  /** The part of a follower in a flight. */
  private static final class Share {
    private final Flight flight;
    private final SharedFuture shared;
    private final CompletableFuture<Answer> answer;
    private final AtomicBoolean left = new AtomicBoolean();
    private final long asked = Clock.precise();

    Share(Flight flight, SharedFuture shared) {
      this.flight = flight;
      this.shared = shared;
      this.answer = flight.follow();
    }

    boolean isReady() {
      return answer.isDone() || (shared != null && shared.isDone());
    }

    Answer answer(long until) throws InterruptedException, ExecutionException, TimeoutException {
      if (shared != null && !answer.isDone()) {
        CompletableFuture<?> first = CompletableFuture.anyOf(answer, shared.whenGiven());
        if (!first.isDone() && !Flights.await(flight, first, nanosUntil(until))) {
          return Answer.RUN;
        }
        if (!answer.isDone()) {
          shared.hear(nanosUntil(until));
        }
      }
      return answer.get(nanosUntil(until), TimeUnit.NANOSECONDS).forOneWhoAskedAt(asked);
    }

    /** Gives the share up; false where there is nothing any more that could be cancelled. */
    boolean leave(boolean mayInterrupt) {
      if (!left.compareAndSet(false, true)) {
        return true;
      }
      flight.unfollow();
      return shared == null || shared.cancel(mayInterrupt);
    }
  }

  private static long nanosUntil(long moment) {
    return Math.max(0, moment - System.nanoTime());
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    if (isDoneAlready() || !cancelled.compareAndSet(false, true)) {
      return false;
    }
    Future<Object> settled = own;
    boolean gone = settled == null ? share.leave(mayInterrupt) : settled.cancel(mayInterrupt);
    if (!gone) {
      cancelled.set(false);
    }
    return gone;
  }

  private boolean isDoneAlready() {
    Future<Object> settled = own;
    return settled == null ? share.isReady() : settled.isDone();
  }

  @Override
  public boolean isCancelled() {
    Future<Object> settled = own;
    return cancelled.get() || (settled != null && settled.isCancelled());
  }

  /** Goes on as far as that needs no waiting: somebody who only asks this is to see an end too. */
  @Override
  public boolean isDone() {
    if (cancelled.get()) {
      return true;
    }
    if (own == null && share.isReady()) {
      try {
        settle(System.nanoTime());
      } catch (TimeoutException notYet) {
        return false;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    Future<Object> settled = own;
    return settled != null && settled.isDone();
  }

  @Override
  public Object get() throws InterruptedException, ExecutionException {
    try {
      Object value = settle(System.nanoTime() + FOREVER).get();
      refuseIfCancelled();
      return value;
    } catch (TimeoutException impossible) {
      throw new IllegalStateException("a get without a time has timed out", impossible);
    }
  }

  @Override
  public Object get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    long until = System.nanoTime() + Math.min(unit.toNanos(timeout), FOREVER);
    Object value = settle(until).get(nanosUntil(until), TimeUnit.NANOSECONDS);
    refuseIfCancelled();
    return value;
  }

  private void refuseIfCancelled() {
    if (cancelled.get()) {
      throw new CancellationException();
    }
  }

  /**
   * What it comes to, once it follows no longer.
   *
   * @throws TimeoutException if it still does at a moment
   */
  private Future<Object> settle(long until) throws InterruptedException, TimeoutException {
    refuseIfCancelled();
    if (own == null) {
      if (!turn.tryLock(nanosUntil(until), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException();
      }
      try {
        while (own == null) {
          refuseIfCancelled();
          goOn(answer(until));
        }
      } finally {
        turn.unlock();
      }
    }
    return own;
  }

  private Answer answer(long until) throws InterruptedException, TimeoutException {
    long wait = Math.min(TimeUnit.MILLISECONDS.toNanos(caching.waitMillis()), FOREVER);
    long over = System.nanoTime() + wait;
    boolean endsFirst = over - until < 0;
    try {
      return share.answer(endsFirst ? over : until);
    } catch (TimeoutException late) {
      if (endsFirst) {
        return Answer.OVER;
      }
      throw late;
    } catch (ExecutionException | CancellationException impossible) { // it never ends like that
      return Answer.RUN;
    }
  }

  private void goOn(Answer answer) {
    Share left = share;
    Step step =
        call.target()
            .later()
            .after(call, () -> caching.joins().after(call, answer, handedOver, this::follow));
    if (answer.outcome() != Flights.Outcome.LANDED) {
      left.leave(true);
    }
    if (step != null) {
      own = Futures.of(step);
      if (cancelled.get()) {
        own.cancel(true);
      }
    }
  }

  /** Follows another caller that has taken over. */
  private Step follow(Flight flight) {
    SharedFuture shared = flight.joinFuture(caching.waitMillis());
    handedOver = true;
    if (shared == null && flight.isByFuture()) {
      return caching.joins().after(call, Answer.RUN, true, this::follow);
    }
    share = new Share(flight, shared);
    return null;
  }
}
