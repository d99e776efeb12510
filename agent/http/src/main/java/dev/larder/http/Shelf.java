/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * The stored responses of one rule: by path and query ("target"), over all origins and variants, so
 * that one removal reaches them all.
 */
public interface Shelf {

  /**
   * What this JVM keeps near of a target that is with a backend, to be served while it is fresh;
   * empty for nothing.
   */
  default List<StoredResponse> near(String target) {
    return List.of();
  }

  /** What is kept under a target; never null. */
  Seen find(String target);

  /**
   * What is kept by now, for a request that has looked before: a backend has for both no more time
   * than for one.
   */
  default Seen findAgain(String target, Seen before) {
    return find(target);
  }

  /**
   * As {@link #findAgain}, for a request that would fill the target: where rules are filled once in
   * all JVMs, it is this JVM's turn then, or another has had it.
   *
   * @param waitMillis for how long it waits for another JVM at most
   * @param isEnough whether what is found answers the request
   */
  default Seen findOrLead(
      String target, Seen before, long waitMillis, Predicate<List<StoredResponse>> isEnough) {
    return findAgain(target, before);
  }

  /** What a look-up found. */
  interface Seen {

    /** The responses, the newest first; empty for none. */
    List<StoredResponse> responses();

    /** Whether another JVM has filled the target, or was about to, since the request came. */
    default boolean isLedElsewhere() {
      return false;
    }

    /** Says that the application is about to run; null where nothing it gives can be stored. */
    Fill begin();
  }

  /** A run of the application whose answer may be stored; ends once, by either method. */
  interface Fill {

    /**
     * Keeps a response in place of the one that the same requests select, unless the target was
     * removed since the run began; whether it is kept.
     */
    boolean store(StoredResponse response);

    /** Nothing is stored. */
    void abandon();
  }

  /** Removes all that is under a target; how many responses went, -1 where nobody can know. */
  long remove(String target);

  /** Removes what a tag marks; how many responses went, -1 where nobody can know. */
  long removeTag(String tag);

  /** Removes everything; how many responses went, -1 where nobody can know. */
  long clear();

  /** How many targets this JVM keeps responses for. */
  long entries();

  /** How many went for want of room. */
  long evictions();

  /** What requests have met here. */
  Counters counters();

  /** How often requests met the store, as {@code Larder.stats} tells it. */
  final class Counters {
    public final LongAdder hits = new LongAdder();
    public final LongAdder misses = new LongAdder();
    public final LongAdder bypassed = new LongAdder();
    public final LongAdder stale = new LongAdder();
    public final LongAdder loads = new LongAdder();
    public final LongAdder loadNanos = new LongAdder();
    public final LongAdder stores = new LongAdder();
    public final LongAdder removals = new LongAdder();
    public final LongAdder errors = new LongAdder();
  }
}
