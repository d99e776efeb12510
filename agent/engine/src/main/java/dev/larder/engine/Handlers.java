/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

/** What the HTTP part wants to know of cached methods that answer requests for a framework. */
@FunctionalInterface
public interface Handlers {

  /** Where there is no HTTP part. */
  Handlers NONE = () -> Call.UNOBSERVED;

  /** A handler method is about to be looked up on this thread; never null. */
  Call entered();

  /** A handler method's body runs for nobody but the cache; never null. */
  default Call behind() {
    return Call.UNOBSERVED;
  }

  /** Removes the responses to a path and query that are kept under a cache's name; how many. */
  default long removeResponses(String cache, String key) {
    return 0;
  }

  /** Removes the responses that are kept under a cache's name; how many there were. */
  default long clearResponses(String cache) {
    return 0;
  }

  /** Removes the responses that carry a tag; how many there were. */
  default long removeTagged(String tag) {
    return 0;
  }

  /** One call of a handler method. */
  interface Call {

    /** A call that nobody wants to know of. */
    Call UNOBSERVED =
        new Call() {
          @Override
          public boolean mayStore(Object result) {
            return true;
          }

          @Override
          public void served(boolean hit, boolean stored, long remainingMillis) {}
        };

    /** Whether what the body returned may be stored, or is for its caller alone. */
    boolean mayStore(Object result);

    /**
     * Tells what the caller is given.
     *
     * @param remainingMillis the value's remaining time to live; 0 or less if it has none
     */
    void served(boolean hit, boolean stored, long remainingMillis);
  }
}
