/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Entry;
import dev.larder.engine.flight.Loads;
import dev.larder.engine.flight.OwnRemovals;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.remote.Guard;
import dev.larder.engine.remote.Turn;
import dev.larder.engine.transaction.Outcome;
import dev.larder.engine.transaction.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How the entries of one target's loads are stored, in this JVM or with the backend: unless what
 * they are of was removed since the load began, and behind the commit of its transaction.
 */
final class Stores {

  private final Engine engine;
  private final NamedCache cache;
  private final Partition partition;
  private final Attributes attributes;

  /** How what is kept in this JVM is stored, and what is kept with the backend. */
  private final Loads.Storing<Entry> here;

  private final Loads.Storing<Entry> away;

  /** The stores of a target's loads. */
  Stores(Engine engine, NamedCache cache, Partition partition, Attributes attributes) {
    this.engine = engine;
    this.cache = cache;
    this.partition = partition;
    this.attributes = attributes;
    Loads.Storing<Entry> put = this::put;
    Loads.Storing<Entry> note = (load, entry) -> replaces(load);
    this.here = (load, entry) -> unlessRemoved(load, entry, put);
    this.away = (load, entry) -> unlessRemoved(load, entry, note);
  }

  /**
   * Stores an entry unless its key, cache or a tag was removed since the load began, or lets it
   * wait for the commit of the load's transaction; whether it was stored.
   */
  boolean store(Loads.Load load, Entry entry) {
    return load.transaction() == null
        ? storeNow(load, entry)
        : !waits(load, entry, () -> storeNow(load, entry)) && storeNow(load, kept(load, entry));
  }

  private boolean storeNow(Loads.Load load, Entry entry) {
    boolean stored = end(load, entry, here);
    if (stored) {
      cache.counters.stores.increment();
    }
    return stored;
  }

  private boolean put(Loads.Load load, Entry entry) {
    partition.store.put(load.key, entry);
    return replaces(load);
  }

  /**
   * Does the same with the backend; whether the backend has it.
   *
   * @param guard null where it is not to be stored
   */
  boolean storeRemotely(RemoteTier remote, Loads.Load load, Entry entry, Guard guard, Turn turn) {
    Entry guarded = guard == null ? null : entry;
    return !waits(
            load, guarded, () -> storeRemotelyNow(remote, load, guarded, guard, remote.turn()))
        && storeRemotelyNow(remote, load, kept(load, guarded), guard, turn);
  }

  private boolean storeRemotelyNow(
      RemoteTier remote, Loads.Load load, Entry entry, Guard guard, Turn turn) {
    boolean stored = end(load, entry, away) && remote.store(guard, entry, turn);
    if (stored) {
      stored(load);
    }
    return stored;
  }

  private void stored(Loads.Load load) {
    cache.stored(load.key);
    cache.counters.stores.increment();
  }

  /** Does the same for several misses together; in their order, whether the backend has it. */
  List<Boolean> storeAll(RemoteTier remote, List<Miss> misses, List<Entry> entries) {
    List<Boolean> all = new ArrayList<>(Collections.nCopies(misses.size(), false));
    List<Integer> places = new ArrayList<>();
    List<Guard> guards = new ArrayList<>();
    List<Entry> wanted = new ArrayList<>();
    for (int i = 0; i < misses.size(); i++) {
      Loads.Load load = misses.get(i).load();
      Guard guard = misses.get(i).guard();
      Entry guarded = guard == null ? null : entries.get(i);
      if (waits(
          load, guarded, () -> storeRemotelyNow(remote, load, guarded, guard, remote.turn()))) {
        continue;
      }
      Entry kept = kept(load, guarded);
      if (end(load, kept, away)) {
        places.add(i);
        guards.add(guard);
        wanted.add(kept);
      }
    }
    if (!places.isEmpty()) {
      List<Boolean> stored = remote.storeAll(guards, wanted, misses.get(places.get(0)).turn());
      for (int i = 0; i < places.size(); i++) {
        all.set(places.get(i), stored.get(i));
        if (stored.get(i)) {
          stored(misses.get(places.get(i)).load());
        }
      }
    }
    return all;
  }

  /** Keeps an entry in this JVM for as long as the backend is out; whether it did. */
  boolean storeForAnOutage(RemoteTier remote, Loads.Load load, Entry entry) {
    Entry here = remote.forAnOutage(entry);
    boolean stored = store(load, here);
    if (stored && !remote.isOut()) { // it came back on the way
      partition.store.remove(load.key, here);
    }
    return stored;
  }

  /**
   * Sees to it that no load of a transaction, nor a flight, brings back what a put has replaced.
   */
  private boolean replaces(Loads.Load load) {
    if (load instanceof Loads.Put put) {
      partition.replaced(put);
    }
    return true;
  }

  /** Ends a load, and puts its entry unless anything of it was removed since. */
  private boolean end(Loads.Load load, Entry entry, Loads.Storing<Entry> storing) {
    return (load.isPut() && entry != null)
        ? partition.flights.replace(load.key, () -> partition.loads.end(load, entry, storing))
        : partition.loads.end(load, entry, storing);
  }

  private boolean unlessRemoved(Loads.Load load, Entry entry, Loads.Storing<Entry> storing) {
    return (load.transaction() == null || !partition.isRemovedSince(load))
        && engine.removals().store(load, cache.cleared, entry, storing);
  }

  /** What is left to store of an entry: nothing of what was not committed. */
  private static Entry kept(Loads.Load load, Entry entry) {
    Transaction transaction = load.transaction();
    if (entry == null || transaction == null || !transaction.mayWrite()) {
      return entry;
    }
    Outcome outcome = transaction.outcome();
    return !entry.hasEntities() && (outcome == null || outcome == Outcome.COMMITTED) ? entry : null;
  }

  /** Lets an entry wait for the commit of its load's transaction; false where it has none. */
  private boolean waits(Loads.Load load, Entry entry, Runnable store) {
    Entry kept = kept(load, entry);
    return kept != null
        && load.transaction() != null
        && TransactionWork.load(
            load.transaction(),
            new TransactionWork.Loading(
                cache,
                attributes,
                load.key,
                kept.tags(),
                new TransactionWork.Later() {
                  @Override
                  public void store(OwnRemovals own) {
                    store.run();
                  }

                  @Override
                  public void remove() {
                    drop();
                  }

                  @Override
                  public void drop() {
                    partition.loads.end(load, null);
                  }
                }));
  }
}
