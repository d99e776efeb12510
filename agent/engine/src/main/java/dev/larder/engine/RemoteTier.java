/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.codec.Content;
import dev.larder.engine.codec.EntryHeader;
import dev.larder.engine.codec.JavaCodec;
import dev.larder.engine.codec.JsonCodec;
import dev.larder.engine.codec.OpenTypes;
import dev.larder.engine.codec.ShapeTrust;
import dev.larder.engine.codec.Shapes;
import dev.larder.engine.codec.TagMark;
import dev.larder.engine.config.CacheKeys.Scope;
import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.remote.FleetFlight;
import dev.larder.engine.remote.Found;
import dev.larder.engine.remote.Guard;
import dev.larder.engine.remote.Lease;
import dev.larder.engine.remote.Loaded;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.engine.remote.RemotePolicy;
import dev.larder.engine.remote.Turn;
import dev.larder.engine.transaction.Transaction;
import dev.larder.engine.value.Differences;
import dev.larder.engine.value.Home;
import dev.larder.engine.value.Kept;
import dev.larder.engine.value.UncacheableValue;
import dev.larder.engine.value.ValueMode;
import dev.larder.spi.Backend;
import dev.larder.spi.Codec;
import dev.larder.spi.CodecException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * What one target has with a backend: between its keys, values and types, and the backend's texts
 * and bytes. Nothing of it throws: where the backend fails, nothing is found and nothing stored.
 */
final class RemoteTier {

  private final Engine engine;
  private final TargetSpec spec;
  private final RemoteCache cache;
  private final Nearing<Entry> nearing;
  private final Attributes attributes;
  private final Type type;
  private final ClassLoader loader;
  private final Home home;
  private final String ownPackage;
  private final long shape;
  private final FutureTask<Writing> writing = new FutureTask<>(this::makeWriting);
  private final AtomicBoolean writingBegun = new AtomicBoolean();

  private RemoteTier(
      Engine engine,
      TargetSpec spec,
      RemoteCache cache,
      NearCache<Entry> near,
      Attributes attributes,
      Body body) {
    this.engine = engine;
    this.spec = spec;
    this.cache = cache;
    this.nearing =
        near == null || cache.policy().near() == null
            ? null
            : new Nearing<>(near, cache, attributes.policy().idle());
    this.attributes = attributes;
    this.type = attributes.valueType();
    this.loader = body.loader();
    this.home = new Home(loader);
    this.ownPackage = body.owner().getPackageName();
    this.shape = Shapes.fingerprint(type);
  }

  /**
   * The tier of a target or a put; null where its entries stay in this JVM.
   *
   * @param near keeps what is found; null where nothing does
   */
  static RemoteTier of(
      Engine engine,
      TargetSpec spec,
      NamedCache cache,
      NearCache<Entry> near,
      Attributes attributes,
      Body body) {
    return cache.remote == null || attributes.policy().scope() == Scope.INSTANCE
        ? null
        : new RemoteTier(engine, spec, cache.remote, near, attributes, body);
  }

  /**
   * The codec, and who watches over it; made by a thread of Larder's, since its classes take longer
   * to load than a call may wait, and only once a backend serves.
   */
  private record Writing(Codec codec, ShapeTrust trust) {}

  private Writing makeWriting() {
    Codec codec = codec(cache.policy());
    if (codec instanceof JsonCodec json) {
      json.prepare();
    }
    Differences differences = new Differences(engine.access());
    return new Writing(codec, new ShapeTrust(codec, type, loader, differences));
  }

  /** Whether the backend serves, and what reads its values is there or comes within the turn. */
  private boolean isReady(Turn turn) {
    if (!cache.isServing()) {
      return false;
    }
    if (writing.isDone()) {
      return true;
    }
    if (writingBegun.compareAndSet(false, true) && !engine.background().run(writing)) {
      writingBegun.set(false); // too many wait already
      return false;
    }
    return turn.awaits(writing);
  }

  private Writing writing() {
    writing.run(); // unless that was done, or is being done
    try {
      return writing.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause().toString(), failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the caller was interrupted", interrupted);
    }
  }

  /** The codec; of a user's that cannot be made, one that always fails. */
  private Codec codec(RemotePolicy policy) {
    return switch (policy.codec()) {
      case "json" ->
          new JsonCodec(loader, engine.access(), new OpenTypes(named(policy.types()), ownPackage));
      case "java" -> new JavaCodec(engine.access(), named(policy.codecAllow()));
      default -> userCodec(policy.codec());
    };
  }

