/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.entry;

import dev.larder.engine.remote.NearEntries;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.spi.ObjectStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What this JVM keeps of a backend's entries, of one partition: near entries, and results that wait
 * in memory while the backend is out. The entries themselves lie in the partition's store, where a
 * hit finds them as it finds any other.
 *
 * <p>Whoever reads an entry in order to keep it takes a place for its key first, and keeps the
 * entry only if the place is still there. Whatever removes the key, in this JVM or as a push from
 * the backend, takes the place away: so nothing is kept that was read before a removal.
 */
public final class NearCache<E extends NearEntry> implements NearEntries {

  /** So many places more than twice those that fit may be of entries that had to make room. */
  private static final int SPARE = 1_000;

  private final ObjectStore<E> store;
  private final RemoteCache remote;
  private final Function<Object, String> naming;
  private final ConcurrentHashMap<String, Place<E>> places = new ConcurrentHashMap<>();

  /**
   * What is near of a backend's entries.
   *
   * @param naming tells the key that the backend has for one of this JVM's; null where it was never
   *     asked for it
   */
  public NearCache(ObjectStore<E> store, RemoteCache remote, Function<Object, String> naming) {
    this.store = store;
    this.remote = remote;
    this.naming = naming;
    remote.tell(this);
  }

  /** Where an entry is, or is about to be. */
  static final class Place<E> {
    private final Object key;

    /** Null until it lies in the store; written under the lock of its stored key. */
    private volatile E entry;

    private Place(Object key) {
      this.key = key;
    }
  }

  /** Takes a place for what is about to be read; {@link #keep} or {@link #leave} must follow. */
  Place<E> take(String stored, Object key) {
    if (places.size() >= 2 * remote.policy().mostHere() + SPARE) {
      places.values().removeIf(each -> each.entry != null && store.get(each.key) != each.entry);
    }
    Place<E> taken = new Place<>(key);
    places.compute(
        stored,
        (same, known) -> {
          empty(known);
          return taken;
        });
    return taken;
  }

  private void empty(Place<E> place) {
    if (place != null && place.entry != null) {
      store.remove(place.key, place.entry);
    }
  }

  /** Gives a place back. */
  void leave(String stored, Place<E> place) {
    places.remove(stored, place);
  }

  /** Keeps what was read, unless its key was removed since the place was taken. */
  void keep(String stored, Place<E> place, E entry) {
    places.computeIfPresent(
        stored,
        (same, now) -> {
          if (now != place) {
            return now;
          }
          if (!stands(entry)) {
            return null;
          }
          store.put(place.key, entry);
          place.entry = entry;
          return place;
        });
  }

  /**
   * Whether an entry may be served without a word to the backend: its time here is not over, and
   * its marks are known to stand.
   */
  public boolean stands(E entry) {
    if (NearEntry.Near.isOutage(entry.near())) {
      return !remote.isServing();
    }
    long now = Clock.precise();
    if (now < entry.plainUntil()) {
      return true;
    }
    long stands =
        now < entry.near().until() ? remote.standFor(entry.near().mark(), entry.near().tags()) : 0;
    if (stands > 0) {
      entry.standUntil(now + stands);
    }
    return stands > 0;
  }

  /** Drops one key, since this JVM has changed or removed it. */
  public void drop(Object key) {
    String stored = naming.apply(key);
    if (stored != null) {
      drop(stored, entry -> true);
    }
  }

  private void drop(String stored, Predicate<E> test) {
    places.computeIfPresent(
        stored,
        (same, place) -> {
          if (place.entry != null && !test.test(place.entry)) {
            return place;
          }
          empty(place);
          return null;
        });
  }

  /** Drops every entry that the test is true for, and every one that is just being read. */
  public void dropIf(Predicate<E> test) {
    for (String stored : places.keySet()) {
      drop(stored, test);
    }
  }

  @Override
  public void changed(String stored) {
    drop(stored, entry -> true);
    if (remote.isMark(stored)) {
      flush();
    } else if (remote.isTagMark(stored)) {
      dropIf(entry -> entry.tags().stream().anyMatch(tag -> remote.tagKey(tag).equals(stored)));
    }
  }

  @Override
  public void flush() {
    dropIf(entry -> true);
  }

  @Override
  public void served() {
    store.removeIf(entry -> NearEntry.Near.isOutage(entry.near()));
  }
}
