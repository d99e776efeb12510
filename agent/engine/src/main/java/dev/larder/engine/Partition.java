/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Entry;
import dev.larder.engine.entry.NearCache;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.flight.Flights;
import dev.larder.engine.flight.Loads;
import dev.larder.engine.flight.OwnRemovals;
import dev.larder.engine.flight.Removals;
import dev.larder.engine.method.Keys;
import dev.larder.engine.method.Variant;
import dev.larder.engine.transaction.Moments;
import dev.larder.engine.transaction.Transactions;
import dev.larder.engine.value.Home;
import dev.larder.spi.ObjectStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The entries of one cache that belong to methods of one class loader, and the loads of them. */
final class Partition {

  /** Beyond so many removed keys all are forgotten, and transactions under way do not store. */
  private static final int REMEMBERED_KEYS = 10_000;

  final NamedCache cache;
  final ObjectStore<Entry> store;
  final Home home;
  final Loads loads = new Loads();
  final Flights flights = new Flights(loads);

  private final Map<Object, Long> removedKeys = new HashMap<>();
  private long forgotten = Moments.now();

  /** Whether removals are remembered for puts; they are for transactions once there is one. */
  private volatile boolean remembers;

  private final List<CachedTarget> targets = new CopyOnWriteArrayList<>();

  /** What of the store is also with a backend, or should be; null where all is here alone. */
  volatile NearCache<Entry> near;

  Partition(NamedCache cache, ObjectStore<Entry> store, ClassLoader loader) {
    this.cache = cache;
    this.store = store;
    this.home = new Home(loader);
    keepNear();
  }

  /** Begins to keep near what is with a backend, or ends it, as the settings say now. */
  final void keepNear() {
    boolean keeps = cache.remote != null && cache.remote.policy().keepsHere();
    if (keeps && near == null) {
      near = new NearCache<>(store, cache.remote, this::stored);
    } else if (!keeps && near != null) {
      near.flush();
    }
  }

  /** The key that the backend has for one of this JVM's; null where it was never asked for it. */
  private String stored(Object key) {
    Variant variant = Keys.variantOf(key);
    if (variant == null) {
      return cache.remote.keyOfText(Keys.textOf(key));
    }
    return variant.remoteName == null
        ? null
        : cache.remote.keyOfParts(variant.remoteName, Keys.partsOf(key));
  }

  void add(CachedTarget target) {
    targets.add(target);
  }

  /** The targets whose entries lie here. */
  List<CachedTarget> targets() {
    return targets;
  }

  /** Removes one key; whether there was an entry, of use still, that no backend counts. */
  boolean remove(Object key) {
    replaced(key);
    flights.overtake(key);
    loads.removed(key);
    drop(key);
    Entry removed = store.remove(key);
    return removed != null && removed.isOfUse();
  }

  /** Drops what is near of a key, since the backend has another entry there now. */
  void drop(Object key) {
    if (near != null) {
      near.drop(key);
    }
  }

  /**
   * Has removals of keys, and puts, remembered also where there are no transactions: for puts that
   * know their key, or are looked at, only after their body has run.
   */
  void remember() {
    synchronized (removedKeys) {
      if (!remembers && !Transactions.areUsed()) {
        forgotten = Moments.next();
      }
      remembers = true;
    }
  }

  /** Notes that what is kept under a key from now on is younger than what is being loaded. */
  void replaced(Object key) {
    if (remembers || Transactions.areUsed()) {
      remember(key);
    }
  }

  /** Notes the same of what a put stores, which is told the moment if none came since it began. */
  void replaced(Loads.Put put) {
    if (remembers || Transactions.areUsed()) {
      synchronized (removedKeys) {
        boolean isUntouched = !isRemovedSince(put.since(), put.key);
        long now = remember(put.key);
        put.replaced(isUntouched ? now : 0);
      }
    }
  }

  private long remember(Object key) {
    synchronized (removedKeys) {
      long now = Moments.next();
      if (removedKeys.size() >= REMEMBERED_KEYS) {
        removedKeys.clear();
        forgotten = now;
      }
      Long before = removedKeys.put(key, now);
      if (OwnRemovals.areNoted()) {
        OwnRemovals.note(new OwnRemovals.OfKey(loads, key), before == null ? 0 : before, now);
      }
      return now;
    }
  }

  /**
   * Whether a key may have been removed, or put, since a transaction or a put began. What was
   * removed before there was any is not remembered, nor does it have to be.
   */
  boolean isRemovedSince(long since, Object key) {
    Variant variant = Keys.variantOf(key);
    if (variant != null && variant.made > since) {
      return true;
    }
    synchronized (removedKeys) {
      return forgotten > since || removedKeys.getOrDefault(key, 0L) > since;
    }
  }

  /** The same for the key of a load, in a transaction, that is to store now. */
  boolean isRemovedSince(Loads.Load load) {
    if (!load.follows()) {
      return isRemovedSince(load.since(), load.key);
    }
    synchronized (removedKeys) {
      return forgotten > load.since()
          || load.isOvertaken(
              new OwnRemovals.OfKey(loads, load.key), removedKeys.getOrDefault(load.key, 0L));
    }
  }

  /**
   * Removes every entry, after {@link Removals#cleared}; how many there were, of use still, that no
   * backend counts.
   */
  long clear() {
    flights.leaveIf(target -> true);
    if (near != null) {
      near.flush();
    }
    store.removeIf(entry -> !entry.isOfUse());
    return store.clear();
  }

  /**
   * Removes every entry with a tag, after {@link Removals#removed}; how many there were, of use
   * still, that no backend counts.
   */
  long removeTag(String tag) {
    flights.leaveIf(Flight.Origin::hasTags);
    if (near != null) {
      near.dropIf(entry -> entry.tags().contains(tag));
    }
    store.removeIf(entry -> entry.tags().contains(tag) && !entry.isOfUse());
    return store.removeIf(entry -> entry.tags().contains(tag));
  }
}
