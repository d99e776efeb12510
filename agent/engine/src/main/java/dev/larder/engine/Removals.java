/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.transaction.Moments;
import java.util.concurrent.locks.StampedLock;

/**
 * The order of removals and stores in this JVM: a load that began before the removal of its cache,
 * or of a tag of its result, never stores.
 *
 * <p>Every load remembers the number of the last removal at its beginning. A store holds the shared
 * side of a lock while it compares and puts, a removal holds the exclusive side while it takes its
 * number, and only then removes what is there: so what was put before the number is removed, and
 * what would be put after it is not put. (The removal of a single key is the business of {@link
 * Loads}, where it hinders no other key.)
 */
final class Removals {

  private final StampedLock lock = new StampedLock();
  private final RemovedTags tags = new RemovedTags();
  private volatile long lastTag;

  /** The moment at which a load begins. */
  long now() {
    return Moments.now();
  }

  /** Notes that a cache is cleared, before its entries go. */
  void cleared(NamedCache cache) {
    long stamp = lock.writeLock();
    try {
      long before = cache.clearedAt;
      cache.clearedAt = Moments.next();
      OwnRemovals.note(cache, before, cache.clearedAt);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Notes that a tag is removed, before its entries go. */
  void removed(String tag) {
    long stamp = lock.writeLock();
    try {
      long now = Moments.next();
      Long before = tags.add(tag, now);
      lastTag = now;
      OwnRemovals.note(tag, before == null ? 0 : before, now);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Stores, unless the cache or a tag was removed since the load began; whether it stored. */
  boolean store(Loads.Load load, NamedCache cache, Entry entry, Loads.Storing<Entry> storing) {
    long stamp = lock.readLock();
    try {
      return !load.isOvertaken(cache, cache.clearedAt)
          && !tags.areAny(entry.tags(), load.since(), load::isOvertaken)
          && storing.store(load, entry);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Whether the cache, or any tag if that counts, was removed since. */
  boolean isOvertaken(long since, NamedCache cache, boolean tagged) {
    return cache.clearedAt > since || (tagged && lastTag > since);
  }
}
