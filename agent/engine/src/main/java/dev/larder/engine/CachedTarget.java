/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.config.CacheKeys.Scope;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.entry.Thrown;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.CallArguments;
import dev.larder.engine.method.Keys;
import dev.larder.engine.method.Receivers;
import dev.larder.engine.method.ReturnShape;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.Variant;
import dev.larder.engine.method.Variant.Standing;

/**
 * A target whose calls are looked up: where its entries lie, and what holds for its calls.
 *
 * <p>So much is known to whatever keeps entries and flights; who sees to the calls is the business
 * of {@link Caching}.
 */
abstract class CachedTarget implements Flight.Origin {

  private final TargetSpec spec;
  private final Attributes attributes;
  private final Partition partition;
  private final Variants variants;
  private final Receivers receivers;
  private final Witness witness;

  /**
   * A target in its cache.
   *
   * @param partition of its cache, for its class loader
   * @param before the target whose place it takes; null for none
   */
  CachedTarget(
      TargetSpec spec,
      Attributes attributes,
      Partition partition,
      Receivers receivers,
      Warnings warnings,
      Witness witness,
      CachedTarget before) {
    this.spec = spec;
    this.attributes = attributes;
    this.partition = partition;
    this.receivers = receivers;
    this.witness = witness;
    this.variants =
        before != null
                && before.partition == partition
                && before.spec.traits().equals(spec.traits())
            ? before.variants
            : new Variants(receivers, warnings, spec, partition);
  }

  TargetSpec spec() {
    return spec;
  }

  NamedCache cache() {
    return partition.cache;
  }

  Partition partition() {
    return partition;
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
        || receivers.isFirst(receiver);
  }

  /** Whether plain calls may be answered by the hit site. */
  boolean isPlain() {
    return attributes.keyTemplate() == null
        && attributes.batch() == null
        && attributes.condition() == null
        && !attributes.isOpenToCallers()
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

  /** Whether an entry's value is of a class that a caller with such arguments can take. */
  boolean allows(Entry entry, Object[] arguments) {
    return entry.value instanceof Thrown || attributes.allows(entry.value, arguments);
  }

  /** Tells that a call is answered by an entry. */
  void tellHit(boolean stale) {
    witness.hit(cache().name, spec, stale);
  }

  /** Tells that a call was not answered by an entry. */
  void tellMiss() {
    witness.missed(cache().name, spec);
  }

  /** Tells that a body is about to run; what is to be handed on with it, null for nothing. */
  Object tellLoad() {
    return witness.loadBegins(cache().name, spec);
  }

  Variants variants() {
    return variants;
  }

  /** Its name and the types of what counts, {@code com.acme.Shop.find(long)}. */
  String signature() {
    return spec.displayName()
        + "("
        + String.join(", ", attributes.evicted(null).shownTypes())
        + ")";
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
    long removed = 0;
    CallArguments known = null;
    Object[] parts = null;
    for (Variant variant : variants.all()) {
      CallArguments read = attributes.evicted(variant);
      if (known != read) {
        known = read;
        parts = read.partsOfEvict(arguments);
      }
      if (parts != null && partition.remove(Keys.of(variant, parts))) {
        removed++;
      }
    }
    return removed;
  }
}
