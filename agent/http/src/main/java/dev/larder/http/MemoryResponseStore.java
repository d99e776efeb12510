/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.spi.ObjectStore;
import dev.larder.spi.ObjectStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Responses in this JVM's memory.
 *
 * <p>A fill notes the removals of its key's stripe before it begins, and is not kept if there has
 * been one since; that two keys share a stripe costs a fill now and then, never a wrong one.
 */
public final class MemoryResponseStore implements ResponseStore {

  private static final int STRIPES = 1024;

  /** How many variants and origins one path and query may have; the oldest goes first. */
  private static final int MOST_VARIANTS = 32;

  private record Variants(List<StoredResponse> responses) {
    long weight() {
      return responses.stream().mapToLong(StoredResponse::weight).sum();
    }
  }

  private static final class Shelf {
    final ObjectStore<Variants> entries;
    final AtomicLongArray removals = new AtomicLongArray(STRIPES);
    final Counters counters = new Counters();

    Shelf(ObjectStore<Variants> entries) {
      this.entries = entries;
    }
  }

  private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
  private final ObjectStores stores;
  private final long maxEntries;
  private final long maxBytes;

  /**
   * A store with the same bounds for each rule.
   *
   * @param maxEntries paths and queries; {@link Long#MAX_VALUE} for no bound
   * @param maxBytes an estimate; {@link Long#MAX_VALUE} for no bound
   */
  public MemoryResponseStore(ObjectStores stores, long maxEntries, long maxBytes) {
    this.stores = stores;
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  private Shelf shelf(String name) {
    return shelves.computeIfAbsent(
        name, any -> new Shelf(stores.create(maxEntries, maxBytes, Variants::weight)));
  }

  @Override
  public List<StoredResponse> get(Rule rule, String key) {
    Variants variants = shelf(rule.name()).entries.get(key);
    return variants == null ? List.of() : variants.responses();
  }

  private static int stripe(String key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (STRIPES - 1);
  }

  @Override
  public long begin(Rule rule, String key) {
    return shelf(rule.name()).removals.get(stripe(key));
  }

  @Override
  public boolean put(Rule rule, String key, StoredResponse response, long begun) {
    Shelf shelf = shelf(rule.name());
    synchronized (shelf) {
      if (shelf.removals.get(stripe(key)) != begun) {
        return false;
      }
      List<StoredResponse> responses = new ArrayList<>();
      responses.add(response);
      Variants before = shelf.entries.get(key);
      if (before != null) {
        for (StoredResponse each : before.responses()) {
          boolean replaced =
              each.origin().equals(response.origin())
                  && each.vary().equals(response.vary())
                  && each.selecting().equals(response.selecting());
          if (!replaced && responses.size() < MOST_VARIANTS) {
            responses.add(each);
          }
        }
      }
      shelf.entries.put(key, new Variants(List.copyOf(responses)));
    }
    shelf.counters.stores.increment();
    return true;
  }

  @Override
  public long remove(String ruleName, String key) {
    Shelf shelf = shelf(ruleName);
    synchronized (shelf) {
      shelf.removals.incrementAndGet(stripe(key));
      Variants gone = shelf.entries.remove(key);
      return gone == null ? 0 : gone.responses().size();
    }
  }

  @Override
  public long removeTag(String tag) {
    long gone = 0;
    for (Shelf shelf : shelves.values()) {
      gone += removeWhere(shelf, tag);
    }
    return gone;
  }

  @Override
  public long clear(String ruleName) {
    return removeWhere(shelf(ruleName), null);
  }

  /** Removes whatever has a tag; null for all. */
  private static long removeWhere(Shelf shelf, String tag) {
    synchronized (shelf) {
      for (int i = 0; i < STRIPES; i++) {
        shelf.removals.incrementAndGet(i);
      }
      long[] gone = {0};
      shelf.entries.removeIf(
          variants -> {
            boolean goes =
                tag == null
                    || variants.responses().stream().anyMatch(each -> each.tags().contains(tag));
            gone[0] += goes ? variants.responses().size() : 0;
            return goes;
          });
      return gone[0];
    }
  }

  @Override
  public Counters counters(String ruleName) {
    return shelf(ruleName).counters;
  }
}
