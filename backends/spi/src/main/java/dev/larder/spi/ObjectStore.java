/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

import java.util.function.Predicate;

/**
 * A bounded store of objects in this JVM: what the memory backend and every near cache are made of.
 *
 * <p>It knows neither time nor meaning: an entry's deadline and marks are the engine's, which reads
 * them at each look-up. Keys have {@code equals} and {@code hashCode} by value. Safe for use by
 * many threads; a {@link #get} neither locks nor writes what other threads read.
 *
 * @param <E> the entries
 */
public interface ObjectStore<E> {

  /** The entry under a key; null if there is none. */
  E get(Object key);

  /** Keeps an entry in place of what the key had; others may go to make room. */
  void put(Object key, E entry);

  /** Removes what the key has and returns it; null if it had nothing. */
  E remove(Object key);

  /** Removes exactly this entry, compared by identity; whether it was there. */
  boolean remove(Object key, E entry);

  /** Removes each entry for which the test is true, and returns how many went. */
  long removeIf(Predicate<? super E> test);

  /** Removes every entry and returns how many went. */
  long clear();

  /** How many entries there are now. */
  long size();

  /** How many entries have gone for want of room since the store was made. */
  long evictions();

  /** Changes the bounds; what no longer fits goes. {@link Long#MAX_VALUE} means no bound. */
  void resize(long maxEntries, long maxWeight);
}
