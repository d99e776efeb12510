/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Body;
import dev.larder.engine.method.TargetSpec;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Who sees to the calls of one target: its {@link HitSite}, and what stands behind that.
 *
 * <p>A call is looked up ({@link LookUps}), comes together with others at a flight ({@link Joins}),
 * starts a load ({@link Starts}) and ends it ({@link Ends}); what becomes of the result is the
 * business of {@link Results}.
 */
final class Caching extends CachedTarget {

  private final Engine engine;
  private final HitSite hitSite;
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
    super(
        spec,
        attributes,
        engine.cache(spec.lookup().cache()).partition(body.loader()),
        engine.receivers(),
        engine.warnings(),
        engine.witness(),
        before);
    this.engine = engine;
    NamedCache cache = cache();
    Partition partition = partition();
    RemoteTiers remote = RemoteTiers.of(engine, spec, cache, partition.near, attributes, body);
    NewEntries entries = new NewEntries(engine, spec, cache, partition, attributes);
    Results results = new Results(engine, cache, partition, attributes, remote, entries);
    this.hitSite = HitSite.of(this, attributes.shape(), engine.keyParts(), engine.clock());
    Batches batches =
        attributes.batch() == null
            ? null
            : new Batches(engine, attributes, body, remote, results, this);
    this.lookUps = new LookUps(engine, this, attributes, batches);
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
    return call.observer() != null ? call.observer() : engine.observer(spec());
  }

  /** A call, made on this thread, for which no thread waits any more. */
  Call withoutThread(Call call) {
    return call.withoutThread(observer(call));
  }

  HitSite hitSite() {
    return hitSite;
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
}
