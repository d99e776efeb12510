/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Clock;
import dev.larder.engine.entry.Footprint;
import dev.larder.engine.flight.Removals;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.Fingerprints;
import dev.larder.engine.key.KeyParts;
import dev.larder.engine.method.CallArguments;
import dev.larder.engine.method.Policies;
import dev.larder.engine.method.Receivers;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.Written;
import dev.larder.engine.observe.Observations;
import dev.larder.engine.remote.BackendFactory;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.engine.remote.RemotePolicy;
import dev.larder.engine.value.Values;
import dev.larder.spi.ObjectStores;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The caches of one JVM: their targets, their entries, and what may be asked of them by name.
 *
 * <p>A plain library: it knows neither bytecode nor servlets nor the agent, which hand it what it
 * needs.
 */
public final class Engine {

  /** So many hits are verified at a time; the threads of the background have other work. */
  private static final int MOST_VERIFYING = 2;

  private final Caches caches;
  private final EntryRemovals entryRemovals;
  private final TargetMaker targets;
  private final Values values;
  private final FieldAccess access;
  private final KeyParts keyParts;
  private final Receivers receivers;
  private final Clock clock = new Clock();
  private final Removals removals = new Removals();
  private final Warnings warnings = new Warnings();
  private final Background background = new Background("larder-background");
  private final Background chores = new Background("larder-chores");
  private final Semaphore verifying = new Semaphore(MOST_VERIFYING);
  private final Handlers handlers;
  private final Witness witness;

  /** What is observed in place of caching; null where calls are cached. */
  private final Observations observations;

  /** Compares results of calls that are observed; null where calls are cached. */
  private final Fingerprints fingerprints;

  /** An engine whose caches are all kept in memory. */
  public Engine(Policies policies, ObjectStores stores, FieldAccess access, Handlers handlers) {
    this(policies, stores, access, handlers, Adapters.NONE, null);
  }

  /**
   * An engine.
   *
   * @param adapters know the libraries whose types give their value later
   * @param backends makes the backends that the policies name; null where there is only memory
   */
  public Engine(
      Policies policies,
      ObjectStores stores,
      FieldAccess access,
      Handlers handlers,
      Adapters adapters,
      BackendFactory backends) {
    this(policies, stores, access, handlers, adapters, backends, Witness.NONE);
  }

  /** The same, of which somebody is told what happens in it. */
  public Engine(
      Policies policies,
      ObjectStores stores,
      FieldAccess access,
      Handlers handlers,
      Adapters adapters,
      BackendFactory backends,
      Witness witness) {
    this.witness = witness;
    this.caches = new Caches(policies, stores, new Footprint(access), backends, witness);
    this.targets = new TargetMaker(this, adapters);
    this.values = new Values(access);
    this.access = access;
    this.keyParts = new KeyParts(access);
    this.receivers = new Receivers(access);
    this.handlers = handlers;
    this.entryRemovals = new EntryRemovals(caches, keyParts, removals, warnings, witness, handlers);
    this.observations = policies.observes() ? new Observations() : null;
    this.fingerprints = observations == null ? null : new Fingerprints(access);
  }

  /** What is observed in place of caching; null where calls are cached. */
  public Observations observations() {
    return observations;
  }

  /**
   * The target that a woven method is.
   *
   * @param caller a lookup with private access to the class
   */
  public Target target(TargetSpec spec, MethodHandles.Lookup caller) {
    return target(spec, caller, null);
  }

  /**
   * The target that a woven method is from now on.
   *
   * @param caller a lookup with private access to the class
   * @param before what it was so far, whose entries are read on; null for nothing
   */
  public Target target(TargetSpec spec, MethodHandles.Lookup caller, Target before) {
    return targets.target(spec, caller, before);
  }

  /**
   * Takes up other policies: bounds and backends' ways at once, and of targets those that are made
   * from now on. The entries that are there keep their deadlines.
   */
  public void take(Policies changed) {
    caches.take(changed);
  }

  /**
   * Lets go of a target after another has taken its place; a null one says that its method is none
   * any more. Where its calls are not looked up from now on, what was kept in this JVM goes: nobody
   * would evict it meanwhile.
   */
  public void retire(Target before, Target after) {
    CachedTarget old = before.caching();
    if (old == null) {
      return;
    }
    old.partition().targets().remove(old);
    CachedTarget next = after == null ? null : after.caching();
    if (!old.isOff() && (next == null || next.isOff())) {
      entryRemovals.clearHere(old.cache());
    }
  }

  /** Lets go of a target that was never asked. */
  public void discard(Target unused) {
    CachedTarget caching = unused.caching();
    if (caching != null) {
      caching.partition().targets().remove(caching);
    }
  }

  /**
   * Removes the entries of calls with equal arguments at once, and again after the commit of this
   * thread's transaction; how many there were, -1 where the backend cannot know.
   */
  public long evict(String cache, Object... arguments) {
    return TransactionWork.removeAtOnce(entryRemovals, ofArguments(cache, arguments));
  }

  /**
   * The same, of arguments that somebody has written as texts: each is read as what the methods of
   * the cache declare. Where a method's cannot be written so, its entries are not reached.
   */
  public long evictWritten(String cache, List<String> arguments) {
    return evict(cache, written(arguments));
  }

