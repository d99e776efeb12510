/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Entry;
import dev.larder.engine.flight.Cleared;
import dev.larder.engine.method.Policies.Bounds;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.engine.remote.RemotePolicy;
import dev.larder.spi.ObjectStore;
import dev.larder.spi.ObjectStores;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.function.ToLongFunction;

/**
 * A cache: a named set of entries, with its statistics.
 *
 * <p>Its entries lie in one {@link Partition} per class loader whose methods use it. A partition is
 * reached strongly from the targets of its loader alone, so that a loader which the application has
 * let go can be collected with all that was cached for it, and no value gets from one loader to
 * another as an object.
 */
final class NamedCache {

  final String name;
  final Counters counters;

  /** Its entries with a backend; null where they are kept in memory alone. */
  final RemoteCache remote;

  /** When it was last cleared. */
  final Cleared cleared = new Cleared();

  private Bounds bounds;
  private final ToLongFunction<Entry> weigher;
  private final ObjectStores stores;
  private final Map<ClassLoader, WeakReference<Partition>> partitions = new WeakHashMap<>();

  NamedCache(
      String name,
      Counters counters,
      RemoteCache remote,
      Bounds bounds,
      ToLongFunction<Entry> weigher,
      ObjectStores stores) {
    this.name = name;
    this.counters = counters;
    this.remote = remote;
    this.bounds = bounds;
    this.weigher = weigher;
    this.stores = stores;
  }

  /** The entries of methods of one class loader; null stands for the bootstrap loader. */
  Partition partition(ClassLoader loader) {
    synchronized (partitions) {
      WeakReference<Partition> known = partitions.get(loader);
      Partition partition = known == null ? null : known.get();
      if (partition == null) {
        ObjectStore<Entry> store = stores.create(bounds.maxEntries(), bounds.maxBytes(), weigher);
        partition = new Partition(this, store, loader);
        partitions.put(loader, new WeakReference<>(partition));
      }
      return partition;
    }
  }

  /**
   * Takes up how entries are kept from now on; what no longer fits goes.
   *
   * @param how of those with a backend; null where there is none
   */
  void take(Bounds changed, RemotePolicy how) {
    synchronized (partitions) {
      if (remote != null && how != null) {
        remote.take(how);
      }
      for (Partition partition : partitions()) {
        if (!changed.equals(bounds)) {
          partition.store.resize(changed.maxEntries(), changed.maxBytes());
        }
        partition.keepNear();
      }
      bounds = changed;
    }
  }

  /** The partitions whose class loaders are still there. */
  List<Partition> partitions() {
    List<Partition> live = new ArrayList<>();
    synchronized (partitions) {
      for (WeakReference<Partition> each : partitions.values()) {
        Partition partition = each.get();
        if (partition != null) {
          live.add(partition);
        }
      }
    }
    return live;
  }

  /** Whether there are methods that are looked up, each by a template of its key. */
  boolean hasKeyedMethodsAlone() {
    boolean any = false;
    for (Partition partition : partitions()) {
      for (CachedTarget target : partition.targets()) {
        if (!target.isKeyed()) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  /**
   * What keeps an evict with such arguments from meaning any call of this JVM's; null for nothing.
   *
   * @param shown the arguments, as the answer is to show them
   */
  String misfit(Object[] evicted, String shown) {
    Set<String> others = new TreeSet<>();
    for (Partition partition : partitions()) {
      for (CachedTarget target : partition.targets()) {
        if (target.isMeantBy(evicted)) {
          return null;
        }
        if (!target.isKeyed()) {
          others.add(target.signature());
        }
      }
    }
    if (!others.isEmpty()) {
      return "no method of " + name + " takes (" + shown + "); it has " + String.join(", ", others);
    }
    return hasKeyedMethodsAlone()
        ? "the methods of " + name + " have keys of their own; name one by --key"
        : null;
  }

  /** Notes that this JVM has put another entry under a key with the backend. */
  void stored(Object key) {
    if (remote.policy().keepsHere()) {
      for (Partition partition : partitions()) {
        partition.drop(key);
      }
    }
  }

  /** The figures in the order in which the public statistics read them, and then the verified. */
  long[] figures() {
    long evictions = 0;
    long entries = 0;
    for (Partition partition : partitions()) {
      evictions += partition.store.evictions();
      entries += partition.store.size();
    }
    return counters.figures(evictions, entries);
  }

  /** Counts what was removed, and hands the number on. */
  long removed(long entries) {
    counters.removals.add(entries);
    return entries;
  }
}
