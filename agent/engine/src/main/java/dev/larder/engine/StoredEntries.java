/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.codec.EntryHeader;
import dev.larder.engine.codec.Shapes;
import dev.larder.engine.codec.TagMark;
import dev.larder.engine.entry.Clock;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.entry.Lifetime;
import dev.larder.engine.entry.NearEntry;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Body;
import dev.larder.engine.method.CachePolicy;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.ValueType;
import dev.larder.engine.remote.Found;
import dev.larder.engine.remote.Guard;
import dev.larder.engine.remote.Loaded;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.engine.value.Home;
import dev.larder.engine.value.Kept;
import dev.larder.engine.value.UncacheableValue;
import dev.larder.engine.value.ValueMode;
import dev.larder.spi.Backend;
import dev.larder.spi.CodecException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of one target, and of one type, as the backend has them: read as entries of this JVM,
 * and written. What cannot be read counts as none, and what cannot be written is not stored.
 */
final class StoredEntries {

  private static final Logger LOG = LoggerFactory.getLogger("dev.larder");

  private final Engine engine;
  private final TargetSpec spec;
  private final RemoteCache cache;
  private final Attributes attributes;
  private final ValueType type;
  private final Home home;
  private final long shape;
  private final TargetCodec codec;

  StoredEntries(
      Engine engine,
      TargetSpec spec,
      RemoteCache cache,
      Attributes attributes,
      ValueType type,
      Body body) {
    this.engine = engine;
    this.spec = spec;
    this.cache = cache;
    this.attributes = attributes;
    this.type = type;
    this.home = new Home(body.loader());
    this.shape = Shapes.fingerprint(type.type());
    this.codec = new TargetCodec(engine, cache, type.type(), body);
  }

  /** What reads and writes their values. */
  TargetCodec codec() {
    return codec;
  }

  /** The shape of their values, which an entry carries. */
  long shape() {
    return shape;
  }

  /**
   * The entry that was found; null where none of it counts.
   *
   * @param near what bounds its nearness; null where it is not kept near
   * @param forOne whether it is to hold the value as the codec has made it; see {@link #keep}
   */
  Entry read(Found found, NearEntry.Near near, boolean forOne) {
    EntryHeader header = found.header();
    // The wall clock last: whatever holds this thread up between the two makes the time shorter.
    long now = Clock.precise();
    long wall = System.currentTimeMillis();
    if (header == null
        || header.shape() != shape
        || Math.max(header.staleUntil(), header.errorUntil()) <= wall
        || (found.value() == null && !mayBeNull())) {
      return null;
    }
    try {
      if (!header.codec().equals(codec.name())) {
        return null;
      }
      Object value = found.value() == null ? null : codec.decode(found.value());
      Kept kept = forOne ? Kept.asItIs(value) : kept(value);
      return Entry.of(
          kept.value(),
          kept.copier(),
          attributes.type(type),
          now,
          lifetime(header, wall),
          header.tags().isEmpty() ? List.of() : header.tags().stream().map(TagMark::tag).toList(),
          hides(kept),
          near);
    } catch (CodecException | UncacheableValue | RuntimeException | Error unreadable) {
      return none(unreadable);
    }
  }

  private boolean mayBeNull() {
    return attributes.policy().cacheNull() && attributes.takesNull();
  }

  /** What is left of an entry's times. */
  private Lifetime lifetime(EntryHeader header, long wall) {
    CachePolicy policy = attributes.policy();
    long share = (long) ((header.expires() - header.created()) * policy.refreshAhead());
    // Nothing has more left than its whole time, however far the clock of its writer was ahead.
    long now = Math.max(wall, header.created());
    long refreshAfter = header.created() + share - now;
    return new Lifetime(
        header.expires() - now,
        policy.idle(),
        policy.refreshAhead() == 0 ? 0 : refreshAfter == 0 ? -1 : refreshAfter,
        header.staleUntil() - header.expires(),
        header.errorUntil() - header.expires());
  }

  private Kept kept(Object value) throws UncacheableValue {
    ValueMode mode = attributes.policy().values();
    return codec.makesNew()
        ? engine.values().adopt(value, mode)
        : engine.values().keep(value, mode, home);
  }

  private boolean hides(Kept kept) {
    return kept.entities() && !attributes.policy().detachedEntities();
  }

  /** The same for many callers, of an entry that was read for one; null where it cannot be. */
  Entry keep(Entry forOne) {
    try {
      Kept kept = engine.values().adopt(forOne.value, attributes.policy().values());
      return forOne.kept(kept.copier(), hides(kept));
    } catch (UncacheableValue refused) {
      return none(refused);
    }
  }

  private Entry none(Throwable unreadable) {
    cache.undecodable();
    LOG.debug(
        "{}: an entry counts as none, since it cannot be read", spec.displayName(), unreadable);
    return null;
  }

  /** What is kept of a result while the backend is out. */
  Entry forAnOutage(Entry entry) {
    long now = Clock.precise();
    long ttl = Math.min(entry.deadline() - now, cache.policy().outageTtl());
    return Entry.of(
        entry.value,
        entry.copier(),
        entry.type(),
        now,
        new Lifetime(ttl, entry.idle(), 0, 0, 0),
        entry.tags(),
        entry.hasEntities(),
        NearEntry.Near.OUTAGE);
  }

  /** An entry as its codec writes it; null where it cannot, or the entry's time is over. */
  Loaded written(Guard guard, Entry entry) {
    try {
      byte[] value = entry.value == null ? null : codec.encode(entry.value);
      long wall = System.currentTimeMillis();
      long now = Clock.precise(); // last: a stall between the two makes the time shorter
      long ttl =
          entry.deadline() == Long.MAX_VALUE
              ? Backend.FOREVER
              : Math.min(entry.deadline() - now, Backend.LONGEST);
      if (ttl <= 0) {
        return null;
      }
      long expires = wall + ttl;
      EntryHeader header =
          new EntryHeader(
              codec.name(),
              wall,
              expires,
              expires + window(entry.staleUntil(), entry.deadline()),
              expires + window(entry.errorUntil(), entry.deadline()),
              shape,
              guard.mark(),
              List.of());
      long kept = Math.max(header.staleUntil(), header.errorUntil()) - wall;
      long millis = entry.idle() > 0 ? Math.min(kept, entry.idle()) : kept;
      return new Loaded(guard, header, entry.tags(), value, millis);
    } catch (CodecException refused) {
      engine
          .warnings()
          .once(
              spec,
              results()
                  + " are not cached with backend {}: {}; change the type, set another codec,"
                  + " or backend = memory for this cache",
              cache.policy().backend(),
              refused.getMessage() == null ? refused : refused.getMessage());
    } catch (RuntimeException | Error failed) { // the codec may be anybody's
      cache.undecodable();
      engine
          .warnings()
          .once(
              spec,
              results() + " are not cached with backend {}, since codec {} failed: {}",
              cache.policy().backend(),
              cache.policy().codec(),
              failed instanceof IllegalArgumentException ? failed.getMessage() : failed.toString());
    }
    return null;
  }

  /**
   * What is warned of: once of each type that the classes of receivers make of the declared one.
   */
  private String results() {
    return type.equals(attributes.valueTypes().declared())
        ? "its results"
        : "its results of type " + type.name();
  }

  private static long window(long end, long deadline) {
    return deadline == Long.MAX_VALUE ? 0 : Math.min(end - deadline, Backend.LONGEST);
  }
}