  private static Object[] written(List<String> arguments) {
    return arguments.stream().map(Written::new).toArray();
  }

  /**
   * Why {@link #evictWritten} can mean no call of this JVM's: which methods the cache has, of which
   * none takes the arguments; null where one does, or none has been called.
   */
  public String misfit(String cache, List<String> arguments) {
    NamedCache known = caches.existing(cache);
    return known == null ? null : known.misfit(written(arguments), String.join(", ", arguments));
  }

  /** The removal of calls with these arguments, as they are now. */
  Removal ofArguments(String cache, Object... arguments) {
    return new Removal.OfArguments(cache, CallArguments.snapshot(keyParts, arguments));
  }

  /**
   * Removes the entry under a template's text at once, and again after the commit of this thread's
   * transaction; how many there were, -1 where the backend cannot know.
   */
  public long evictKey(String cache, String key) {
    return TransactionWork.removeAtOnce(entryRemovals, new Removal.OfKey(cache, key));
  }

  /**
   * Removes the entries that carry a tag at once, and again after the commit of this thread's
   * transaction; how many there were, -1 where a backend cannot know.
   */
  public long evictTag(String tag) {
    return TransactionWork.removeAtOnce(entryRemovals, new Removal.OfTag(tag));
  }

  /**
   * Removes the entries of a cache at once, and again after the commit of this thread's
   * transaction; how many there were, -1 where the backend cannot know.
   */
  public long clear(String cache) {
    return TransactionWork.removeAtOnce(entryRemovals, new Removal.OfCache(cache));
  }

  /**
   * Removes all entries at once, and again after the commit of this thread's transaction; how many
   * there were, -1 where a backend cannot know.
   */
  public long clearAll() {
    return TransactionWork.removeAtOnce(entryRemovals, new Removal.OfAll());
  }

  /**
   * Removes something that is not kept here at once, and again after the commit of this thread's
   * transaction; how many there were.
   */
  public long removeElsewhere(LongSupplier removal) {
    return TransactionWork.removeAtOnce(entryRemovals, new Removal.Elsewhere(removal));
  }

  /**
   * Where the responses of a rule are kept with a backend.
   *
   * @param errors counts what failed
   */
  public RemoteCache responses(String rule, RemotePolicy policy, LongAdder errors) {
    return caches.responses(rule, policy, errors);
  }

  /**
   * The figures of a cache in the order in which the public statistics read them; and then how many
   * of its hits were verified, and how many of those gave what was not so any more.
   */
  public long[] figures(String cache) {
    NamedCache named = caches.existing(cache);
    return named == null ? new long[0] : named.figures();
  }

  /** The names of the caches that methods have been linked to, or that were asked for. */
  public Set<String> cacheNames() {
    return caches.names();
  }

  /** The backends that were asked for so far, and whether each serves now. */
  public Map<String, Boolean> backends() {
    return caches.serving();
  }

  /** Lets go of every backend's connections, within two seconds; nothing is asked of it after. */
  public void close() {
    caches.close();
  }

  /** The cache of a name, made where there is none. */
  NamedCache cache(String name) {
    return caches.of(name);
  }

  /** Whether the methods of a cache, as far as they are known, have each a template as its key. */
  boolean hasKeyedMethodsAlone(String cache) {
    NamedCache named = caches.existing(cache);
    return named != null && named.hasKeyedMethodsAlone();
  }

  /** The removals of entries, as they are done in the end. */
  EntryRemovals entryRemovals() {
    return entryRemovals;
  }

  FieldAccess access() {
    return access;
  }

  Clock clock() {
    return clock;
  }

  /** Time in milliseconds since some moment of this JVM; cheap, and late by a few of them. */
  public long coarseMillis() {
    return clock.coarse();
  }

  Witness witness() {
    return witness;
  }

  KeyParts keyParts() {
    return keyParts;
  }

  Fingerprints fingerprints() {
    return fingerprints;
  }

  Receivers receivers() {
    return receivers;
  }

  Removals removals() {
    return removals;
  }

  Warnings warnings() {
    return warnings;
  }

  /** Where bodies run. */
  Background background() {
    return background;
  }

  /** Where Larder does what callers may be waiting for, and no body runs. */
  Background chores() {
    return chores;
  }

  /** A permit for each hit that may be verified at the same time. */
  Semaphore verifying() {
    return verifying;
  }

  Values values() {
    return values;
  }

  Policies policies() {
    return caches.policies();
  }

  /** The HTTP part, which keeps responses under the names of caches. */
  Handlers handlers() {
    return handlers;
  }

  /** The observer of a run for nobody but the cache; only what it gives can be looked at. */
  Handlers.Call observerBehind(TargetSpec spec) {
    return spec.traits().contains(TargetSpec.Trait.HANDLER)
        ? handlers.behind()
        : Handlers.Call.UNOBSERVED;
  }

  /** The observer of a call; of a method that is no handler one that wants to know nothing. */
  Handlers.Call observer(TargetSpec spec) {
    return spec.traits().contains(TargetSpec.Trait.HANDLER)
        ? handlers.entered()
        : Handlers.Call.UNOBSERVED;
  }
}
