/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Clock;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.entry.NearCache;
import dev.larder.engine.entry.NearEntry;
import dev.larder.engine.entry.Nearing;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Body;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.ValueType;
import dev.larder.engine.remote.FleetFlight;
import dev.larder.engine.remote.Found;
import dev.larder.engine.remote.Guard;
import dev.larder.engine.remote.Lease;
import dev.larder.engine.remote.Loaded;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.engine.remote.Since;
import dev.larder.engine.remote.Turn;
import dev.larder.engine.transaction.Transaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What one target has with a backend for values of one type: its look-ups, the guards of its loads,
 * and its stores. Nothing of it throws: where the backend fails, nothing is found and nothing
 * stored.
 */
final class RemoteTier {

  private final RemoteCache cache;
  private final Attributes attributes;
  private final StoredEntries entries;
  private final StoredKeys keys;

  /** The way into the near cache; null where there is none. */
  private final Nearing<Entry> nearing;

  /**
   * A tier.
   *
   * @param near keeps what is found; null where nothing does
   * @param type of the values
   */
  RemoteTier(
      Engine engine,
      TargetSpec spec,
      RemoteCache cache,
      NearCache<Entry> near,
      Attributes attributes,
      ValueType type,
      Body body) {
    this.cache = cache;
    this.attributes = attributes;
    this.entries = new StoredEntries(engine, spec, cache, attributes, type, body);
    this.keys = new StoredKeys(spec, cache, attributes, entries.shape());
    this.nearing =
        near == null || cache.policy().near() == null
            ? null
            : new Nearing<>(near, cache, attributes.policy().idle());
  }

  /** Whether the backend serves, and what reads its values is there or comes within the turn. */
  private boolean isReady(Turn turn) {
    return cache.isServing() && entries.codec().isReady(turn);
  }

  /**
   * What the backend has under a key.
   *
   * @param entry null where nothing of it may be served, not even for a failure
   * @param lease of the flight that this JVM leads for all; {@link Lease#HELD} where another does,
   *     or did
   * @param isForOne whether the entry may be given to one caller alone, since it holds the value
   *     itself; see {@link RemoteTier#keep}
   */
  record Seen(Found found, Entry entry, Turn turn, Lease lease, boolean isForOne)
      implements FleetFlight.Seen {

    /** Whether it answers a call, fresh or stale. */
    boolean isServed() {
      return entry != null && Clock.precise() < entry.staleUntil();
    }

    /** Whether another JVM leads the flight of the key, or did. */
    boolean isLedElsewhere() {
      return lease == Lease.HELD;
    }

    /** Gives back the lease that this JVM holds, if it does. */
    void endLease(Lease.Ending ending) {
      if (lease != null && lease != Lease.HELD) {
        lease.end(ending);
      }
    }

    Seen with(Lease other) {
      return new Seen(found, entry, turn, other, isForOne);
    }
  }

  /**
   * Looks a key up; null where the backend cannot be asked.
   *
   * @param forOne whether what it finds is for one caller alone, who is given it once
   */
  Seen find(Object key, boolean forOne) {
    return find(key, forOne, cache.turn());
  }

  private Seen find(Object key, boolean forOne, Turn turn) {
    if (nearing != null) {
      List<Seen> seen = findAll(List.of(key), turn);
      return seen == null ? null : seen.get(0);
    }
    if (!isReady(turn)) {
      return null;
    }
    Found found = cache.find(keys.of(key), attributes.policy().idle(), turn);
    if (found == null) {
      return null;
    }
    boolean isNew = forOne && entries.codec().makesNew();
    return new Seen(found, entries.read(found, null, isNew), turn, null, isNew);
  }

  /** The same for many callers. */
  Seen keep(Seen seen) {
    return seen.isForOne()
        ? new Seen(seen.found(), entries.keep(seen.entry()), seen.turn(), seen.lease(), false)
        : seen;
  }

  /**
   * Looks a key up for the leader of a flight: where its cache is loaded once in all JVMs, it leads
   * there too, or waits for the one that does.
   *
   * @param waitMillis how long it waits at most; 0 for not at all
   * @param isEnough whether what it finds makes a load unnecessary
   * @param forOne as of {@link #find}
   * @return as {@link #find}
   */
  Seen findOrLead(Object key, long waitMillis, Predicate<Seen> isEnough, boolean forOne) {
    if (!cache.policy().fleetFlights()) {
      return find(key, forOne);
    }
    Seen seen = find(key, false);
    FleetFlight.Standing<Seen> standing =
        FleetFlight.of(
            cache,
            isTagged(),
            waitMillis,
            seen,
            turn -> find(key, false, turn == null ? cache.turn() : turn),
            isEnough);
    return standing.seen() == null ? null : standing.seen().with(standing.lease());
  }

  /**
   * Looks several keys up, in their order, and keeps near what is there; null where the backend
   * cannot be asked.
   */
  List<Seen> findAll(List<Object> all) {
    return findAll(all, cache.turn());
  }

