/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Flights.Answer;
import dev.larder.engine.Flights.Flight;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The flights of methods that give their value later.
 *
 * <p>No thread waits: a follower gets a stage that completes when its leader's does, and so does
 * the leader, each a stage of its own, so that cancelling one caller's cancels nobody else's.
 */
final class Stages {

  private Stages() {}

  /** A call that may have to run its body itself. */
  interface Follower {

    /** What this caller gets of an entry's value. */
    Object valueOf(Entry entry);

    /** Takes over the lead of a flight that has failed; null where somebody else leads it now. */
    Flight takeOver();

    /** Runs the body for this caller alone, or as the leader of a flight. */
    CompletionStage<?> run(Flight leading) throws Throwable;

    /** The flight to follow after a take-over that failed; null where there is none. */
    Flight flying();
  }

  /** What the leader gets, in place of the stage that its body has given. */
  static CompletionStage<Object> lead(CompletionStage<?> given, Ending ending) {
    CompletableFuture<Object> own = new CompletableFuture<>();
    given.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            ending.succeeded(value);
            own.complete(value);
          } else {
            Entry old = ending.failed(unwrapped(failure));
            if (old == null) {
              own.completeExceptionally(failure);
            } else {
              own.complete(ending.valueOf(old));
            }
          }
        });
    return own;
  }

  /** What is done when a body's stage completes. */
  interface Ending {

    /** Stores the value, and tells the followers. */
    void succeeded(Object value);

    /** Tells the followers; the old entry that stands in for the failure, or null. */
    Entry failed(Throwable failure);

    /** What the caller gets of an entry's value. */
    Object valueOf(Entry entry);
  }

  /** What a follower gets of a flight. */
  static CompletableFuture<Object> follow(Flight flight, long waitMillis, Follower follower) {
    CompletableFuture<Object> own = new CompletableFuture<>();
    follow(flight, waitMillis, follower, own, false);
    return own;
  }

  private static void follow(
      Flight flight,
      long waitMillis,
      Follower follower,
      CompletableFuture<Object> own,
      boolean handedOver) {
    CompletionStage<Answer> answered =
        flight.answer().copy().completeOnTimeout(Answer.RUN, waitMillis, TimeUnit.MILLISECONDS);
    answered.thenAccept(answer -> take(answer, waitMillis, follower, own, handedOver));
  }

  private static void take(
      Answer answer,
      long waitMillis,
      Follower follower,
      CompletableFuture<Object> own,
      boolean handedOver) {
    try {
      if (answer.outcome() == Flights.Outcome.LANDED) {
        own.complete(follower.valueOf(answer.entry()));
        return;
      }
      Flight leading = null;
      if (answer.outcome() == Flights.Outcome.HANDED_OVER && !handedOver) {
        leading = follower.takeOver();
        Flight other = leading == null ? follower.flying() : null;
        if (other != null) {
          follow(other, waitMillis, follower, own, true);
          return;
        }
      }
      CompletionStage<?> given = follower.run(leading);
      if (given == null) {
        own.complete(null);
        return;
      }
      given.whenComplete(
          (value, failure) -> {
            if (failure == null) {
              own.complete(value);
            } else {
              own.completeExceptionally(failure);
            }
          });
    } catch (Throwable failure) { // of the body, which this caller asked for
      own.completeExceptionally(failure);
    }
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
