/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Witness.Outcome;
import dev.larder.engine.entry.Clock;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.entry.Thrown;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.remote.Lease;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What becomes of a body's result: its entry is made and stored, those who wait for it are told,
 * and callers are given what they get of it.
 */
final class Results {

  private final Engine engine;
  private final NamedCache cache;
  private final Partition partition;
  private final Attributes attributes;
  private final RemoteTiers remote;

  private final NewEntries entries;
  private final Stores stores;

  Results(
      Engine engine,
      NamedCache cache,
      Partition partition,
      Attributes attributes,
      RemoteTiers remote,
      NewEntries entries) {
    this.engine = engine;
    this.cache = cache;
    this.partition = partition;
    this.attributes = attributes;
    this.remote = remote;
    this.entries = entries;
    this.stores = new Stores(engine, cache, partition, attributes);
  }

  /** The entry of the last value, where an exception may be kept in its place. */
  static Entry ofValue(Entry entry) {
    return entry != null && entry.value instanceof Thrown thrown ? thrown.instead() : entry;
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
    engine.witness().bodyEnded(miss.told());
    Entry entry = null;
    boolean stored = false;
    try {
      entry =
          miss.observer().mayStore(result)
              ? entries.of(miss.variant(), value, arguments, Clock.at(ended))
              : null;
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

  /** Ends the misses of elements, and stores their values together; whether any was stored. */
  boolean endElements(List<Ended> ended) {
    boolean stored = false;
    List<Entry> made = new ArrayList<>(Collections.nCopies(ended.size(), null));
    try {
      long now = Clock.precise();
      for (int i = 0; i < made.size(); i++) {
        Ended each = ended.get(i);
        made.set(i, each.mayStore ? of(each, now) : null);
      }
    } finally {
      stored = landAll(ended.stream().map(Ended::miss).toList(), made);
    }
    return stored;
  }

  private Entry of(Ended ended, long now) {
    return entries.of(ended.miss.variant(), ended.value, ended.arguments, now);
  }

  private boolean landAll(List<Miss> misses, List<Entry> made) {
    boolean together = remote != null && !misses.isEmpty() && !remote.declared().isOut();
    List<Boolean> stored = together ? stores.storeAll(remoteOf(misses.get(0)), misses, made) : null;
    boolean any = false;
    for (int i = 0; i < misses.size(); i++) {
      if (together) {
        tell(misses.get(i), made.get(i), stored.get(i));
        any |= stored.get(i);
      } else {
        any |= land(misses.get(i), made.get(i));
      }
    }
    return any;
  }

  /** Ends the miss of one element, whose body has thrown; the old entry that stands in, or null. */
  Entry failElement(Miss miss, Throwable failure) {
    stores.store(miss.load(), null);
    if (miss.flight() != null) {
      partition.flights.fail(miss.flight());
    }
    return entries.standIn(miss, failure);
  }

  /** Whether another thread stores it: that of a stage is not to wait for a backend. */
  private boolean landsLater(Miss miss, Entry entry) {
    boolean isLater =
        remote != null
            && entry != null
            && attributes.shape().isLater()
            && engine.chores().run(() -> land(miss, entry));
    if (isLater && miss.flight() != null) {
      miss.flight().leaveThread();
    }
    return isLater;
  }

  private RemoteTier remoteOf(Miss miss) {
    return remote.of(miss.variant());
  }

  /** Stores what may be stored, and tells the followers; whether it was stored. */
  private boolean land(Miss miss, Entry entry) {
    boolean stored =
        remote == null
            ? stores.store(miss.load(), entry)
            : (miss.guard() == null && entry != null && remote.declared().isOut())
                ? stores.storeForAnOutage(remoteOf(miss), miss.load(), entry)
                : stores.storeRemotely(
                    remoteOf(miss), miss.load(), entry, miss.guard(), miss.turn());
    tell(miss, entry, stored);
    engine.witness().loadEnded(miss.told(), stored ? Outcome.STORED : Outcome.NOT_STORED);
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
   * Ends a miss whose body has thrown; the old entry that stands in for the failure, or null.
   *
   * @param given as what a stage or a Future gave it; null where a call threw it that should have
   *     given one of these
   */
  Entry failed(Miss miss, Throwable failure, Throwable given) {
    cache.counters.loadNanos.add(System.nanoTime() - miss.began());
    engine.witness().loadEnded(miss.told(), Outcome.FAILED);
    Entry old = entries.standIn(miss, failure);
    stores.store(miss.load(), entries.ofFailure(miss, failure, given, old));
    miss.endLease(Lease.Ending.FAILED);
    if (miss.flight() != null) {
      partition.flights.fail(miss.flight());
    }
    return old;
  }
}
