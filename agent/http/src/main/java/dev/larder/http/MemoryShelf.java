/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.engine.flight.Loads;
import dev.larder.engine.flight.RemovedTags;
import dev.larder.spi.ObjectStore;
import dev.larder.spi.ObjectStores;
import java.util.List;

/** Responses in this JVM's memory. */
public final class MemoryShelf implements Shelf {

  private final ObjectStore<Variants> entries;
  private final Loads fills = new Loads();
  private final Counters counters = new Counters();

  /** How often all, or what a tag marks, was removed; written under this lock, as the next ones. */
  private volatile long removals;

  private long clearedAt;
  private final RemovedTags removedTags = new RemovedTags();

  /** Whether any response has had a tag: most have none, and tags are removed often. */
  private boolean areTagged;

  /**
   * An empty one.
   *
   * @param maxEntries paths and queries; {@link Long#MAX_VALUE} for no bound
   * @param maxBytes an estimate; {@link Long#MAX_VALUE} for no bound
   */
  public MemoryShelf(ObjectStores stores, long maxEntries, long maxBytes) {
    entries = stores.create(maxEntries, maxBytes, Variants::weight);
  }

  /** Changes the bounds. */
  public void resize(long maxEntries, long maxBytes) {
    entries.resize(maxEntries, maxBytes);
  }

  private record Found(MemoryShelf shelf, String target, Variants variants) implements Seen {

    @Override
    public List<StoredResponse> responses() {
      return variants == null ? List.of() : variants.responses();
    }

    @Override
    public Fill begin() {
      return shelf.new Filling(target);
    }
  }

  private final class Filling implements Fill {
    private final Loads.Load load;

    Filling(String target) {
      // Not under this lock, which a store takes inside that of the fills.
      load = fills.begin(target, removals);
    }

    @Override
    public boolean store(StoredResponse response) {
      return fills.end(load, () -> put(load, response));
    }

    @Override
    public void abandon() {
      fills.end(load, null);
    }
  }

  private synchronized boolean put(Loads.Load load, StoredResponse response) {
    if (clearedAt > load.since() || removedTags.areAny(response.tags(), load.since())) {
      return false;
    }
    areTagged |= !response.tags().isEmpty();
    Variants before = entries.get(load.key());
    Variants variants = before == null ? Variants.NONE : before;
    long now = System.currentTimeMillis();
    entries.put(load.key(), variants.with(response, Long.MAX_VALUE, now));
    counters.stores.increment();
    return true;
  }

  @Override
  public Seen find(String target) {
    return new Found(this, target, entries.get(target));
  }

  @Override
  public long remove(String target) {
    fills.removed(target);
    Variants gone = entries.remove(target);
    return removed(gone == null ? 0 : gone.responses().size());
  }

  @Override
  public synchronized long removeTag(String tag) {
    removedTags.add(tag, ++removals);
    if (!areTagged) {
      return 0;
    }
    long[] gone = {0};
    entries.removeIf(
        variants -> {
          boolean goes = variants.hasTag(tag);
          gone[0] += goes ? variants.responses().size() : 0;
          return goes;
        });
    return removed(gone[0]);
  }

  @Override
  public synchronized long clear() {
    clearedAt = ++removals;
    long[] gone = {0};
    entries.removeIf(
        variants -> {
          gone[0] += variants.responses().size();
          return true;
        });
    return removed(gone[0]);
  }

  private long removed(long responses) {
    counters.removals.add(responses);
    return responses;
  }

  @Override
  public long entries() {
    return entries.size();
  }

  @Override
  public long evictions() {
    return entries.evictions();
  }

  @Override
  public Counters counters() {
    return counters;
  }
}