  private Codec userCodec(String className) {
    try {
      return cache.userCodec(className);
    } catch (IllegalArgumentException wrong) {
      return new MissingCodec(wrong);
    }
  }

  /** In the place of a user's codec that cannot be made. */
  private record MissingCodec(IllegalArgumentException wrong) implements Codec {
    @Override
    public String name() {
      throw wrong;
    }

    @Override
    public byte[] encode(Object value, Type type) {
      throw wrong;
    }

    @Override
    public Object decode(byte[] bytes, Type type, ClassLoader loader) {
      throw wrong;
    }
  }

  private static Predicate<String> named(List<ClassPattern> patterns) {
    return name -> patterns.stream().anyMatch(each -> each.matchesName(name));
  }

  /**
   * What the backend has under a key.
   *
   * @param entry null where nothing of it may be served, not even for a failure
   * @param lease of the flight that this JVM leads for all; {@link Lease#HELD} where another does,
   *     or did
   * @param isForOne whether the entry may be given to one caller alone, since it holds the value
   *     itself; see {@link #keep}
   */
  record Seen(Found found, Entry entry, Turn turn, Lease lease, boolean isForOne)
      implements FleetFlight.Seen {

    /** Whether it answers a call, fresh or stale. */
    boolean isServed() {
      return entry != null && Clock.precise() < entry.staleUntil();
    }

    /** Whether another JVM leads the flight of the key, or did. */
    boolean isLedElsewhere() {
      return lease == Lease.HELD;
    }

    /** Gives back the lease that this JVM holds, if it does. */
    void endLease(Lease.Ending ending) {
      if (lease != null && lease != Lease.HELD) {
        lease.end(ending);
      }
    }

    Seen with(Lease other) {
      return new Seen(found, entry, turn, other, isForOne);
    }
  }

  /**
   * Looks a key up; null where the backend cannot be asked.
   *
   * @param forOne whether what it finds is for one caller alone, who is given it once
   */
  Seen find(Object key, boolean forOne) {
    return find(key, forOne, cache.turn());
  }

  private Seen find(Object key, boolean forOne, Turn turn) {
    if (nearing != null) {
      List<Seen> seen = findAll(List.of(key), turn);
      return seen == null ? null : seen.get(0);
    }
    if (!isReady(turn)) {
      return null;
    }
    Found found = cache.find(storedKey(key), attributes.policy().idle(), turn);
    if (found == null) {
      return null;
    }
    boolean isNew = forOne && isOwn(cache.policy().codec());
    return new Seen(found, entry(found, null, isNew), turn, null, isNew);
  }

  /** The same for many callers. */
  Seen keep(Seen seen) {
    if (!seen.isForOne()) {
      return seen;
    }
    Entry loose = seen.entry();
    Entry entry = null;
    try {
      Kept kept = engine.values().adopt(loose.value, attributes.policy().values());
      entry = loose.kept(kept.copier(), hides(kept));
    } catch (UncacheableValue refused) {
      cache.undecodable();
    }
    return new Seen(seen.found(), entry, seen.turn(), seen.lease(), false);
  }

  private Kept kept(Object value) throws UncacheableValue {
    ValueMode mode = attributes.policy().values();
    return isOwn(cache.policy().codec())
        ? engine.values().adopt(value, mode)
        : engine.values().keep(value, mode, home);
  }

  private boolean hides(Kept kept) {
    return kept.entities() && !attributes.policy().detachedEntities();
  }

  /**
   * Looks a key up for the leader of a flight: where its cache is loaded once in all JVMs, it leads
   * there too, or waits for the one that does.
   *
   * @param waitMillis how long it waits at most; 0 for not at all
   * @param isEnough whether what it finds makes a load unnecessary
   * @param forOne as of {@link #find}
   * @return as {@link #find}
   */
  Seen findOrLead(Object key, long waitMillis, Predicate<Seen> isEnough, boolean forOne) {
    if (!cache.policy().fleetFlights()) {
      return find(key, forOne);
    }
    Seen seen = find(key, false);
    FleetFlight.Standing<Seen> standing =
        FleetFlight.of(
            cache,
            !attributes.tags().isEmpty(),
            waitMillis,
            seen,
            turn -> find(key, false, turn == null ? cache.turn() : turn),
            isEnough);
    return standing.seen() == null ? null : standing.seen().with(standing.lease());
  }

