/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.spi.ObjectStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The entries of one cache that belong to methods of one class loader, and the loads of them. */
final class Partition {

  final NamedCache cache;
  final ObjectStore<Entry> store;
  final Flights flights = new Flights();
  final Loads loads = new Loads();

  /** How many times a single key was removed; for loads that do not know their key beforehand. */
  final AtomicLong keyRemovals = new AtomicLong();

  private final List<Caching> targets = new CopyOnWriteArrayList<>();

  /** What of the store is also with a backend, or should be; null where all is here alone. */
  volatile NearCache near;

  Partition(NamedCache cache, ObjectStore<Entry> store) {
    this.cache = cache;
    this.store = store;
    keepNear();
  }

  /** Begins to keep near what is with a backend, or ends it, as the settings say now. */
  final void keepNear() {
    boolean keeps = cache.remote != null && cache.remote.policy().keepsHere();
    if (keeps && near == null) {
      near = new NearCache(store, cache.remote);
    } else if (!keeps && near != null) {
      near.flush();
    }
  }

  void add(Caching target) {
    targets.add(target);
  }

  /** The targets whose entries lie here. */
  List<Caching> targets() {
    return targets;
  }

  /** Removes one key; whether there was an entry that no backend counts. */
  boolean remove(Object key) {
    keyRemovals.incrementAndGet();
    loads.removed(key);
    flights.overtake(key);
    drop(key);
    return store.remove(key) != null;
  }

  /** Drops what is near of a key, since the backend has another entry there now. */
  void drop(Object key) {
    if (near != null) {
      near.drop(key);
    }
  }

  /**
   * Removes every entry, after {@link Removals#cleared}; how many there were that no backend
   * counts.
   */
  long clear() {
    flights.overtakeIf(target -> true);
    if (near != null) {
      near.flush();
    }
    return store.clear();
  }

  /**
   * Removes every entry with a tag, after {@link Removals#removed}; how many there were that no
   * backend counts.
   */
  long removeTag(String tag) {
    flights.overtakeIf(Caching::hasTags);
    if (near != null) {
      near.dropIf(entry -> entry.tags.contains(tag));
    }
    return store.removeIf(entry -> entry.tags.contains(tag));
  }
}
