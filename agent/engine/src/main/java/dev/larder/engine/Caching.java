/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.config.CacheKeys.Scope;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Body;
import dev.larder.engine.method.Keys;
import dev.larder.engine.method.ReturnShape;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.Variant;
import dev.larder.engine.method.Variant.Standing;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What stands behind the look-ups of one target: where its entries lie, and who sees to a call that
 * {@link HitSite} did not answer.
 *
 * <p>A call is looked up ({@link LookUps}), comes together with others at a flight ({@link Joins}),
 * starts a load ({@link Starts}) and ends it ({@link Ends}); what becomes of the result is the
 * business of {@link Results}.
 */
final class Caching implements Flight.Origin {

  private final Engine engine;
  private final TargetSpec spec;
  private final NamedCache cache;
  private final Partition partition;
  private final Attributes attributes;
  private final Results results;
  private final HitSite hitSite;
  private final Variants variants;
  private final LookUps lookUps;
  private final Joins joins;
  private final Starts starts;
  private final Ends ends;
  private final Renewals renewals;
  private final Errands errands;

  /** Null where no hits are verified. */
  private final Verification verification;

  /**
   * The look-ups of a target.
   *
   * @param before those of the target whose place it takes; null for none
   */
  Caching(Engine engine, TargetSpec spec, Attributes attributes, Body body, Caching before) {
    this.engine = engine;
    this.spec = spec;
    this.attributes = attributes;
    this.cache = engine.cache(spec.lookup().cache());
    this.partition = cache.partition(body.loader());
    RemoteTiers remote = RemoteTiers.of(engine, spec, cache, partition.near, attributes, body);
    NewEntries entries = new NewEntries(engine, spec, cache, partition, attributes);
    this.results = new Results(engine, cache, partition, attributes, remote, entries);
    this.hitSite = new HitSite(this, engine.keyParts(), engine.clock());
    this.variants =
        before != null
                && before.partition == partition
                && before.spec.traits().equals(spec.traits())
            ? before.variants
            : new Variants(engine, spec, partition);
    Batches batches =
        attributes.batch() == null
            ? null
            : new Batches(engine, attributes, body, remote, results, this);
    this.lookUps = new LookUps(engine, this, attributes, variants, batches);
    this.starts = new Starts(engine, this, attributes, remote, lookUps);
    this.ends = new Ends(engine, spec, cache, partition, attributes, entries, results);
    this.errands = new Errands(engine, body);
    this.renewals =
        new Renewals(engine, this, attributes, body, remote, lookUps, starts, ends, errands);
    this.verification =
        Verification.of(engine, this, attributes, body, remote, lookUps, entries, errands);
    this.joins = new Joins(engine, this, attributes, remote, lookUps, starts);
    partition.add(this);
  }

  /** Who observes a call: who did so when it was made, if its value comes on another thread. */
  Handlers.Call observer(Call call) {
    return call.observer() != null ? call.observer() : engine.observer(spec);
  }

  /** A call, made on this thread, for which no thread waits any more. */
  Call withoutThread(Call call) {
    return call.withoutThread(observer(call));
  }

  TargetSpec spec() {
    return spec;
  }

  NamedCache cache() {
    return cache;
  }

  Partition partition() {
    return partition;
  }

  HitSite hitSite() {
    return hitSite;
  }

  /** Whether the configuration switches it off, as {@code enabled = false} does. */
  boolean isSwitchedOff() {
    return !attributes.policy().enabled();
  }

  /** Whether its calls run uncached. */
  boolean isOff() {
    return attributes.policy().isOff();
  }

  /** Whether a template is the key of its calls. */
  boolean isKeyed() {
    return attributes.keyTemplate() != null;
  }

  @Override
  public boolean hasTags() {
    return !attributes.tags().isEmpty();
  }

  /** Whether whatever is given for a parameter that counts is its own part of a key. */
  boolean isAtomParameter(int i) {
    return attributes.arguments().isAtom(i);
  }

  @Override
  public boolean givesFuture() {
    return attributes.shape() == ReturnShape.FUTURE;
  }

  /** For how long a follower waits at most. */
  long waitMillis() {
    return attributes.policy().waitMillis();
  }

  /** Whether nothing of a receiver that is part of keys can come to be another. */
  boolean isSettled(Object receiver) {
    return receiver == null
        || attributes.policy().scope() == Scope.SHARED
        || engine.receivers().isFirst(receiver);
  }

  /** Whether plain calls may be answered by the hit site. */
  boolean isPlain() {
    return attributes.keyTemplate() == null
        && attributes.batch() == null
        && attributes.condition() == null
        && attributes.arguments().allCount()
        && attributes.policy().scope() != Scope.INSTANCE
        && !spec.traits().contains(TargetSpec.Trait.HANDLER)
        && !attributes.shape().runsElsewhere()
        && !attributes.policy().isOff();
  }

  /** Whether what a receiver's calls reach is known to be what caches. */
  boolean isOuter(Object receiver) {
    if (!spec.traits().contains(TargetSpec.Trait.THROUGH_INTERFACE)) {
      return false;
    }
    Variant variant = variants.of(receiver, attributes.policy().scope());
    return variant != null && variant.standing() == Standing.OUTER;
  }

  Joins joins() {
    return joins;
  }

  LookUps lookUps() {
    return lookUps;
  }

  Starts starts() {
    return starts;
  }

  Ends ends() {
    return ends;
  }

  Renewals renewals() {
    return renewals;
  }

  Errands errands() {
    return errands;
  }

  /** What has hits verified; null where none are. */
  Verification verification() {
    return verification;
  }

  /** Tells that a call is answered by an entry. */
  void tellHit(boolean stale) {
    engine.witness().hit(cache.name, spec, stale);
  }

  /** Tells that a call was not answered by an entry. */
  void tellMiss() {
    engine.witness().missed(cache.name, spec);
  }

  /** Tells that a body is about to run; what is to be handed on with it, null for nothing. */
  Object tellLoad() {
    return engine.witness().loadBegins(cache.name, spec);
  }

  /** A hit site that tells of each value that it gives. */
  MethodHandle telling(MethodHandle site) throws ReflectiveOperationException {
    return MethodHandles.filterReturnValue(
        site,
        MethodHandles.lookup()
            .findVirtual(Caching.class, "told", MethodType.methodType(Object.class, Object.class))
            .bindTo(this));
  }

  @SuppressWarnings("unused") // by telling
  private Object told(Object value) {
    if (value != null) {
      tellHit(false);
    }
    return value;
  }

  /** What a caller gets of an entry. */
  Object give(Entry entry) {
    return results.give(entry);
  }

  /** Its name and the types of what counts, {@code com.acme.Shop.find(long)}. */
  String signature() {
    return spec.displayName() + "(" + String.join(", ", attributes.arguments().typeNames()) + ")";
  }

  /** Whether an evict with such arguments may mean entries of its calls. */
  boolean isMeantBy(Object[] evicted) {
    return attributes.partsOfEvict(evicted) != null;
  }

  /**
   * Removes the entries of calls with such arguments, on whatever receiver; how many there were.
   */
  long evict(Object[] arguments) throws NoKeyException {
    if (attributes.keyTemplate() != null) {
      return 0;
    }
    Object[] parts = attributes.arguments().partsOfEvict(arguments);
    long removed = 0;
    if (parts != null) {
      for (Variant variant : variants.all()) {
        if (partition.remove(Keys.of(variant, parts))) {
          removed++;
        }
      }
    }
    return removed;
  }
}
