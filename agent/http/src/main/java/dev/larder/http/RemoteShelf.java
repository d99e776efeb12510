/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.engine.codec.EntryHeader;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.engine.remote.RemoteCache.Found;
import dev.larder.engine.remote.RemoteCache.Guard;
import dev.larder.engine.remote.Turn;
import dev.larder.spi.Backend;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Responses with a backend, all that are under one path and query in one entry, so that one removal
 * reaches them all. Where the backend fails, nothing is found and nothing stored.
 *
 * <p>A fill stores only over what it found: of two that add a variant at once, one is not kept.
 */
public final class RemoteShelf implements Shelf {

  private static final Logger log = LoggerFactory.getLogger(RemoteShelf.class);

  /** How much the variants of one path and query may weigh together, beside the newest. */
  private static final long MOST_BYTES = 1 << 20;

  private final RemoteCache cache;
  private final Counters counters;

  /**
   * Responses with a backend.
   *
   * @param counters where the cache counts its errors, among others
   */
  public RemoteShelf(RemoteCache cache, Counters counters) {
    this.cache = cache;
    this.counters = counters;
  }

  @Override
  public Seen find(String target) {
    if (!cache.isServing()) {
      return new Looked(null, Variants.NONE, null);
    }
    Turn turn = cache.turn();
    Found found = cache.find(cache.keyOfText(target), 0, turn);
    return new Looked(found, found == null ? Variants.NONE : variants(found), turn);
  }

  private Variants variants(Found found) {
    EntryHeader header = found.header();
    if (header == null
        || header.shape() != ResponseBytes.SHAPE
        || !header.codec().equals(ResponseBytes.CODEC)) {
      return Variants.NONE;
    }
    try {
      return ResponseBytes.read(found.value());
    } catch (IOException | RuntimeException unreadable) {
      log.debug("a stored response cannot be read, and counts as a miss", unreadable);
      cache.undecodable();
      return Variants.NONE;
    }
  }

  /** What was found; null where the backend could not be asked. */
  private final class Looked implements Seen {
    private final Found found;
    private final Variants variants;
    private final Turn turn;

    Looked(Found found, Variants variants, Turn turn) {
      this.found = found;
      this.variants = variants;
      this.turn = turn;
    }

    @Override
    public List<StoredResponse> responses() {
      return variants.responses();
    }

    @Override
    public Fill begin() {
      // Its rule's tags are known only with the answer, so it counts as tagged.
      Guard guard = found == null ? null : cache.guard(found, null, true, null, turn);
      return guard == null ? null : new Filling(guard, variants, turn);
    }
  }

  private final class Filling implements Fill {
    private final Guard guard;
    private final Variants before;
    private final Turn turn;

    Filling(Guard guard, Variants before, Turn turn) {
      this.guard = guard;
      this.before = before;
      this.turn = turn;
    }

    @Override
    public boolean store(StoredResponse response) {
      long now = System.currentTimeMillis();
      Variants variants = before.with(response, MOST_BYTES, now);
      long fresh = now;
      long served = now;
      long useful = now;
      for (StoredResponse each : variants.responses()) {
        long end = now + each.remaining(now);
        fresh = Math.max(fresh, end);
        served = Math.max(served, end + each.terms().whileRevalidate());
        useful = Math.max(useful, end + each.terms().window());
      }
      long millis = Math.min(Backend.FOREVER, useful - now);
      EntryHeader header =
          new EntryHeader(
              ResponseBytes.CODEC,
              now,
              fresh,
              served,
              useful,
              ResponseBytes.SHAPE,
              guard.mark(),
              List.of());
      boolean stored =
          millis > 0
              && cache.store(
                  guard, header, response.tags(), ResponseBytes.of(variants), millis, turn);
      if (stored) {
        counters.stores.increment();
      }
      return stored;
    }

    @Override
    public void abandon() {} // its token lapses by itself
  }

  @Override
  public long remove(String target) {
    return removed(cache.remove(cache.keyOfText(target)));
  }

  /** By the tag's mark, which the engine renews for all that is with the backend. */
  @Override
  public long removeTag(String tag) {
    return -1;
  }

  @Override
  public long clear() {
    cache.clear();
    return -1;
  }

  private long removed(long entries) {
    counters.removals.add(Math.max(0, entries));
    return entries;
  }

  @Override
  public long entries() {
    return 0;
  }

  @Override
  public long evictions() {
    return 0;
  }

  @Override
  public Counters counters() {
    return counters;
  }
}
