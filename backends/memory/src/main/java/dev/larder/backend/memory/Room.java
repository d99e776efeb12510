/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What all stores of a JVM may take of the heap together.
 *
 * <p>Nobody weighs every entry: each store weighs a sample of what it is given, and its bytes are
 * its entries times their mean. Where the sum is above the bound, each store gives up the same
 * share of what it holds, and may not grow beyond that until there is room again. So the bound is
 * kept by estimate, and a put costs what it did.
 */
final class Room {

  /** What is left free after making room, so that the next put does not ask again. */
  private static final double MARGIN = 0.95;

  /** Below so much of the bound, stores may grow again. */
  private static final double AMPLE = 0.8;

  private volatile long bound;
  private final Set<MemoryStore<?>> stores = Collections.newSetFromMap(new WeakHashMap<>());
  private final ReentrantLock settling = new ReentrantLock();
  private boolean tight;

  /**
   * A room.
   *
   * @param bound in bytes; {@link Long#MAX_VALUE} for none
   */
  Room(long bound) {
    this.bound = bound;
  }

  boolean isBounded() {
    return bound != Long.MAX_VALUE;
  }

  /** Changes the bound; what is too much for it goes when something is put. */
  void resize(long changed) {
    bound = changed;
  }

  void add(MemoryStore<?> store) {
    synchronized (stores) {
      stores.add(store);
    }
  }

  private List<MemoryStore<?>> stores() {
    synchronized (stores) {
      return new ArrayList<>(stores);
    }
  }

  /** Makes room where the stores hold too much; leaves it to a thread that is at it already. */
  void settle() {
    if (!settling.tryLock()) {
      return;
    }
    try {
      List<MemoryStore<?>> all = stores();
      long most = bound;
      double held = 0;
      for (MemoryStore<?> store : all) {
        held += store.bytes();
      }
      if (held > most) {
        tight = true;
        for (MemoryStore<?> store : all) {
          store.shrinkTo(MARGIN * most / held);
        }
      } else if (tight && held < AMPLE * most) {
        tight = false;
        for (MemoryStore<?> store : all) {
          store.mayGrow();
        }
      }
    } finally {
      settling.unlock();
    }
  }
}
