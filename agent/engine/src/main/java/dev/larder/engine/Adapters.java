/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

/** The libraries whose types give a value later, as the application has them. */
public interface Adapters {

  /** Where no such library is known. */
  Adapters NONE =
      new Adapters() {
        @Override
        public SourceAdapter ofSource(Class<?> type) {
          return null;
        }

        @Override
        public SuspendAdapter ofContinuation(Class<?> continuation) {
          return null;
        }
      };

  /**
   * The adapter of a reactive type.
   *
   * @param type the very class that a method declares to return
   * @return null where it is of no library that is known
   * @throws LinkageError if the application's version of the library lacks what the adapter needs
   */
  SourceAdapter ofSource(Class<?> type);

  /**
   * The adapter of Kotlin's suspend functions.
   *
   * @param continuation the very interface that a function declares as its last parameter
   * @return null where none is known
   * @throws LinkageError if the application's version of the library lacks what the adapter needs
   */
  SuspendAdapter ofContinuation(Class<?> continuation);

  /** Calls and resumes suspend functions, by their calling convention. */
  interface SuspendAdapter {

    /**
     * Whether a function is entered to be resumed: with what it has left behind, not its caller's.
     */
    boolean isResumption(Object continuation);

    /**
     * What a caller gets at once: the value, or the mark of suspension where it comes later.
     *
     * @throws Throwable what the value is, where it is an exception
     */
    Object call(Object continuation, First first) throws Throwable;

    /** Runs a body for nobody but the cache. */
    void load(Loading loading);
  }

  /** Makes and reads the sources of one reactive type. */
  interface SourceAdapter {

    /** Makes a source that asks for its first step at each subscription, on that thread. */
    Object source(First first);

    /** Runs a body and subscribes to what it gives, for nobody but the cache. */
    void load(Loading loading);
  }

  /** Where a subscriber begins. */
  @FunctionalInterface
  interface First {

    /**
     * The first step of a subscriber.
     *
     * @param within the run of a body that the subscriber is a part of; null where none is known
     * @param context what the library carries from a subscriber to its source; null for nothing
     */
    Step step(Loading within, Object context);
  }
}
