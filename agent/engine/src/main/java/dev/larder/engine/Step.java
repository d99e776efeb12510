/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import java.util.concurrent.CompletableFuture;

/** What comes next for a caller that is not to be kept waiting on its thread. */
public interface Step {

  /** Goes the way that this step is. */
  <R> R take(Ways<R> ways);

  /**
   * The ways that a step may be, in the terms of whoever asked for the value.
   *
   * @param <R> what the caller gets: a stage, a source, a value
   */
  interface Ways<R> {

    /** The value is there; null where null is the value. */
    R give(Object value);

    /** The value is an exception, the very instance. */
    R fail(Throwable failure);

    /** This caller is to run the body, and to tell the loading what becomes of it. */
    R run(Loading loading);

    /** The next step comes later; whoever no longer wants it cancels it. */
    R await(CompletableFuture<Step> next);
  }

  static Step give(Object value) {
    return new Step() {
      @Override
      public <R> R take(Ways<R> ways) {
        return ways.give(value);
      }
    };
  }

  static Step fail(Throwable failure) {
    return new Step() {
      @Override
      public <R> R take(Ways<R> ways) {
        return ways.fail(failure);
      }
    };
  }

  static Step run(Loading loading) {
    return new Step() {
      @Override
      public <R> R take(Ways<R> ways) {
        return ways.run(loading);
      }
    };
  }

  static Step await(CompletableFuture<Step> next) {
    return new Step() {
      @Override
      public <R> R take(Ways<R> ways) {
        return ways.await(next);
      }
    };
  }
}
