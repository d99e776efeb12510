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

  private final Room room;

  /** Stores that are bounded each by itself. */
  public MemoryStores() {
    this(Long.MAX_VALUE);
  }

  /**
   * Stores that are also bounded together.
   *
   * @param maxMemory what all of them hold at most, in bytes and by estimate; {@link
   *     Long#MAX_VALUE} for no bound
   */
  public MemoryStores(long maxMemory) {
    this.room = new Room(maxMemory);
  }

  /**
   * Changes what all of them hold at most together.
   *
   * @param maxMemory in bytes; {@link Long#MAX_VALUE} for no bound
   */
  public void resize(long maxMemory) {
    room.resize(maxMemory);
  }

  @Override
  public <E> ObjectStore<E> create(
      long maxEntries, long maxWeight, ToLongFunction<? super E> weigher) {
    return new MemoryStore<>(maxEntries, maxWeight, weigher, room);
  }
}
