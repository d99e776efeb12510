/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Clock;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.flight.Flights.Answer;
import dev.larder.spi.Timeouts;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A caller that follows a flight without a thread that waits. */
final class Following {

  private final Caching caching;
  private final Call call;
  private final boolean handedOver;
  private final CompletableFuture<Step> next = new CompletableFuture<>();

  /** Goes on after the wait, with what its caller carried. */
  private final Runnable inBackground;

  private Following(Caching caching, Call call, boolean handedOver) {
    this.caching = caching;
    this.call = call;
    this.handedOver = handedOver;
    this.inBackground = caching.errands().withCallersContext(() -> proceed(Answer.OVER));
  }

  /**
   * The step of a caller that follows a flight.
   *
   * @param waitMillis for how long at most
   * @param handedOver whether it has seen one flight fail already
   */
  static Step of(Caching caching, Call call, Flight flight, long waitMillis, boolean handedOver) {
    Following following = new Following(caching, call, handedOver);
    long asked = Clock.precise();
    CompletableFuture<Answer> answered = flight.follow();
    following.next.whenComplete(
        (step, cancelled) -> {
          if (cancelled != null) {
            answered.cancel(false);
          }
        });
    Timeouts.complete(answered, Answer.OVER, TimeUnit.MILLISECONDS.toNanos(waitMillis))
        .whenComplete(
            (answer, cancelled) -> {
              flight.unfollow();
              if (answer != null) {
                following.answered(answer.forOneWhoAskedAt(asked));
              }
            });
    return Step.await(following.next);
  }

  @SuppressWarnings("ReferenceEquality") // Answer.RUN is its equal
  private void answered(Answer answer) {
    // The one thread of all timeouts is no place for a body.
    if (answer != Answer.OVER || !caching.errands().runSoon(inBackground)) {
      proceed(answer);
    }
  }

  private void proceed(Answer answer) {
    Step step =
        call.target()
            .later()
            .after(
                call,
                () ->
                    caching
                        .joins()
                        .after(
                            call,
                            answer,
                            handedOver,
                            other -> caching.joins().follow(call, other, true)));
    if (!next.complete(step)) {
      step.take(GIVE_UP); // the caller has cancelled just now
    }
  }

  /** What becomes of a step that nobody is there to take. */
  static final Step.Ways<Boolean> GIVE_UP =
      new Step.Ways<>() {
        @Override
        public Boolean give(Object value) {
          return false;
        }

        @Override
        public Boolean fail(Throwable failure) {
          return false;
        }

        @Override
        public Boolean run(Loading loading) {
          return loading.abandon();
        }

        @Override
        public Boolean await(CompletableFuture<Step> next) {
          return next.cancel(false);
        }
      };
}