  /**
   * Looks several keys up, in their order, and keeps near what is there; null where the backend
   * cannot be asked.
   */
  List<Seen> findAll(List<Object> keys) {
    return findAll(keys, cache.turn());
  }

  private List<Seen> findAll(List<Object> keys, Turn turn) {
    if (!isReady(turn)) {
      return null;
    }
    List<String> stored = new ArrayList<>(keys.size());
    keys.forEach(key -> stored.add(storedKey(key)));
    Nearing.Begun<Entry> begun = nearing == null ? null : nearing.begin(stored, keys);
    List<Found> found = cache.findAll(stored, attributes.policy().idle(), turn);
    List<Seen> seen = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      Found each = found == null ? null : found.get(i);
      Entry entry = each == null ? null : entry(each, begun, false);
      seen.add(each == null ? null : new Seen(each, entry, turn, null, false));
    }
    if (begun != null) {
      List<Nearing.Read<Entry>> read = new ArrayList<>(keys.size());
      for (Seen each : seen) {
        boolean isServed = each != null && each.isServed();
        read.add(isServed ? new Nearing.Read<>(each.found(), each.entry()) : null);
      }
      nearing.end(begun, read, turn);
    }
    return found == null ? null : seen;
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

  /** Whether results are to be kept here, since the backend is out. */
  boolean isOut() {
    return cache.policy().outageTtl() > 0 && !cache.isServing();
  }

  private String storedKey(Object key) {
    Variant variant = Keys.variantOf(key);
    return variant == null
        ? cache.keyOfText(Keys.textOf(key))
        : cache.keyOfParts(nameOf(variant), Keys.partsOf(key));
  }

  private String nameOf(Variant variant) {
    String name = variant.remoteName;
    if (name == null) {
      name =
          RemoteCache.variant(
              spec.displayName(), spec.descriptor(), variant.receiver, Long.toHexString(shape));
      variant.remoteName = name;
    }
    return name;
  }

  /** Whether what a codec makes is new each time; of a user's that is not known. */
  private static boolean isOwn(String codec) {
    return codec.equals("json") || codec.equals("java");
  }

  private Object decode(Codec codec, Content content) throws CodecException {
    return codec instanceof JsonCodec json
        ? json.decode(content.bytes(), content.from(), content.length(), type)
        : codec.decode(content.toArray(), type, loader);
  }

  /**
   * The entry that was found; null where none of it counts.
   *
   * @param forOne whether it is to hold the value as the codec has made it
   */
  private Entry entry(Found found, Nearing.Begun<Entry> begun, boolean forOne) {
    EntryHeader header = found.header();
    long wall = System.currentTimeMillis();
    if (header == null
        || header.shape() != shape
        || Math.max(header.staleUntil(), header.errorUntil()) <= wall
        || (found.value() == null && !attributes.policy().cacheNull())) {
      return null;
    }
    try {
      Codec codec = writing().codec();
      if (!header.codec().equals(codec.name())) {
        return null;
      }
      Object value = found.value() == null ? null : decode(codec, found.value());
      CachePolicy policy = attributes.policy();
      Kept kept = forOne ? Kept.asItIs(value) : kept(value);
      long share = (long) ((header.expires() - header.created()) * policy.refreshAhead());
      // Nothing has more left than its whole time, however far the clock of its writer was ahead.
      long now = Math.max(wall, header.created());
      Lifetime lifetime =
          new Lifetime(
              header.expires() - now,
              policy.idle(),
              policy.refreshAhead() > 0 ? Math.max(1, header.created() + share - now) : 0,
              header.staleUntil() - header.expires(),
              header.errorUntil() - header.expires());
      return Entry.of(
          kept.value(),
          kept.copier(),
          attributes.type(),
          Clock.precise(),
          lifetime,
          header.tags().isEmpty() ? List.of() : header.tags().stream().map(TagMark::tag).toList(),
          hides(kept),
          begun == null ? null : nearing.near(begun, header));
    } catch (CodecException | UncacheableValue | RuntimeException | Error unreadable) {
      cache.undecodable();
      return null;
    }
  }

  /**
   * Leaves word that a load begins; null where what it gives is not to be stored.
   *
   * @param transaction in which it runs, as old as which it is; null for none
   */
  Guard guard(Object key, Seen seen, Transaction transaction) {
    if (seen == null) {
      return null;
    }
    Lease lease = seen.isLedElsewhere() ? null : seen.lease();
    Guard guard = null;
    try {
      guard = guard(key, seen, lease, transaction);
      return guard;
    } finally {
      if (guard == null) {
        seen.endLease(Lease.Ending.DISPERSED);
      }
    }
  }

