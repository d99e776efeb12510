/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.expr.Template;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.remote.Guard;
import dev.larder.engine.remote.Lease;
import dev.larder.engine.remote.Turn;
import dev.larder.engine.transaction.Outcome;
import dev.larder.engine.transaction.Transaction;
import dev.larder.engine.value.Copier;
import dev.larder.engine.value.Kept;
import dev.larder.engine.value.UncacheableValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What becomes of a body's result: whether it is stored, for how long, and what callers get of it.
 */
final class Results {

  private final Engine engine;
  private final TargetSpec spec;
  private final NamedCache cache;
  private final Partition partition;
  private final Attributes attributes;
  private final RemoteTier remote;

  /** How what is kept in this JVM is stored, and what is kept with the backend. */
  private final Loads.Storing<Entry> here;

  private final Loads.Storing<Entry> away;

  /** That of every result; null where each has its own. */
  private final Lifetime usual;

  Results(
      Engine engine,
      TargetSpec spec,
      NamedCache cache,
      Partition partition,
      Attributes attributes,
      RemoteTier remote) {
    this.engine = engine;
    this.spec = spec;
    this.cache = cache;
    this.partition = partition;
    this.attributes = attributes;
    this.remote = remote;
    Loads.Storing<Entry> put = this::put;
    Loads.Storing<Entry> note = (load, entry) -> replaces(load);
    this.here = (load, entry) -> unlessRemoved(load, entry, put);
    this.away = (load, entry) -> unlessRemoved(load, entry, note);
    CachePolicy policy = attributes.policy();
    boolean isUsual = attributes.ttl() == null && policy.jitter() == 0;
    this.usual = isUsual ? lifetime(policy, policy.ttl()) : null;
  }

  /**
   * An exception that is kept in a value's place.
   *
   * @param given as what a stage or a Future gave it, which may have it as its cause; null where a
   *     call threw it that should have given one of these
   * @param instead the old entry that stands in for it, as long as it may; null for none
   */
  record Thrown(Throwable failure, Throwable given, Entry instead) {

    /** What is to be served in its place now; null for nothing. */
    Entry standIn() {
      return instead != null && Clock.precise() < instead.errorUntil() ? instead : null;
    }
  }

  /** The entry of the last value, where an exception may be kept in its place. */
  static Entry ofValue(Entry entry) {
    return entry != null && entry.value instanceof Thrown thrown ? thrown.instead() : entry;
  }

  /** What a caller gets of an entry; a copy of its own where the value is mutable. */
  Object give(Entry entry) {
    return attributes.shape().wrap(valueOf(entry));
  }

  /** The value of an entry; a copy of its own for each caller where it is mutable. */
  static Object valueOf(Entry entry) {
    Copier copier = entry.copier();
    return copier == null ? entry.value : copier.copyOf(entry.value);
  }

  /**
   * Ends a miss that has come to a result.
   *
   * @param result what the body returned; of what comes later, the value itself
   */
  void end(Miss miss, Object result, Object[] arguments) {
    Object value = attributes.shape().unwrap(result);
    long ended = System.nanoTime();
    cache.counters.loadNanos.add(ended - miss.began());
    Entry entry = null;
    boolean stored = false;
    try {
      entry = miss.observer().mayStore(result) ? entry(value, arguments, Clock.at(ended)) : null;
    } finally {
      stored = !landsLater(miss, entry) && land(miss, entry);
    }
    tell(miss.observer(), false, stored ? entry : null);
  }

  /**
   * Tells who observes a call what its caller is given.
   *
   * @param entry from which it comes, or which it fills; null for none
   */
  static void tell(Handlers.Call observer, boolean hit, Entry entry) {
    if (observer != Handlers.Call.UNOBSERVED) {
      observer.served(hit, entry != null, entry == null ? 0 : entry.deadline() - Clock.precise());
    }
  }

  /**
   * The end of an element's miss.
   *
   * @param mayStore whether the value, which the body has given, may be stored
   */
  record Ended(Miss miss, boolean mayStore, Object value, Object[] arguments) {}

  /** Ends the misses of elements, and stores their values together. */
  void endElements(List<Ended> ended) {
    List<Entry> entries = new ArrayList<>(Collections.nCopies(ended.size(), null));
    try {
      long now = Clock.precise();
      for (int i = 0; i < entries.size(); i++) {
        Ended each = ended.get(i);
        entries.set(i, each.mayStore ? entry(each.value, each.arguments, now) : null);
      }
    } finally {
      landAll(ended.stream().map(Ended::miss).toList(), entries);
    }
  }

