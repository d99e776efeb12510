/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Witness.Removed;
import dev.larder.engine.flight.Removals;
import dev.larder.engine.key.KeyParts;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.method.CallArguments;
import dev.larder.engine.method.Keys;
import dev.larder.engine.remote.RemotePolicy;
import dev.larder.engine.transaction.Moments;
import java.util.List;

/**
 * The removals of entries by name, in this JVM and with the backends, each done now. First with the
 * backend: a flight that began before that is overtaken here.
 */
final class EntryRemovals {

  private final Caches caches;
  private final KeyParts keyParts;
  private final Removals order;
  private final Warnings warnings;
  private final Witness witness;
  private final Handlers handlers;

  /**
   * The removals from some caches.
   *
   * @param order is told of what keeps loads under way from storing
   * @param handlers the HTTP part
   */
  EntryRemovals(
      Caches caches,
      KeyParts keyParts,
      Removals order,
      Warnings warnings,
      Witness witness,
      Handlers handlers) {
    this.caches = caches;
    this.keyParts = keyParts;
    this.order = order;
    this.warnings = warnings;
    this.witness = witness;
    this.handlers = handlers;
  }

  /**
   * Counts what was removed, in this JVM and with the backend, of which -1 says that it cannot
   * know.
   */
  private static long removed(NamedCache cache, long here, long there) {
    cache.removed(here + Math.max(0, there));
    return there < 0 ? -1 : here + there;
  }

  /** Those of calls with equal arguments; how many there were, -1 where the backend cannot know. */
  long ofArguments(String cache, Object[] arguments) {
    Moments.next(); // of which whatever becomes known of later is younger
    NamedCache named = caches.withEntries(cache);
    long removed = 0;
    if (named != null) {
      long there =
          named.remote == null ? 0 : named.remote.evict(types -> partsOfEvict(types, arguments));
      for (Partition partition : named.partitions()) {
        for (CachedTarget target : partition.targets()) {
          try {
            removed += target.evict(arguments);
          } catch (NoKeyException noKey) {
            warnings.once(
                target.spec(), "an evict has an argument without a value: {}", noKey.getMessage());
          }
        }
      }
      removed = told(Removed.KEY, cache, removed(named, removed, there));
    }
    return removed;
  }

  private Object[] partsOfEvict(List<String> types, Object[] arguments) {
    try {
      return new CallArguments(keyParts, types).partsOfEvict(arguments);
    } catch (NoKeyException noKey) {
      return null;
    }
  }

  /** The one under a template's text; how many there were, -1 where the backend cannot know. */
  long ofKey(String cache, String key) {
    Moments.next();
    NamedCache named = caches.withEntries(cache);
    long removed = 0;
    if (named != null) {
      long there = named.remote == null ? 0 : named.remote.remove(named.remote.keyOfText(key));
      for (Partition partition : named.partitions()) {
        removed += partition.remove(Keys.ofText(key)) ? 1 : 0;
      }
      removed = told(Removed.KEY, cache, removed(named, removed, there));
    }
    return removed;
  }

  /** Those that carry a tag; how many there were, -1 where a backend cannot know. */
  long ofTag(String tag) {
    List<RemotePolicy> elsewhere = caches.backends();
    for (RemotePolicy remote : elsewhere) {
      caches.removeTag(remote, tag);
    }
    order.removed(tag);
    long removed = 0;
    for (NamedCache cache : caches.all()) {
      for (Partition partition : cache.partitions()) {
        removed += cache.removed(partition.removeTag(tag));
      }
    }
    return told(Removed.TAG, null, elsewhere.isEmpty() ? removed : -1);
  }

  /** Those of a cache; how many there were, -1 where the backend cannot know. */
  long ofCache(String cache) {
    Moments.next();
    NamedCache named = caches.withEntries(cache);
    if (named == null) {
      return 0;
    }
    if (named.remote == null) {
      return told(Removed.CACHE, cache, clearHere(named));
    }
    named.remote.clear();
    clearHere(named);
    return told(Removed.CACHE, cache, -1);
  }

  /** All; how many there were, -1 where a backend cannot know. */
  long ofAll() {
    Moments.next();
    List<RemotePolicy> elsewhere = caches.backends();
    for (RemotePolicy remote : elsewhere) {
      caches.clearAll(remote);
    }
    long removed = 0;
    for (NamedCache cache : caches.all()) {
      removed += clearHere(cache);
    }
    return told(Removed.ALL, null, elsewhere.isEmpty() ? removed : -1);
  }

  private long told(Removed what, String cache, long entries) {
    witness.removed(what, cache, entries);
    return entries;
  }

  /** Where the responses under the names of caches are removed. */
  Handlers responses() {
    return handlers;
  }

  /** Those of a cache in this JVM; how many there were. */
  long clearHere(NamedCache cache) {
    order.cleared(cache.cleared);
    long removed = 0;
    for (Partition partition : cache.partitions()) {
      removed += partition.clear();
    }
    return cache.removed(removed);
  }
}
