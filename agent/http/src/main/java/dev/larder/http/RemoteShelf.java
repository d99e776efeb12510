/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.engine.codec.EntryHeader;
import dev.larder.engine.entry.NearCache;
import dev.larder.engine.entry.Nearing;
import dev.larder.engine.remote.FleetFlight;
import dev.larder.engine.remote.Found;
import dev.larder.engine.remote.Guard;
import dev.larder.engine.remote.Lease;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.engine.remote.RemotePolicy;
import dev.larder.engine.remote.Turn;
import dev.larder.spi.Backend;
import dev.larder.spi.ObjectStore;
import dev.larder.spi.ObjectStores;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
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

  /**
   * What is longer is for ever: the most milliseconds that a response may say (RFC 9111, 1.2.2).
   */
  private static final long MOST_SAID = (1L << 31) * 1_000;

  private final RemoteCache cache;
  private final Counters counters;
  private final ObjectStore<NearResponses> kept;
  private final NearCache<NearResponses> near;

  /** The way into the near cache; null where it is turned off. */
  private volatile Nearing<NearResponses> nearing;

  /**
   * Responses with a backend.
   *
   * @param counters where the cache counts its errors, among others
   * @param stores makes what is kept near
   */
  public RemoteShelf(RemoteCache cache, Counters counters, ObjectStores stores) {
    this.cache = cache;
    this.counters = counters;
    this.kept =
        stores.create(cache.policy().mostHere(), Long.MAX_VALUE, each -> each.variants().weight());
    this.near = new NearCache<>(kept, cache, target -> cache.keyOfText((String) target));
    take(cache.policy());
  }

  /** Keeps responses another way from now on; with the same backend and under the same prefix. */
  public final void take(RemotePolicy policy) {
    cache.take(policy);
    kept.resize(policy.mostHere(), Long.MAX_VALUE);
    nearing = policy.near() == null ? null : new Nearing<>(near, cache, 0);
    if (nearing == null) {
      near.flush();
    }
  }

  @Override
  public List<StoredResponse> near(String target) {
    NearResponses here = kept.get(target);
    return here != null && near.stands(here) ? here.variants().responses() : List.of();
  }

  @Override
  public Seen find(String target) {
    return look(target, null);
  }

  @Override
  public Seen findAgain(String target, Seen before) {
    return again(target, before);
  }

  private Looked again(String target, Seen before) {
    return look(target, before instanceof Looked looked ? looked.turn() : null);
  }

  private Looked look(String target, Turn sooner) {
    if (!cache.isServing()) {
      return new Looked(target, null, Variants.NONE, null, null);
    }
    Turn turn = sooner == null ? cache.turn() : sooner;
    String key = cache.keyOfText(target);
    Nearing<NearResponses> into = nearing;
    Nearing.Begun<NearResponses> begun =
        into == null ? null : into.begin(List.of(key), List.of(target));
    Found found = cache.find(key, 0, turn);
    Variants variants = found == null ? Variants.NONE : variants(found);
    if (begun != null) {
      boolean fresh = variants.isAnyFresh(System.currentTimeMillis());
      into.end(
          begun,
          Collections.singletonList(
              fresh
                  ? new Nearing.Read<>(
                      found, new NearResponses(variants, into.near(begun, found.header())))
                  : null),
          turn);
    }
    return new Looked(target, found, variants, turn, null);
  }

  @Override
  public Seen findOrLead(
      String target, Seen before, long waitMillis, Predicate<List<StoredResponse>> isEnough) {
    Looked looked = again(target, before);
    if (looked.found() == null || !cache.policy().fleetFlights()) {
      return looked;
    }
    FleetFlight.Standing<Looked> standing =
        FleetFlight.of(
            cache,
            true,
            waitMillis,
            looked,
            turn -> found(look(target, turn)),
            seen -> isEnough.test(seen.responses()));
    Looked last = standing.seen();
    return last == null
        ? new Looked(target, null, Variants.NONE, null, null)
        : new Looked(target, last.found(), last.variants, last.turn(), standing.lease());
  }

  /** Null where the backend could not be asked. */
  private static Looked found(Looked looked) {
    return looked.found() == null ? null : looked;
  }

  private Variants variants(Found found) {
    EntryHeader header = found.header();
    if (header == null
        || header.shape() != ResponseBytes.SHAPE
        || !header.codec().equals(ResponseBytes.CODEC)) {
      return Variants.NONE;
    }
    try {
      return ResponseBytes.read(found.value().toArray());
    } catch (IOException | RuntimeException unreadable) {
      log.debug("a stored response cannot be read, and counts as a miss", unreadable);
      cache.undecodable();
      return Variants.NONE;
    }
  }

  /** What was found; null where the backend could not be asked. */
  private final class Looked implements Seen, FleetFlight.Seen {
    private final String target;
    private final Found found;
    private final Variants variants;
    private final Turn turn;
    private final Lease lease;

    Looked(String target, Found found, Variants variants, Turn turn, Lease lease) {
      this.target = target;
      this.found = found;
      this.variants = variants;
      this.turn = turn;
      this.lease = lease;
    }

    @Override
    public Found found() {
      return found;
    }

    @Override
    public Turn turn() {
      return turn;
    }

    @Override
    public List<StoredResponse> responses() {
      return variants.responses();
    }

    @Override
    public boolean isLedElsewhere() {
      return lease == Lease.HELD;
    }

    @Override
    public Fill begin() {
      Lease own = isLedElsewhere() ? null : lease;
      // Its rule's tags are known only with the answer, so it counts as tagged.
      Guard guard = found == null ? null : cache.guard(found, null, true, own, turn);
      if (guard == null && own != null) {
        own.end(Lease.Ending.DISPERSED);
      }
      return guard == null ? null : new Filling(target, guard, variants, turn, own);
    }
  }

  private final class Filling implements Fill {
    private final String target;
    private final Guard guard;
    private final Variants before;
    private final Turn turn;
    private final Lease lease;

    Filling(String target, Guard guard, Variants before, Turn turn, Lease lease) {
      this.target = target;
      this.guard = guard;
      this.before = before;
      this.turn = turn;
      this.lease = lease;
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
      long millis = withBackend(useful - now);
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
      near.drop(target);
      if (stored) {
        counters.stores.increment();
      }
      end(stored ? Lease.Ending.LANDED : Lease.Ending.DISPERSED);
      return stored;
    }

    private static long withBackend(long millis) {
      return millis > MOST_SAID ? Backend.FOREVER : Math.min(Backend.LONGEST, millis);
    }

    /** Its token lapses by itself. */
    @Override
    public void abandon() {
      end(Lease.Ending.DISPERSED);
    }

    private void end(Lease.Ending ending) {
      if (lease != null) {
        lease.end(ending);
      }
    }
  }

  @Override
  public long remove(String target) {
    long entries = cache.remove(cache.keyOfText(target));
    near.drop(target);
    counters.removals.add(Math.max(0, entries));
    return entries;
  }

  /** What is near; the engine has renewed the tag's mark for all that is with the backend. */
  @Override
  public long removeTag(String tag) {
    near.dropIf(each -> each.tags().contains(tag));
    return -1;
  }

  @Override
  public long clear() {
    cache.clear();
    near.flush();
    return -1;
  }

  @Override
  public long entries() {
    return kept.size();
  }

  @Override
  public long evictions() {
    return kept.evictions();
  }

  @Override
  public Counters counters() {
    return counters;
  }
}
