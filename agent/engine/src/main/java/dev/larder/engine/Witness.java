/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.TargetSpec;

/**
 * Who is told what happens to the caches, as it happens. What it does is done on the thread of the
 * call, so it is quick and throws nothing. It is told no keys, arguments or values.
 */
public interface Witness {

  /** Where nobody wants to know. */
  Witness NONE = new Witness() {};

  /** What became of a load. */
  enum Outcome {
    STORED,
    NOT_STORED,
    FAILED
  }

  /** What a removal was of. */
  enum Removed {
    KEY,
    TAG,
    CACHE,
    ALL
  }

  /** A cache is there, of which nothing was known before; perhaps told more than once. */
  default void cacheMade(String cache) {}

  /**
   * A call is answered by an entry. Of calls that a hit site answers it is told only while the site
   * is {@linkplain Target#hitHandle linked} to tell.
   *
   * @param method null of a path rule
   */
  default void hit(String cache, TargetSpec method, boolean stale) {}

  /**
   * A call found no entry, and runs the body or is given what another's has made.
   *
   * @param method null of a path rule
   */
  default void missed(String cache, TargetSpec method) {}

  /**
   * A body is about to run for a result that no entry had.
   *
   * @param method null of a path rule
   * @return what is handed back at its end; null to be told no more of it
   */
  default Object loadBegins(String cache, TargetSpec method) {
    return null;
  }

  /** The body of a load has returned its value, of which it is to be seen what becomes. */
  default void bodyEnded(Object load) {}

  /** A load is over. */
  default void loadEnded(Object load, Outcome outcome) {}

  /**
   * Entries were removed.
   *
   * @param cache null where it is about all
   * @param entries how many; -1 where the backend cannot know
   */
  default void removed(Removed what, String cache, long entries) {}

  /**
   * A backend has not done what a call asked of it.
   *
   * @param cache null where it is about all
   */
  default void backendFailed(
      String cache, String backend, String operation, RuntimeException failure) {}
}