  private List<Seen> findAll(List<Object> all, Turn turn) {
    if (!isReady(turn)) {
      return null;
    }
    List<String> stored = new ArrayList<>(all.size());
    all.forEach(key -> stored.add(keys.of(key)));
    Nearing.Begun<Entry> begun = nearing == null ? null : nearing.begin(stored, all);
    List<Found> found = cache.findAll(stored, attributes.policy().idle(), turn);
    List<Seen> seen = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      Found each = found == null ? null : found.get(i);
      Entry entry = each == null ? null : entries.read(each, near(begun, each), false);
      seen.add(each == null ? null : new Seen(each, entry, turn, null, false));
    }
    if (begun != null) {
      List<Nearing.Read<Entry>> read = new ArrayList<>(all.size());
      for (Seen each : seen) {
        boolean isServed = each != null && each.isServed();
        read.add(isServed ? new Nearing.Read<>(each.found(), each.entry()) : null);
      }
      nearing.end(begun, read, turn);
    }
    return found == null ? null : seen;
  }

  private NearEntry.Near near(Nearing.Begun<Entry> begun, Found found) {
    return begun == null || found.header() == null ? null : nearing.near(begun, found.header());
  }

  /** What is kept of a result while the backend is out. */
  Entry forAnOutage(Entry entry) {
    return entries.forAnOutage(entry);
  }

  /** Whether results are to be kept here, since the backend is out. */
  boolean isOut() {
    return cache.policy().outageTtl() > 0 && !cache.isServing();
  }

  /**
   * Leaves word that a load begins; null where what it gives is not to be stored.
   *
   * @param transaction in which it runs, as old as which it is; null for none
   */
  Guard guard(Object key, Seen seen, Transaction transaction) {
    if (seen == null) {
      return null;
    }
    Lease lease = seen.isLedElsewhere() ? null : seen.lease();
    Guard guard = null;
    try {
      guard = guard(key, seen, lease, transaction);
      return guard;
    } finally {
      if (guard == null) {
        seen.endLease(Lease.Ending.DISPERSED);
      }
    }
  }

  private Guard guard(Object key, Seen seen, Lease lease, Transaction transaction) {
    Guard guard = cache.guard(seen.found(), keys.description(key), isTagged(), lease, seen.turn());
    return transaction == null || guard == null
        ? guard
        : cache.asOldAs(transaction.began(), guard, seen.turn());
  }

  private boolean isTagged() {
    return !attributes.tags().isEmpty();
  }

  /**
   * The same for the elements of a call, none of which is in a transaction: in one round trip.
   *
   * @param key of any of them
   * @param seen null where the backend could not be asked
   */
  List<Guard> guardAll(Object key, List<Seen> seen) {
    List<Seen> found = seen.stream().filter(Objects::nonNull).toList();
    if (found.isEmpty()) {
      return Collections.nCopies(seen.size(), null);
    }
    Iterator<Guard> guards =
        cache
            .guardAll(
                found.stream().map(Seen::found).toList(),
                keys.description(key),
                isTagged(),
                null,
                found.get(0).turn())
            .iterator();
    List<Guard> all = new ArrayList<>(seen.size());
    seen.forEach(each -> all.add(each == null ? null : guards.next()));
    return all;
  }

  /**
   * Leaves word that a put begins; null where what it gives is not to be stored.
   *
   * @param since the moment at which it began before, by {@link System#nanoTime}; null for now
   */
  Guard guardPut(Object key, Long since, Turn turn) {
    Found found = isReady(turn) ? cache.findAnything(keys.of(key), turn) : null;
    Guard guard = found == null ? null : cache.guard(found, null, isTagged(), null, turn);
    return since == null || guard == null ? guard : cache.asOldAs(since, guard, turn);
  }

  /**
   * What a put begins with whose key, or whose value, comes later; null where it will not store.
   */
  Since since(Turn turn) {
    return cache.isServing() ? cache.since(isTagged(), turn) : null;
  }

  /**
   * The guard of such a put, once its key is known; null where what it gives is not to be stored.
   *
   * @param since null where it will not store
   * @param waits whether the value is still to come
   */
  Guard guardSince(Object key, Since since, boolean waits, Turn turn) {
    return since != null && isReady(turn)
        ? cache.guardSince(keys.of(key), since, waits, turn)
        : null;
  }

  Turn turn() {
    return cache.turn();
  }

  /** Stores an entry under its guard; whether the backend has it. */
  boolean store(Guard guard, Entry entry, Turn turn) {
    return storeAll(List.of(guard), List.of(entry), turn).get(0);
  }

  /** Stores entries, each under its guard, together; in their order, whether the backend has it. */
  List<Boolean> storeAll(List<Guard> guards, List<Entry> all, Turn turn) {
    List<Loaded> written = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      written.add(entries.written(guards.get(i), all.get(i)));
    }
    List<Loaded> wanted = written.stream().filter(Objects::nonNull).toList();
    Iterator<Boolean> stored =
        (wanted.isEmpty() ? List.<Boolean>of() : cache.storeAll(wanted, turn)).iterator();
    return written.stream().map(each -> each != null && stored.next()).toList();
  }

  /**
   * Removes a key; how many entries went, -1 where the backend cannot know.
   *
   * @param turn of the call, which waits no longer than that; null for one of its own
   */
  long remove(Object key, Turn turn) {
    return cache.remove(keys.of(key), turn == null ? cache.turn() : turn);
  }
}
