/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

import java.util.function.ToLongFunction;

/** Makes stores of objects. */
@FunctionalInterface
public interface ObjectStores {

  /**
   * A new, empty store.
   *
   * @param maxEntries how many entries it holds at most; {@link Long#MAX_VALUE} for no bound
   * @param maxWeight how much all entries weigh at most, in bytes; {@link Long#MAX_VALUE} for no
   *     bound
   * @param weigher an entry's weight in bytes, asked only where there is such a bound
   */
  <E> ObjectStore<E> create(long maxEntries, long maxWeight, ToLongFunction<? super E> weigher);
}
