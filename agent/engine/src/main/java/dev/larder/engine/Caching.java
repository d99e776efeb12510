/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.CachePolicy.Scope;
import dev.larder.engine.Flights.Answer;
import dev.larder.engine.Flights.Flight;
import dev.larder.engine.ThreadMode.OpenCall;
import dev.larder.engine.Variant.Standing;
import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.key.NoKeyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The look-ups of one target: from a call to its key, from the key to an entry or a flight, and
 * from what the body gave to what is stored.
 *
 * <p>It is the whole way, taken by every call that {@link HitSite} did not answer.
 */
final class Caching {

  /** Beyond so many kinds of receivers the least is forgotten with all the others. */
  private static final int REMEMBERED_VARIANTS = 1_000;

  private final Engine engine;
  private final TargetSpec spec;
  private final NamedCache cache;
  private final Partition partition;
  private final Attributes attributes;
  private final Body body;
  private final Results results;
  private final HitSite hitSite;
  private final Map<String, Variant> variants = new ConcurrentHashMap<>();
  private final Instances instances = new Instances();

  Caching(Engine engine, TargetSpec spec, Attributes attributes, Body body) {
    this.engine = engine;
    this.spec = spec;
    this.attributes = attributes;
    this.body = body;
    this.cache = engine.cache(spec.lookup().cache());
    this.partition = cache.partition(body.loader());
    this.results = new Results(engine, spec, cache, partition, attributes);
    this.hitSite = new HitSite(this, engine.keyParts(), engine.clock());
    partition.add(this);
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

  Attributes attributes() {
    return attributes;
  }

  HitSite hitSite() {
    return hitSite;
  }

  boolean hasTags() {
    return !attributes.tags().isEmpty();
  }

  /** Whether whatever is given for a parameter that counts is its own part of a key. */
  boolean isAtomParameter(int i) {
    return attributes.arguments().isAtom(i);
  }

  /** Whether plain calls may be answered by the hit site. */
  boolean isPlain() {
    return attributes.keyTemplate() == null
        && attributes.condition() == null
        && attributes.arguments().allCount()
        && attributes.policy().scope() != Scope.INSTANCE
        && !attributes.policy().isOff();
  }

  /** A look-up that found nothing, and what its body's result is for. */
  record Miss(
      Object key,
      Variant variant,
      Loads.Load load,
      Flight flight,
      OpenCall open,
      Entry old,
      long began) {}

  /**
   * What a look-up came to: an answer, a miss, or null to let the body run and think no more of it.
   */
  Ticket lookUp(Target target, Object receiver, Object[] arguments) {
    ThreadMode mode = ThreadMode.current();
    if (mode != null) {
      mode.tellOuter(this, receiver);
    }
    CachePolicy policy = attributes.policy();
    if (policy.isOff() || (mode != null && mode.ask() == ThreadMode.Ask.BYPASS)) {
      return bypassed();
    }
    Variant variant;
    Object key;
    try {
      if (attributes.condition() != null && !attributes.condition().test(arguments, null)) {
        return bypassed();
      }
      variant = variant(receiver);
      if (variant == null) {
        return bypassed();
      }
      if (variant.standing() == Standing.OUTER) {
        return null; // the call counts where it is cached
      }
      if (variant.standing() == Standing.GUARDED) {
        return bypassed();
      }
      key = key(variant, arguments);
    } catch (CallArguments.Unkeyed unkeyed) {
      engine
          .warnings()
          .once(
              this,
              "the argument for parameter {} has no value to make a key of: {}; give the method a"
                  + " key, or leave the parameter out with @CacheIgnore",
              attributes.parameterName(unkeyed.position()),
              unkeyed.getMessage());
      return bypassed();
    } catch (NoKeyException noKey) {
      engine.warnings().once(this, "its key has no text: {}", noKey.getMessage());
      return bypassed();
    } catch (ExpressionException failed) {
      cache.counters.errors.increment();
      engine.warnings().once(this, "an expression failed: {}", failed.getMessage());
      return bypassed();
    }
    boolean refresh = mode != null && mode.ask() == ThreadMode.Ask.REFRESH;
    Entry found = refresh || !variant.isReadable() ? null : find(key);
    if (found != null) {
      long now = Clock.precise();
      Ticket answer = answerFrom(found, now, target, receiver, arguments, key, variant);
      if (answer != null) {
        return answer;
      }
    }
    return flyOrRun(target, receiver, arguments, key, variant, found, refresh);
  }

  private Ticket bypassed() {
    cache.counters.bypassed.increment();
    return null;
  }

  private Object key(Variant variant, Object[] arguments)
      throws CallArguments.Unkeyed, NoKeyException, ExpressionException {
    return attributes.keyTemplate() != null
        ? Keys.ofText(attributes.keyTemplate().render(arguments, null))
        : Keys.of(variant, attributes.arguments().parts(arguments));
  }

  /** The variant of a receiver; null where the receiver differs from the first of its class. */
  private Variant variant(Object receiver) {
    if (spec.isStatic()) {
      return variants.computeIfAbsent("", this::newVariant);
    }
    Scope scope = attributes.policy().scope();
    if (scope == Scope.INSTANCE) {
      return instances.of(receiver, () -> newVariant(Receivers.className(receiver.getClass())));
    }
    String description =
        scope == Scope.SHARED
            ? Receivers.className(receiver.getClass())
            : engine.receivers().describe(receiver);
    if (description == null) {
      engine
          .warnings()
          .once(
              this,
              "a second receiver of class {} differs from the first in its fields, so calls of it"
                  + " run uncached; with scope = shared no field counts, with scope = instance each"
                  + " receiver has entries of its own",
              Receivers.className(receiver.getClass()));
      return null;
    }
    if (variants.size() >= REMEMBERED_VARIANTS && !variants.containsKey(description)) {
      partition.clear(); // what a forgotten variant keeps could not be evicted any more
      variants.clear();
    }
    return variants.computeIfAbsent(description, this::newVariant);
  }

  private Variant newVariant(String receiver) {
    boolean learns = spec.traits().contains(TargetSpec.Trait.THROUGH_INTERFACE);
    return new Variant(this, receiver, learns ? Standing.UNKNOWN : Standing.INNERMOST);
  }

  /** The entry of a key that this target may read. */
  private Entry find(Object key) {
    Entry entry = partition.store.get(key);
    return entry != null && entry.type.equals(attributes.type()) ? entry : null;
  }

  private Ticket answerFrom(
      Entry entry,
      long now,
      Target target,
      Object receiver,
      Object[] arguments,
      Object key,
      Variant variant) {
    if (entry.idle > 0 && entry.lastRead + entry.idle <= now) {
      return null;
    }
    if (now < entry.deadline) {
      if (entry.idle > 0) {
        entry.lastRead = now;
      } else if (isPlain()) {
        hitSite.approve(receiver, variant);
      }
      cache.counters.hits.increment();
      if (entry.refreshAt <= now) {
        renew(target, receiver, arguments, key, variant);
      }
      return answer(entry);
    }
    if (now < entry.staleUntil && !(entry.value instanceof Results.Thrown)) {
      cache.counters.hits.increment();
      cache.counters.stale.increment();
      renew(target, receiver, arguments, key, variant);
      return answer(entry);
    }
    return null;
  }

  private Ticket answer(Entry entry) {
    if (entry.value instanceof Results.Thrown thrown) {
      return Ticket.throwing(thrown.failure());
    }
    engine.observe(spec, entry);
    return Ticket.answering(give(entry));
  }

  /** What a caller gets of an entry. */
  Object give(Entry entry) {
    return results.give(entry);
  }

  private Ticket flyOrRun(
      Target target,
      Object receiver,
      Object[] arguments,
      Object key,
      Variant variant,
      Entry old,
      boolean refresh) {
    cache.counters.misses.increment();
    if (refresh
        || !attributes.policy().singleFlight()
        || !variant.isReadable()
        || partition.flights.isUncollapsed(key)) {
      return run(target, receiver, arguments, key, variant, null, old);
    }
    boolean handedOver = false;
    while (true) {
      Flight mine = new Flight(key, this, handedOver);
      Flight flight = partition.flights.joinOrLead(mine);
      if (flight == null) {
        return lead(target, receiver, arguments, key, variant, mine, old);
      }
      if (flight.isLedByThisThread()) {
        return run(target, receiver, arguments, key, variant, null, old);
      }
      Answer answer = Flights.await(flight, attributes.policy().waitMillis());
      switch (answer.outcome()) {
        case LANDED:
          Entry landed = answer.entry();
          return landed.type.equals(attributes.type())
              ? answer(landed)
              : run(target, receiver, arguments, key, variant, null, old);
        case HANDED_OVER:
          if (!handedOver) {
            handedOver = true;
            continue;
          }
          return run(target, receiver, arguments, key, variant, null, old);
        default:
          return run(target, receiver, arguments, key, variant, null, old);
      }
    }
  }

  /** Leads, unless the flight before this one has landed between the look-up and now. */
  private Ticket lead(
      Target target,
      Object receiver,
      Object[] arguments,
      Object key,
      Variant variant,
      Flight flight,
      Entry old) {
    Entry landed = find(key);
    if (landed != null && landed != old && Clock.precise() < landed.deadline) {
      partition.flights.land(flight, landed);
      cache.counters.misses.decrement();
      cache.counters.hits.increment();
      return answer(landed);
    }
    return run(target, receiver, arguments, key, variant, flight, old);
  }

  private Ticket run(
      Target target,
      Object receiver,
      Object[] arguments,
      Object key,
      Variant variant,
      Flight flight,
      Entry old) {
    return Ticket.running(
        target, receiver, arguments, begin(receiver, key, variant, flight, old), List.of());
  }

  private Miss begin(Object receiver, Object key, Variant variant, Flight flight, Entry old) {
    OpenCall open =
        spec.traits().contains(TargetSpec.Trait.THROUGH_INTERFACE)
            ? ThreadMode.open(this, receiver, variant.standing() == Standing.UNKNOWN)
            : null;
    cache.counters.loads.increment();
    return new Miss(
        key,
        variant,
        partition.loads.begin(key, engine.removals().now()),
        flight,
        open,
        old,
        System.nanoTime());
  }

  /** Starts a run of the body in the background, unless one is under way. */
  private void renew(
      Target target, Object receiver, Object[] arguments, Object key, Variant variant) {
    Flight flight = new Flight(key, this, false);
    if (partition.flights.joinOrLead(flight) != null) {
      return;
    }
    Miss miss = begin(receiver, key, variant, flight, null);
    flight.leaveThread();
    boolean accepted =
        engine.background().run(() -> renewNow(target, receiver, arguments, key, variant, miss));
    if (!accepted) {
      abandon(miss);
    }
  }

  private void renewNow(
      Target target, Object receiver, Object[] arguments, Object key, Variant variant, Miss miss) {
    try {
      if (!key.equals(key(variant, arguments))) {
        abandon(miss); // somebody has changed an argument since
        return;
      }
      Object result = body.run(target, receiver, arguments);
      results.end(miss, result, arguments);
    } catch (Throwable failure) {
      results.failed(miss, failure);
    }
  }

  /** Ends a miss whose body never ran. */
  void abandon(Miss miss) {
    partition.loads.end(miss.load(), null);
    if (miss.flight() != null) {
      partition.flights.disperse(miss.flight());
    }
    if (miss.open() != null) {
      ThreadMode.close(miss.open());
    }
  }

  /** What the caller gets after the body has returned. */
  Object end(Miss miss, Object result, Object[] arguments) {
    return stepsAside(miss) ? stepAside(miss, result) : results.end(miss, result, arguments);
  }

  /** What stands in for a body's failure; {@link Target#NONE} where nothing does. */
  Object fail(Miss miss, Throwable failure) {
    if (stepsAside(miss)) {
      stepAside(miss, null);
      return Target.NONE;
    }
    Entry old = results.failed(miss, failure);
    if (old == null) {
      return Target.NONE;
    }
    cache.counters.misses.decrement();
    cache.counters.hits.increment();
    cache.counters.stale.increment();
    return give(old);
  }

  /** Closes the open call, and learns from it; whether this one is not to cache. */
  private boolean stepsAside(Miss miss) {
    OpenCall open = miss.open();
    if (open == null) {
      return false;
    }
    ThreadMode.close(open);
    if (open.reachedAnother()) {
      miss.variant().learn(Standing.OUTER);
      return true;
    }
    if (miss.variant().standing() == Standing.UNKNOWN) {
      if (spec.traits().contains(TargetSpec.Trait.GUARDED)) {
        miss.variant().learn(Standing.GUARDED);
        engine
            .warnings()
            .once(
                this,
                "it is a method of a proxy that carries authorisation, and nothing behind it is"
                    + " cached; name a method behind the proxy instead");
        return true;
      }
      miss.variant().learn(Standing.INNERMOST);
    }
    return false;
  }

  private Object stepAside(Miss miss, Object result) {
    partition.loads.end(miss.load(), null);
    if (miss.flight() != null) {
      partition.flights.disperse(miss.flight());
    }
    cache.counters.misses.decrement();
    cache.counters.loads.decrement();
    if (miss.variant().standing() == Standing.GUARDED) {
      cache.counters.bypassed.increment();
    }
    return result;
  }

  /**
   * Removes the entries of calls with such arguments, on whatever receiver; how many there were.
   */
  long evict(Object[] arguments) throws NoKeyException {
    if (attributes.keyTemplate() != null) {
      return 0;
    }
    Object[] parts = attributes.arguments().partsOfEvict(arguments);
    if (parts == null) {
      return 0;
    }
    long removed = 0;
    for (Variant variant : allVariants()) {
      if (partition.remove(Keys.of(variant, parts))) {
        removed++;
      }
    }
    return removed;
  }

  private Collection<Variant> allVariants() {
    List<Variant> all = new ArrayList<>(variants.values());
    all.addAll(instances.all());
    return all;
  }
}
