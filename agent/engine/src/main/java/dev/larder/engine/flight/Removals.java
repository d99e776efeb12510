/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.flight;

import dev.larder.engine.entry.Entry;
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
public final class Removals {

  private final StampedLock lock = new StampedLock();
  private final RemovedTags tags = new RemovedTags();
  private volatile long lastTag;

  /** The moment at which a load begins. */
  public long now() {
    return Moments.now();
  }

  /** Notes that a cache is cleared, before its entries go. */
  public void cleared(Cleared cache) {
    long stamp = lock.writeLock();
    try {
      long before = cache.at;
      cache.at = Moments.next();
      OwnRemovals.note(cache, before, cache.at);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Notes that a tag is removed, before its entries go. */
  public void removed(String tag) {
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
  public boolean store(Loads.Load load, Cleared cache, Entry entry, Loads.Storing<Entry> storing) {
    long stamp = lock.readLock();
    try {
      return !load.isOvertaken(cache, cache.at)
          && !tags.areAny(entry.tags(), load.since(), load::isOvertaken)
          && storing.store(load, entry);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Whether the cache, or any tag if that counts, was removed since. */
  public boolean isOvertaken(long since, Cleared cache, boolean tagged) {
    return cache.at > since || (tagged && lastTag > since);
  }
}
