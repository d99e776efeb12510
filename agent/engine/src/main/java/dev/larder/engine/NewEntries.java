/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Clock;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.entry.Lifetime;
import dev.larder.engine.entry.Thrown;
import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.expr.Template;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.CachePolicy;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.Variant;
import dev.larder.engine.value.Kept;
import dev.larder.engine.value.UncacheableValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;

/** The entries that come of a target's results: which are made, what they hold, and how long. */
final class NewEntries {

  private final Engine engine;
  private final TargetSpec spec;
  private final NamedCache cache;
  private final Partition partition;
  private final Attributes attributes;

  /** The lifetime of every result; null where each has its own. */
  private final Lifetime usual;

  NewEntries(
      Engine engine,
      TargetSpec spec,
      NamedCache cache,
      Partition partition,
      Attributes attributes) {
    this.engine = engine;
    this.spec = spec;
    this.cache = cache;
    this.partition = partition;
    this.attributes = attributes;
    CachePolicy policy = attributes.policy();
    boolean isUsual = attributes.ttl() == null && policy.jitter() == 0;
    this.usual = isUsual ? lifetime(policy, policy.ttl()) : null;
  }

  /**
   * The entry of a value that a call of a variant has given; null where it may not be stored.
   *
   * @param now from when on it is kept
   */
  Entry of(Variant variant, Object value, Object[] arguments, long now) {
    return of(attributes.type(variant), value, arguments, now);
  }

  /**
   * The same.
   *
   * @param type of the value; see {@link Attributes#type}
   */
  Entry of(String type, Object value, Object[] arguments, long now) {
    CachePolicy policy = attributes.policy();
    if (value == null && !policy.cacheNull()) {
      return null;
    }
    String attribute = "unless";
    try {
      if (attributes.unless() != null && attributes.unless().test(arguments, value)) {
        return null;
      }
      attribute = "ttl";
      Lifetime lifetime = usual != null ? usual : lifetime(policy, arguments, value);
      if (lifetime.ttl() <= 0) {
        return null;
      }
      attribute = "tags";
      List<String> tags = tags(arguments, value);
      if (engine.values().isShared(value, policy.values(), partition.home)) {
        return Entry.of(value, null, type, now, lifetime, tags);
      }
      Kept kept = engine.values().keep(value, policy.values(), partition.home);
      return Entry.of(
          kept.value(),
          kept.copier(),
          type,
          now,
          lifetime,
          tags,
          kept.entities() && !policy.detachedEntities(),
          null);
    } catch (ExpressionException | NoKeyException failed) {
      return notStored(attribute + ": " + failed.getMessage());
    } catch (FaultyAttribute faulty) { // which says itself of what it is
      return notStored(faulty.getMessage());
    } catch (UncacheableValue refused) {
      warnOf(refused);
      return null;
    }
  }

  private Entry notStored(String reason) {
    cache.counters.errors.increment();
    engine.warnings().once(spec, "its result is not stored, since {}", reason);
    return null;
  }

  /** An element as the value of a stream will hold it. */
  Object keep(Object element) throws UncacheableValue {
    try {
      return engine.values().keep(element, attributes.policy().values(), partition.home).value();
    } catch (UncacheableValue refused) {
      warnOf(refused);
      throw refused;
    }
  }

  private void warnOf(UncacheableValue refused) {
    engine.warnings().once(spec, "its results are not cached: {}", refused.getMessage());
  }

  private Lifetime lifetime(CachePolicy policy, Object[] arguments, Object value)
      throws ExpressionException, NoKeyException, FaultyAttribute {
    long ttl =
        attributes.ttl() == null
            ? policy.ttl()
            : engine.policies().duration("ttl", attributes.ttl().render(arguments, value));
    if (policy.jitter() > 0 && ttl < Long.MAX_VALUE) {
      ttl -= (long) (ttl * policy.jitter() * ThreadLocalRandom.current().nextDouble());
    }
    return lifetime(policy, ttl);
  }

  private static Lifetime lifetime(CachePolicy policy, long ttl) {
    long refreshAfter =
        policy.refreshAhead() > 0 && ttl < Long.MAX_VALUE
            ? (long) (ttl * policy.refreshAhead())
            : 0;
    return new Lifetime(
        ttl, policy.idle(), refreshAfter, policy.staleWhileRevalidate(), policy.staleIfError());
  }

  private List<String> tags(Object[] arguments, Object value)
      throws ExpressionException, NoKeyException {
    if (attributes.tags().isEmpty()) {
      return List.of();
    }
    List<String> tags = new ArrayList<>();
    for (Template tag : attributes.tags()) {
      tags.add(tag.render(arguments, value));
    }
    return tags;
  }

  /**
   * The entry of what a body has thrown, there for as long as the old one that stands in for it may
   * be; null where it may not be stored.
   *
   * @param given as what a stage or a Future gave it; null where a call threw it that should have
   *     given one of these
   * @param old the old entry that stands in for it; null for none
   */
  Entry ofFailure(Miss miss, Throwable failure, Throwable given, Entry old) {
    boolean isKept =
        !miss.inBackground() // of which the old value is served on
            && attributes.policy().cacheExceptions() > 0
            && mayBeKept(failure)
            && engine.values().mayKeep(failure, partition.home)
            && (given == null || engine.values().mayKeep(given, partition.home));
    return isKept ? thrown(attributes.type(miss.variant()), failure, given, old) : null;
  }

  private Entry thrown(String type, Throwable failure, Throwable given, Entry old) {
    long now = Clock.precise();
    long ttl = attributes.policy().cacheExceptions();
    long windowAfter = old == null ? 0 : Math.max(0, old.errorUntil() - now - ttl);
    return Entry.of(
        new Thrown(failure, given, old),
        null,
        type,
        now,
        new Lifetime(ttl, 0, 0, 0, windowAfter),
        old == null ? List.of() : old.tags());
  }

  /** The old entry that stands in for what a body has thrown; null for none. */
  Entry standIn(Miss miss, Throwable failure) {
    Entry old = miss.old();
    return old != null
            && Clock.precise() < old.errorUntil()
            && isCovered(failure, attributes.policy())
        ? old
        : null;
  }

  /** Whether an old value may stand in for a failure. */
  private static boolean isCovered(Throwable failure, CachePolicy policy) {
    if (!isOfTheBody(failure)) {
      return false;
    }
    for (ClassPattern pattern : policy.staleOn()) {
      if (pattern.matches(failure.getClass())) {
        return true;
      }
    }
    return policy.staleOn().isEmpty();
  }

  /** Never a cancellation, which is one caller's own, nor what an old value may not cover. */
  private static boolean mayBeKept(Throwable failure) {
    return isOfTheBody(failure) && !(failure instanceof CancellationException);
  }

  /** Never an error, an interruption or a refusal of rights. */
  private static boolean isOfTheBody(Throwable failure) {
    return failure instanceof Exception
        && !(failure instanceof InterruptedException)
        && !(failure instanceof SecurityException)
        && !failure.getClass().getName().startsWith("org.springframework.security.");
  }
}