  private void landAll(List<Miss> misses, List<Entry> entries) {
    boolean together = remote != null && !remote.isOut();
    List<Boolean> stored = together ? storeAll(misses, entries) : null;
    for (int i = 0; i < misses.size(); i++) {
      if (together) {
        tell(misses.get(i), entries.get(i), stored.get(i));
      } else {
        land(misses.get(i), entries.get(i));
      }
    }
  }

  /** Ends the miss of one element, whose body has thrown; the old entry that stands in, or null. */
  Entry failElement(Miss miss, Throwable failure) {
    store(miss.load(), null);
    if (miss.flight() != null) {
      partition.flights.fail(miss.flight());
    }
    return standIn(miss, failure);
  }

  /** Whether another thread stores it: that of a stage is not to wait for a backend. */
  private boolean landsLater(Miss miss, Entry entry) {
    boolean isLater =
        remote != null
            && entry != null
            && attributes.shape().isLater()
            && engine.background().run(() -> land(miss, entry));
    if (isLater && miss.flight() != null) {
      miss.flight().leaveThread();
    }
    return isLater;
  }

  /** Stores what may be stored, and tells the followers; whether it was stored. */
  private boolean land(Miss miss, Entry entry) {
    boolean stored =
        remote == null
            ? store(miss.load(), entry)
            : miss.guard() == null && entry != null && remote.isOut()
                ? storeForAnOutage(miss.load(), entry)
                : storeRemotely(miss.load(), entry, miss.guard(), miss.turn());
    tell(miss, entry, stored);
    return stored;
  }

