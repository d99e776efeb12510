/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memory;

import dev.larder.spi.ObjectStore;
import dev.larder.spi.ObjectStores;
import java.util.function.ToLongFunction;

/** Makes stores of objects in this JVM's heap, each a Caffeine cache. */
public final class MemoryStores implements ObjectStores {

  @Override
  public <E> ObjectStore<E> create(
      long maxEntries, long maxWeight, ToLongFunction<? super E> weigher) {
    return new MemoryStore<>(maxEntries, maxWeight, weigher);
  }
}
