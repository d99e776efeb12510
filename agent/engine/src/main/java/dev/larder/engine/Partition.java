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

  Partition(NamedCache cache, ObjectStore<Entry> store) {
    this.cache = cache;
    this.store = store;
  }

  void add(Caching target) {
    targets.add(target);
  }

  /** The targets whose entries lie here. */
  List<Caching> targets() {
    return targets;
  }

  /** Removes one key; whether there was an entry. */
  boolean remove(Object key) {
    keyRemovals.incrementAndGet();
    loads.removed(key);
    flights.overtake(key);
    return store.remove(key) != null;
  }

  /** Removes every entry, after {@link Removals#cleared}. */
  long clear() {
    flights.overtakeIf(target -> true);
    return store.clear();
  }

  /** Removes every entry with a tag, after {@link Removals#removed}. */
  long removeTag(String tag) {
    flights.overtakeIf(Caching::hasTags);
    return store.removeIf(entry -> entry.tags.contains(tag));
  }
}