  /** Tells the followers of a miss, in this JVM and others, what it has come to. */
  private void tell(Miss miss, Entry entry, boolean stored) {
    miss.endLease(stored ? Lease.Ending.LANDED : Lease.Ending.DISPERSED);
    if (miss.flight() != null) {
      if (entry != null) {
        partition.flights.land(miss.flight(), entry);
      } else {
        partition.flights.disperse(miss.flight());
      }
    }
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
  boolean storeRemotely(Loads.Load load, Entry entry, Guard guard, Turn turn) {
    Entry guarded = guard == null ? null : entry;
    return !waits(load, guarded, () -> storeRemotelyNow(load, guarded, guard, remote.turn()))
        && storeRemotelyNow(load, kept(load, guarded), guard, turn);
  }

  private boolean storeRemotelyNow(Loads.Load load, Entry entry, Guard guard, Turn turn) {
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
  private List<Boolean> storeAll(List<Miss> misses, List<Entry> entries) {
    List<Boolean> all = new ArrayList<>(Collections.nCopies(misses.size(), false));
    List<Integer> places = new ArrayList<>();
    List<Guard> guards = new ArrayList<>();
    List<Entry> wanted = new ArrayList<>();
    for (int i = 0; i < misses.size(); i++) {
      Loads.Load load = misses.get(i).load();
      Guard guard = misses.get(i).guard();
      Entry guarded = guard == null ? null : entries.get(i);
      if (waits(load, guarded, () -> storeRemotelyNow(load, guarded, guard, remote.turn()))) {
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
  private boolean storeForAnOutage(Loads.Load load, Entry entry) {
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
    if (load.isPut()) {
      partition.replaced(load.key);
    }
    return true;
  }

  /** Ends a load, and puts its entry unless anything of it was removed since. */
  private boolean end(Loads.Load load, Entry entry, Loads.Storing<Entry> storing) {
    return load.isPut() && entry != null
        ? partition.flights.replace(load.key, () -> partition.loads.end(load, entry, storing))
        : partition.loads.end(load, entry, storing);
  }

  private boolean unlessRemoved(Loads.Load load, Entry entry, Loads.Storing<Entry> storing) {
    return (load.transaction() == null || !partition.isRemovedSince(load.since(), load.key))
        && engine.removals().store(load, cache, entry, storing);
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
                  public void store() {
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

  /**
   * Ends a miss whose body has thrown; the old entry that stands in for the failure, or null.
   *
   * @param given as what a stage or a Future gave it; null where a call threw it that should have
   *     given one of these
   */
  Entry failed(Miss miss, Throwable failure, Throwable given) {
    cache.counters.loadNanos.add(System.nanoTime() - miss.began());
    Entry old = standIn(miss, failure);
    boolean isKept =
        !miss.inBackground() // of which the old value is served on
            && attributes.policy().cacheExceptions() > 0
            && mayBeKept(failure)
            && engine.values().mayKeep(failure, partition.home)
            && (given == null || engine.values().mayKeep(given, partition.home));
    store(miss.load(), isKept ? thrown(failure, given, old) : null);
    miss.endLease(Lease.Ending.FAILED);
    if (miss.flight() != null) {
      partition.flights.fail(miss.flight());
    }
    return old;
  }

  /** The entry of an exception; there for as long as the old one that stands in for it may be. */
  private Entry thrown(Throwable failure, Throwable given, Entry old) {
    long now = Clock.precise();
    long ttl = attributes.policy().cacheExceptions();
    long windowAfter = old == null ? 0 : Math.max(0, old.errorUntil() - now - ttl);
    return Entry.of(
        new Thrown(failure, given, old),
        null,
        attributes.type(),
        now,
        new Lifetime(ttl, 0, 0, 0, windowAfter),
        old == null ? List.of() : old.tags());
  }

  private Entry standIn(Miss miss, Throwable failure) {
    Entry old = miss.old();
    return old != null
            && Clock.precise() < old.errorUntil()
            && isCovered(failure, attributes.policy())
        ? old
        : null;
  }

  /** Whether an old value may stand in for a failure. */
  private static boolean isCovered(Throwable failure, CachePolicy policy) {
    if (!mayBeKept(failure)) {
      return false;
    }
    for (ClassPattern pattern : policy.staleOn()) {
      if (pattern.matches(failure.getClass())) {
        return true;
      }
    }
    return policy.staleOn().isEmpty();
  }

  /** Never an error, an interruption, a cancellation or a refusal of rights. */
  private static boolean mayBeKept(Throwable failure) {
    return failure instanceof Exception
        && !(failure instanceof InterruptedException)
        && !(failure instanceof CancellationException)
        && !(failure instanceof SecurityException)
        && !failure.getClass().getName().startsWith("org.springframework.security.");
  }

  /**
   * The entry of a value; null where it may not be stored.
   *
   * @param now from when on it is kept
   */
  Entry entry(Object value, Object[] arguments, long now) {
    CachePolicy policy = attributes.policy();
    if (value == null && !policy.cacheNull()) {
      return null;
    }
    try {
      if (attributes.unless() != null && attributes.unless().test(arguments, value)) {
        return null;
      }
      Lifetime lifetime = usual != null ? usual : lifetime(policy, arguments, value);
      if (lifetime.ttl() <= 0) {
        return null;
      }
      List<String> tags = tags(arguments, value);
      if (engine.values().isShared(value, policy.values(), partition.home)) {
        return Entry.of(value, null, attributes.type(), now, lifetime, tags);
      }
      Kept kept = engine.values().keep(value, policy.values(), partition.home);
      return Entry.of(
          kept.value(),
          kept.copier(),
          attributes.type(),
          now,
          lifetime,
          tags,
          kept.entities() && !policy.detachedEntities(),
          null);
    } catch (ExpressionException | NoKeyException | FaultyAttribute failed) {
      cache.counters.errors.increment();
      engine.warnings().once(spec, "its result is not stored: {}", failed.getMessage());
      return null;
    } catch (UncacheableValue refused) {
      warnOf(refused);
      return null;
    }
  }

  /** Says why values cannot be kept. */
  void warnOf(UncacheableValue refused) {
    engine.warnings().once(spec, "its results are not cached: {}", refused.getMessage());
  }

  private Lifetime lifetime(CachePolicy policy, Object[] arguments, Object value)
      throws ExpressionException, NoKeyException, FaultyAttribute {
    long ttl =
        attributes.ttl() == null
            ? policy.ttl()
            : engine.policies().duration("ttl", attributes.ttl().render(arguments, value));
    if (policy.jitter() > 0 && ttl < Long.MAX_VALUE) {
      ttl -= (long) (ttl * policy.jitter() * ThreadLocalRandom.current().nextDouble());
    }
    return lifetime(policy, ttl);
  }

  private static Lifetime lifetime(CachePolicy policy, long ttl) {
    long refreshAfter =
        policy.refreshAhead() > 0 && ttl < Long.MAX_VALUE
            ? (long) (ttl * policy.refreshAhead())
            : 0;
    return new Lifetime(
        ttl, policy.idle(), refreshAfter, policy.staleWhileRevalidate(), policy.staleIfError());
  }

  private List<String> tags(Object[] arguments, Object value)
      throws ExpressionException, NoKeyException {
    if (attributes.tags().isEmpty()) {
      return List.of();
    }
    List<String> tags = new ArrayList<>();
    for (Template tag : attributes.tags()) {
      tags.add(tag.render(arguments, value));
    }
    return tags;
  }
}
