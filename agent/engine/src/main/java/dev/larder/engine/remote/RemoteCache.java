/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.engine.codec.DecodedEntry;
import dev.larder.engine.codec.EntryCodec;
import dev.larder.engine.codec.EntryHeader;
import dev.larder.engine.codec.Seal;
import dev.larder.engine.codec.TagMark;
import dev.larder.spi.Capability;
import dev.larder.spi.Codec;
import dev.larder.spi.Timed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The entries of one cache that are kept with a backend: how they are looked up, and the face of
 * what stores them under {@linkplain Guards guards} and of what {@linkplain CacheRemovals removes}
 * them. Where the backend fails, nothing is found and nothing stored.
 */
public final class RemoteCache {

  /** Up to how many bytes a value is inflated; in a small heap no more than it has room for. */
  private static final int MAX_LENGTH =
      (int) Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 32);

  private final Remotes remotes;
  private final Link link;
  private volatile RemotePolicy policy;
  private volatile EntryCodec codec;
  private final EntryKeys keys;
  private final CacheMarks marks;
  private final Guards guards;
  private final GuardedStores stores;
  private final CacheRemovals removals;
  private final Failures failures;

  RemoteCache(Remotes remotes, Link link, String cache, RemotePolicy policy, LongAdder errors) {
    this.remotes = remotes;
    this.link = link;
    take(policy);
    String prefix = StoredName.ofCache(policy.prefix(), cache);
    Registry registry = new Registry(prefix + '!');
    this.failures = new Failures(cache, policy.backend(), errors, remotes.errors());
    this.keys = new EntryKeys(policy.prefix(), cache, remotes.keyBuilder(), failures, this::clear);
    this.marks = new CacheMarks(link.marks(), policy.prefix(), prefix, registry);
    Recent recent = new Recent();
    this.guards = new Guards(marks, registry, recent);
    this.stores = new GuardedStores(link, marks, recent);
    this.removals = new CacheRemovals(link, keys, marks, registry, recent, failures);
  }

  /** Keeps entries another way from now on; with the same backend and under the same prefix. */
  public final void take(RemotePolicy changed) {
    if (!changed.equals(policy)) {
      Seal seal = changed.sealKeys().isEmpty() ? null : new Seal(changed.sealKeys());
      codec = new EntryCodec(seal, changed.compressAbove(), MAX_LENGTH);
      policy = changed;
    }
  }

  /** How its entries are kept. */
  public RemotePolicy policy() {
    return policy;
  }

  /** A codec of the user's; see {@link BackendFactory#codec}. */
  public Codec userCodec(String className) {
    return remotes.factory().codec(className);
  }

  /** Whether it may be asked now; the first question begins to connect. */
  public boolean isServing() {
    return link.isServing() && keys.areKnown();
  }

  /** All that one call of the application may do with the backend. */
  public Turn turn() {
    return new Turn(link, policy.timeout(), false);
  }

  /** Tells it from now on what happens to entries and marks, until nobody else holds it. */
  public void tell(NearEntries entries) {
    link.tell(entries);
  }

  /** Whether changes are told as they happen, of what {@link #areStill} has read. */
  public boolean isPushing() {
    return link.backend(true).capabilities().contains(Capability.PUSH);
  }

  /** Counts a value that could not be read. */
  public void undecodable() {
    failures.countUnreadable();
  }

  /** The stored key of a template's text. */
  public String keyOfText(String text) {
    return keys.ofText(text);
  }

  /** The stored key of a variant's arguments. */
  public String keyOfParts(String variant, Object[] parts) {
    return keys.ofParts(variant, parts);
  }

  /** How a variant stands in the list of them. */
  public static String description(String variant, List<String> types) {
    return Registry.describe(variant, types);
  }

  /** The name of a variant; see {@link StoredName#ofVariant}. */
  public static String variant(String method, String... parts) {
    return StoredName.ofVariant(method, parts);
  }

  /** For how many milliseconds it is known here that marks stand; 0 where it is not known. */
  public long standFor(byte[] mark, List<TagMark> tags) {
    return marks.standFor(mark, tags);
  }

  /** Whether a stored key is that of a mark that all entries here carry. */
  public boolean isMark(String key) {
    return marks.areAt(key);
  }

  /** Whether a stored key may be that of a tag's mark. */
  public boolean isTagMark(String key) {
    return marks.mayBeOfTag(key);
  }

  /** The stored key of a tag's mark. */
  public String tagKey(String tag) {
    return marks.keyOf(tag);
  }

  /**
   * Looks a key up.
   *
   * @param idle for how long an entry may stay unread, in milliseconds; 0 for any time
   * @return null where the backend cannot be asked, or failed
   */
  public Found find(String key, long idle, Turn turn) {
    try {
      byte[] cell;
      byte[] mark;
      if (idle > 0) {
        Timed timed = turn.run((backend, deadline) -> backend.getTimed(key, deadline));
        cell = timed == null ? null : timed.value();
        mark = marks.current(turn);
        noteRead(key, timed, idle, turn);
      } else {
        mark = marks.known();
        if (mark == null) {
          List<Found> found = findAll(List.of(key), 0, turn);
          return found == null ? null : found.get(0);
        }
        cell = turn.run((backend, deadline) -> backend.get(key, deadline));
      }
      return found(key, cell, mark, turn);
    } catch (RuntimeException failed) {
      failures.count("find", failed);
      return null;
    }
  }

  /**
   * Looks several keys up: one round trip, unless reads are to be noted.
   *
   * @param idle for how long an entry may stay unread, in milliseconds; 0 for any time
   * @return what was found, in the keys' order, null where a look-up failed; null where all did
   */
  public List<Found> findAll(List<String> keys, long idle, Turn turn) {
    List<Found> all = new ArrayList<>(keys.size());
    if (idle > 0) {
      keys.forEach(key -> all.add(find(key, idle, turn)));
      return all;
    }
    try {
      List<byte[]> found = marks.withCells(keys, turn);
      byte[] mark = found.get(keys.size());
      for (int i = 0; i < keys.size(); i++) {
        all.add(found(keys.get(i), found.get(i), mark, turn));
      }
      return all;
    } catch (RuntimeException failed) {
      failures.count("find", failed);
      return null;
    }
  }

  /**
   * Finds what lies under a key that is to be stored over, whatever it says: one round trip.
   *
   * @return null where the backend cannot be asked, or failed
   */
  public Found findAnything(String key, Turn turn) {
    try {
      List<byte[]> found = marks.withCells(List.of(key), turn);
      return new Found(key, found.get(0), null, null, found.get(1));
    } catch (RuntimeException failed) {
      failures.count("begin put", failed);
      return null;
    }
  }

  private Found found(String key, byte[] cell, byte[] mark, Turn turn) {
    if (cell == null || Tokens.isToken(cell)) {
      return new Found(key, cell, null, null, mark);
    }
    if (!(codec.decode(key, cell) instanceof DecodedEntry.Whole entry)) {
      failures.countUnreadable();
      return new Found(key, cell, null, null, mark);
    }
    boolean counts = marks.count(entry.header(), mark, turn);
    return new Found(key, cell, counts ? entry.header() : null, entry.value(), mark);
  }

  private static void noteRead(String key, Timed timed, long idle, Turn turn) {
    if (timed == null || !EntryHead.isEntry(timed.value()) || idle - timed.millis() < idle / 10) {
      return;
    }
    long left = EntryHead.end(timed.value()) - System.currentTimeMillis();
    if (left > timed.millis()) {
      turn.run((backend, deadline) -> backend.touch(key, Math.min(idle, left), deadline));
    }
  }

  /**
   * Whether keys still have what was found there; of those that have, the next change will be told.
   * Where that is not to be had, no.
   *
   * @return in the order of what was found
   */
  public List<Boolean> areStill(List<Found> found, Turn turn) {
    try {
      return Watching.areStill(found, turn);
    } catch (RuntimeException failed) {
      failures.count("watch", failed);
      return Collections.nCopies(found.size(), false);
    }
  }

  /**
   * Asks to lead the flight of a key in all JVMs. A flight belongs to the marks and to the last
   * removal of the key as they were found: so nobody waits for one that began before a removal it
   * has seen.
   *
   * @param tagged whether the method has tags
   * @return {@link Lease#HELD} where another JVM leads it; null where each is to run for itself:
   *     its flights came to nothing, or the backend failed
   */
  public Lease lead(Found found, boolean tagged, Turn turn) {
    try {
      if (!link.backend(false).capabilities().contains(Capability.CONDITIONAL)) {
        return null;
      }
      byte[] era = tagged ? marks.era(turn) : null;
      return link.leases().ask(keys.ofFlight(found, era), turn);
    } catch (RuntimeException failed) {
      failures.count("lease", failed);
      return null;
    }
  }

  /**
   * Leaves word that a load begins.
   *
   * @param variant the description by which an evict finds the key; null where a template gave it
   * @param tagged whether the method has tags
   * @param lease of its flight; null where that is this JVM's alone
   * @return null where what it gives may not be stored
   */
  public Guard guard(Found found, String variant, boolean tagged, Lease lease, Turn turn) {
    return found == null ? null : guardAll(List.of(found), variant, tagged, lease, turn).get(0);
  }

  /**
   * Leaves word that several loads begin, in one round trip.
   *
   * @param lease of the flight of all; null where those are this JVM's alone
   * @return in their order, null where what a load gives may not be stored
   */
  public List<Guard> guardAll(
      List<Found> all, String variant, boolean tagged, Lease lease, Turn turn) {
    try {
      return guards.begin(all, variant, tagged, lease, turn);
    } catch (RuntimeException failed) {
      failures.count("begin load", failed);
      return Collections.nCopies(all.size(), null);
    }
  }

  /**
   * The guard of a load, or a put, whose transaction is older than it.
   *
   * @param moment at which the transaction began, by {@link System#nanoTime}
   * @return null where something was removed since, or may have been
   */
  public Guard asOldAs(long moment, Guard guard, Turn turn) {
    try {
      return guards.asOldAs(moment, guard, turn);
    } catch (RuntimeException failed) {
      failures.count("begin load", failed);
      return null;
    }
  }

  /**
   * What a put begins with whose key, or whose value, comes later; null where nothing can be told
   * of what is removed from now on.
   */
  public Since since(boolean tagged, Turn turn) {
    try {
      return guards.since(tagged, turn);
    } catch (RuntimeException failed) {
      failures.count("begin put", failed);
      return null;
    }
  }

  /**
   * The guard of a put that has begun before.
   *
   * @param waits whether its value is still to come
   * @return null where the key may have been removed since
   */
  public Guard guardSince(String key, Since since, boolean waits, Turn turn) {
    try {
      return guards.since(key, since, waits, turn);
    } catch (RuntimeException failed) {
      failures.count("begin put", failed);
      return null;
    }
  }

  /** Stores what a load gave, if what it found is still there; whether it was stored. */
  public boolean store(
      Guard guard, EntryHeader header, List<String> tags, byte[] value, long millis, Turn turn) {
    return storeAll(List.of(new Loaded(guard, header, tags, value, millis)), turn).get(0);
  }

  /**
   * Stores what several loads gave, in as many round trips as one of them takes.
   *
   * @return in their order, whether each was stored
   */
  public List<Boolean> storeAll(List<Loaded> all, Turn turn) {
    try {
      return stores.store(all, codec, turn);
    } catch (RuntimeException failed) {
      failures.count("store", failed);
      return Collections.nCopies(all.size(), false);
    }
  }

  /** Removes a key; how many entries went, -1 where the backend cannot know. */
  public long remove(String key) {
    return remove(key, turn());
  }

  /** The same in the time that is left of a call's. */
  public long remove(String key, Turn turn) {
    return removals.remove(key, turn);
  }

  /** Removes every entry. */
  public void clear() {
    removals.clear(turn());
  }

  /** Tells the parts of a key for a variant's parameters; null where it cannot have such. */
  @FunctionalInterface
  public interface Parts {
    Object[] of(List<String> types);
  }

  /**
   * Removes what each variant has for some arguments, in whatever release it is.
   *
   * @return how many entries went, -1 where the backend cannot know
   */
  public long evict(Parts parts) {
    return removals.evict(parts, turn());
  }
}
