/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.ThreadMode.OpenCall;
import dev.larder.engine.Witness.Outcome;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.Variant;
import dev.larder.engine.method.Variant.Standing;
import dev.larder.engine.remote.Lease;
import dev.larder.engine.value.UncacheableValue;

/**
 * How the misses of one target end, whatever their bodies have come to: with a value, at once or
 * later, with a failure, or with nothing that is to be kept.
 */
final class Ends {

  /** What {@link #fail} gives where nothing stands in for a failure. */
  static final Object NONE = new Object();

  private final Engine engine;
  private final TargetSpec spec;
  private final NamedCache cache;
  private final Partition partition;
  private final Attributes attributes;
  private final NewEntries entries;
  private final Results results;

  Ends(
      Engine engine,
      TargetSpec spec,
      NamedCache cache,
      Partition partition,
      Attributes attributes,
      NewEntries entries,
      Results results) {
    this.engine = engine;
    this.spec = spec;
    this.cache = cache;
    this.partition = partition;
    this.attributes = attributes;
    this.entries = entries;
    this.results = results;
  }

  /** What the caller gets after the body has returned. */
  Object end(Miss miss, Object result, Object[] arguments) {
    if (stepsAside(miss, true)) {
      return result;
    }
    if (result == null && attributes.shape().isHolder()) {
      notShared(miss); // a caller that was given nothing is not to be given an empty one later
    } else {
      results.end(miss, result, arguments);
    }
    return result;
  }

  /** What stands in for a body's failure; {@link #NONE} where nothing does. */
  Object fail(Miss miss, Throwable failure) {
    if (stepsAside(miss, false)) {
      return NONE;
    }
    Entry old = insteadOf(miss, failure, attributes.shape().isLater() ? null : failure);
    return old == null ? NONE : attributes.shape().wrap(old.given());
  }

  private Entry insteadOf(Miss miss, Throwable failure, Throwable given) {
    Entry old = results.failed(miss, failure, given);
    if (old != null) {
      cache.counters.misses.decrement();
      cache.counters.hits.increment();
      cache.counters.stale.increment();
      engine.witness().hit(cache.name, spec, true);
      Results.tell(miss.observer(), true, old);
    }
    return old;
  }

  /** Ends a miss whose value has come later. */
  void loaded(Miss miss, Object value, Object[] arguments) {
    results.end(miss, value, arguments);
  }

  /**
   * What a caller without a thread gets where no value came.
   *
   * @param given as what a stage or a Future gave the failure; null where the call threw it
   */
  Step notLoaded(Miss miss, Throwable failure, Throwable given) {
    Entry old = insteadOf(miss, failure, given);
    return old == null ? Step.fail(failure) : Step.give(old.given());
  }

  /** Ends a miss of whose value its caller has had a part. */
  void brokenOff(Miss miss, Throwable failure) {
    results.failed(miss, failure, failure);
  }

  /** Ends a miss whose value is its caller's alone. */
  void notShared(Miss miss) {
    engine.witness().loadEnded(miss.told(), Outcome.NOT_STORED);
    try {
      partition.loads.end(miss.load(), null);
      miss.endLease(Lease.Ending.DISPERSED);
    } finally {
      if (miss.flight() != null) {
        partition.flights.disperse(miss.flight());
      }
    }
  }

  /**
   * Ends a miss, as far as that has not been done, at which Larder itself has failed: whoever
   * follows sees to itself.
   */
  void giveUp(Miss miss) {
    try {
      if (miss.flight() != null) {
        partition.flights.fail(miss.flight());
      }
    } finally {
      partition.loads.end(miss.load(), null);
      miss.endLease(Lease.Ending.FAILED);
    }
  }

  /** Ends a miss that its caller, and whoever waited for it, has given up. */
  void abandon(Miss miss) {
    engine.witness().loadEnded(miss.told(), Outcome.FAILED);
    partition.loads.end(miss.load(), null);
    miss.endLease(Lease.Ending.FAILED);
    if (miss.flight() != null) {
      partition.flights.abandon(miss.flight());
    }
  }

  /** An element as the value of a stream will hold it. */
  Object keep(Object element) throws UncacheableValue {
    return entries.keep(element);
  }

  /**
   * Closes the open call, and learns from it; whether this one is not to cache.
   *
   * <p>A call that has thrown before it reached another shows nothing: whatever guards the target
   * may have refused it.
   */
  boolean stepsAside(OpenCall open, Variant variant, boolean returned) {
    if (open == null) {
      return false;
    }
    ThreadMode.close(open);
    if (open.reachedAnother()) {
      variant.learn(Standing.OUTER);
      return true;
    }
    if (returned && variant.standing() == Standing.UNKNOWN) {
      if (spec.traits().contains(TargetSpec.Trait.GUARDED)) {
        variant.learn(Standing.GUARDED);
        engine
            .warnings()
            .once(
                spec,
                "it is a method of a proxy that carries authorisation, and nothing behind it is"
                    + " cached; name a method behind the proxy instead");
        return true;
      }
      variant.learn(Standing.INNERMOST);
    }
    return false;
  }

  /** The same of a miss, which then ends without a value of its own. */
  boolean stepsAside(Miss miss, boolean returned) {
    boolean aside = stepsAside(miss.open(), miss.variant(), returned);
    if (aside) {
      stepAside(miss);
    }
    return aside;
  }

  private void stepAside(Miss miss) {
    partition.loads.end(miss.load(), null);
    miss.endLease(Lease.Ending.LANDED);
    if (miss.flight() != null) {
      partition.flights.disperse(miss.flight());
    }
    uncount(miss.variant());
  }

  /** Takes back what was counted of a call that steps aside. */
  void uncount(Variant variant) {
    cache.counters.misses.decrement();
    cache.counters.loads.decrement();
    if (variant.standing() == Standing.GUARDED) {
      cache.counters.bypassed.increment();
    }
  }
}