  private Guard guard(Object key, Seen seen, Lease lease, Transaction transaction) {
    boolean tagged = !attributes.tags().isEmpty();
    if (transaction != null
        && !cache.isUntouchedSince(seen.found(), tagged, transaction.age(), seen.turn())) {
      return null;
    }
    return cache.guard(seen.found(), description(key), tagged, lease, seen.turn());
  }

  /** How an evict finds the variant of a key; null where a template gave it. */
  private String description(Object key) {
    Variant variant = Keys.variantOf(key);
    return variant == null
        ? null
        : RemoteCache.description(nameOf(variant), attributes.arguments().typeNames());
  }

  /**
   * The same for the elements of a call, none of which is in a transaction: in one round trip.
   *
   * @param key of any of them
   * @param seen null where the backend could not be asked
   */
  List<Guard> guardAll(Object key, List<Seen> seen) {
    List<Seen> found = seen.stream().filter(Objects::nonNull).toList();
    if (found.isEmpty()) {
      return Collections.nCopies(seen.size(), null);
    }
    boolean tagged = !attributes.tags().isEmpty();
    Iterator<Guard> guards =
        cache
            .guardAll(
                found.stream().map(Seen::found).toList(),
                description(key),
                tagged,
                null,
                found.get(0).turn())
            .iterator();
    List<Guard> all = new ArrayList<>(seen.size());
    seen.forEach(each -> all.add(each == null ? null : guards.next()));
    return all;
  }

  /** The guard of a put whose key only its result tells; null where it is not to be stored. */
  Guard guardSince(Object key, long began, Turn turn) {
    boolean tagged = !attributes.tags().isEmpty();
    return cache.isServing()
        ? cache.guardSince(storedKey(key), tagged, System.nanoTime() - began, turn)
        : null;
  }

  /** The same, of a put in a transaction. */
  Guard guardSince(Object key, Transaction transaction, Turn turn) {
    if (!cache.isServing()) {
      return null;
    }
    Found found = cache.find(storedKey(key), 0, turn);
    return found == null ? null : guard(key, new Seen(found, null, turn, null, false), transaction);
  }

  Turn turn() {
    return cache.turn();
  }

  /** Stores an entry under its guard; whether the backend has it. */
  boolean store(Guard guard, Entry entry, Turn turn) {
    return storeAll(List.of(guard), List.of(entry), turn).get(0);
  }

  /** Stores entries, each under its guard, together; in their order, whether the backend has it. */
  List<Boolean> storeAll(List<Guard> guards, List<Entry> entries, Turn turn) {
    List<Loaded> all = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      all.add(loaded(guards.get(i), entries.get(i)));
    }
    List<Loaded> written = all.stream().filter(Objects::nonNull).toList();
    Iterator<Boolean> stored =
        (written.isEmpty() ? List.<Boolean>of() : cache.storeAll(written, turn)).iterator();
    return all.stream().map(each -> each != null && stored.next()).toList();
  }

  /** An entry as its codec writes it; null where it cannot, or the entry's time is over. */
  private Loaded loaded(Guard guard, Entry entry) {
    try {
      Writing writing = writing();
      byte[] value = entry.value == null ? null : writing.trust().encode(entry.value);
      long now = Clock.precise();
      long wall = System.currentTimeMillis();
      long ttl = Math.min(entry.deadline() - now, Backend.FOREVER);
      if (ttl <= 0) {
        return null;
      }
      long expires = wall + ttl;
      EntryHeader header =
          new EntryHeader(
              writing.codec().name(),
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
              "its results are not cached with backend {}: {}; change the type, set another codec,"
                  + " or backend = memory for this cache",
              cache.policy().backend(),
              refused.getMessage());
    } catch (RuntimeException | Error failed) { // the codec may be anybody's
      cache.undecodable();
      engine
          .warnings()
          .once(
              spec,
              "its results are not cached with backend {}, since codec {} failed: {}",
              cache.policy().backend(),
              cache.policy().codec(),
              failed instanceof IllegalArgumentException ? failed.getMessage() : failed.toString());
    }
    return null;
  }

  private static long window(long end, long deadline) {
    return deadline == Long.MAX_VALUE ? 0 : Math.min(end - deadline, Backend.FOREVER);
  }

  /** Removes a key; how many entries went, -1 where the backend cannot know. */
  long remove(Object key) {
    return cache.remove(storedKey(key));
  }
}
