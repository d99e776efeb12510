/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Adapters.SourceAdapter;
import dev.larder.engine.Adapters.SuspendAdapter;
import dev.larder.engine.Policies.Bounds;
import dev.larder.engine.TargetSpec.Operation;
import dev.larder.engine.expr.FaultyExpression;
import dev.larder.engine.expr.Names;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.KeyParts;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.remote.BackendFactory;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.engine.remote.RemotePolicy;
import dev.larder.engine.remote.Remotes;
import dev.larder.engine.transaction.Moments;
import dev.larder.engine.value.Values;
import dev.larder.spi.ObjectStores;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The caches of one JVM: their targets, their entries, and what may be asked of them by name.
 *
 * <p>A plain library: it knows neither bytecode nor servlets nor the agent, which hand it what it
 * needs.
 */
public final class Engine {

  private volatile Policies policies;
  private final Values values;
  private final ObjectStores stores;
  private final FieldAccess access;
  private final KeyParts keyParts;
  private final Receivers receivers;
  private final Footprint footprint;
  private final Clock clock = new Clock();
  private final Removals removals = new Removals();
  private final Warnings warnings = new Warnings();
  private final Background background = new Background();
  private final Handlers handlers;
  private final Remotes remotes;
  private final Adapters adapters;
  private final Map<String, NamedCache> caches = new ConcurrentHashMap<>();

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
    this.remotes = backends == null ? null : new Remotes(backends);
    this.policies = policies;
    this.values = new Values(access);
    this.stores = stores;
    this.access = access;
    this.keyParts = new KeyParts(access);
    this.receivers = new Receivers(access);
    this.footprint = new Footprint(access);
    this.handlers = handlers;
    this.adapters = adapters;
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
    try {
      Body body = new Body(caller, spec);
      ReturnShape shape = ReturnShape.of(body.type());
      SourceAdapter sources = shape.isSource() ? sourceAdapter(body.type()) : null;
      SuspendAdapter suspends = shape == ReturnShape.SUSPENDED ? suspendAdapter(body.type()) : null;
      Caching caching =
          spec.lookup() == null
              ? null
              : caching(spec, body, before == null ? null : before.caching());
      return new Target(
          spec,
          shape,
          caching,
          body,
          sources == null ? null : new SourceCalls(caching, sources),
          suspends == null ? null : new SuspendCalls(caching, suspends),
          puts(spec, body),
          evictions(spec, body));
    } catch (UnsupportedLibrary unsupported) {
      warnings.once(spec, "it runs uncached, since {}", unsupported.getMessage());
    } catch (FaultyAttribute faulty) {
      warnings.once(spec, "it runs uncached, since {}", faulty.getMessage());
    } catch (FaultyExpression faulty) {
      warnings.once(
          spec,
          "it runs uncached, since an attribute is faulty at position {}: {}",
          faulty.position(),
          faulty.getMessage());
    } catch (TypeNotPresentException missing) {
      warnings.once(
          spec, "it runs uncached, since a type of it is missing: {}", missing.typeName());
    }
    return Target.idle(this, spec);
  }

  /** The adapter of a reactive type. */
  private SourceAdapter sourceAdapter(MethodType type) throws UnsupportedLibrary {
    return adapter(type.returnType(), adapters::ofSource);
  }

  /** The adapter of a suspend function. */
  private SuspendAdapter suspendAdapter(MethodType type) throws UnsupportedLibrary {
    return adapter(type.parameterType(type.parameterCount() - 1), adapters::ofContinuation);
  }

  private static <A> A adapter(Class<?> type, Function<Class<?>, A> known)
      throws UnsupportedLibrary {
    try {
      A adapter = known.apply(type);
      if (adapter == null) {
        throw new UnsupportedLibrary("nothing here knows " + type.getName());
      }
      return adapter;
    } catch (LinkageError | RuntimeException lacking) {
      throw new UnsupportedLibrary(
          "the application's version of "
              + type.getName()
              + " lacks what Larder needs of it: "
              + lacking);
    }
  }

  /** Says why the calls of a method cannot be looked up. */
  private static final class UnsupportedLibrary extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedLibrary(String reason) {
      super(reason, null, false, false);
    }
  }

  /**
   * Takes up other policies: bounds and backends' ways at once, and of targets those that are made
   * from now on. The entries that are there keep their deadlines.
   */
  public void take(Policies changed) {
    policies = changed;
    for (NamedCache cache : caches.values()) {
      RemotePolicy remote = remotes == null ? null : changed.remote(cache.name);
      cache.take(bounds(changed, cache.name, remote), remote);
    }
  }

  /**
   * Lets go of a target after another has taken its place; a null one says that its method is none
   * any more. Where its calls are not looked up from now on, what was kept in this JVM goes: nobody
   * would evict it meanwhile.
   */
  public void retire(Target before, Target after) {
    Caching old = before.caching();
    if (old == null) {
      return;
    }
    old.partition().targets().remove(old);
    Caching next = after == null ? null : after.caching();
    if (!old.isOff() && (next == null || next.isOff())) {
      clearHere(old.cache());
    }
  }

  /** Lets go of a target that was never asked. */
  public void discard(Target unused) {
    Caching caching = unused.caching();
    if (caching != null) {
      caching.partition().targets().remove(caching);
    }
  }

  private Caching caching(TargetSpec spec, Body body, Caching before) throws FaultyAttribute {
    Attributes attributes =
        Attributes.compile(spec, policies.of(spec.lookup()), body, keyParts, access);
    if (attributes.shape() == ReturnShape.SUSPENDED
        && attributes.valueType().getTypeName().equals("kotlin.Unit")) {
      warnings.once(spec, "it runs uncached, since it returns nothing that could be kept");
      return null;
    }
    String carrier = attributes.firstCarrier(spec, body.type());
    if (carrier != null) {
      warnings.once(
          spec,
          "it runs uncached, since its parameter {} carries a call and is no value; give the method"
              + " a key, or leave the parameter out with @CacheIgnore",
          carrier);
      return null;
    }
    if (attributes.keyTemplate() != null
        && !attributes.keyTemplate().hasExpression()
        && body.type().parameterCount() > 0) {
      warnings.once(
          spec,
          "its key {} has no expression in it, so that all of its calls share one entry",
          attributes.policy().key());
    }
    return new Caching(this, spec, attributes, body, before);
  }

  private Puts puts(TargetSpec spec, Body body) throws FaultyAttribute {
    List<Puts.Put> puts = new ArrayList<>();
    for (Operation operation : spec.puts()) {
      Attributes attributes =
          Attributes.compile(spec, policies.of(operation), body, keyParts, access);
      if (attributes.keyTemplate() == null) {
        throw new FaultyAttribute(
            "key", "", "a put needs a key, since nothing else would find what it stores");
      }
      NamedCache cache = cache(operation.cache());
      puts.add(
          new Puts.Put(
              spec,
              cache,
              cache.partition(body.loader()),
              attributes,
              RemoteTier.of(this, spec, cache, null, attributes, body)));
    }
    return new Puts(this, puts);
  }

  private Evictions evictions(TargetSpec spec, Body body) throws FaultyAttribute, FaultyExpression {
    Evictions evictions = new Evictions(this, spec);
    if (!spec.evictions().isEmpty()) {
      List<String> known =
          spec.parameterNames().size() == body.type().parameterCount()
              ? spec.parameterNames()
              : Arrays.asList(new String[body.type().parameterCount()]);
      Names names = new Names(known, Arrays.asList(body.type().parameterArray()), false, null);
      for (Operation operation : spec.evictions()) {
        evictions.add(operation.cache(), policies.evict(operation), names, access);
      }
    }
    return evictions;
  }

  /** The cache of a name, made where there is none. */
  NamedCache cache(String name) {
    return caches.computeIfAbsent(
        name,
        missing -> {
          Counters counters = new Counters();
          RemotePolicy remote = remotes == null ? null : policies.remote(missing);
          return new NamedCache(
              missing,
              counters,
              remote == null ? null : remotes.cache(missing, remote, counters.errors),
              bounds(policies, missing, remote),
              footprint::of,
              stores);
        });
  }

  private static Bounds bounds(Policies policies, String cache, RemotePolicy remote) {
    return remote != null && remote.keepsHere()
        ? new Bounds(remote.mostHere(), Long.MAX_VALUE)
        : policies.bounds(cache);
  }

  /**
   * Where the responses of a rule are kept with a backend.
   *
   * @param errors counts what failed
   */
  public RemoteCache responses(String rule, RemotePolicy policy, LongAdder errors) {
    return remotes.cache(rule, policy, errors);
  }

  /** A cache of which something is to be removed; null where nobody can have put anything in. */
  private NamedCache known(String name) {
    NamedCache named = caches.get(name);
    return named == null && remotes != null && policies.remote(name) != null ? cache(name) : named;
  }

  /**
   * Counts what was removed, in this JVM and with the backend, of which -1 says that it cannot
   * know.
   */
  private static long removed(NamedCache cache, long here, long there) {
    cache.removed(here + Math.max(0, there));
    return there < 0 ? -1 : here + there;
  }

  /**
   * Removes the entries of calls with equal arguments at once, and again after the commit of this
   * thread's transaction; how many there were, -1 where the backend cannot know.
   */
  public long evict(String cache, Object... arguments) {
    return TransactionWork.removeAtOnce(this, ofArguments(cache, arguments));
  }

  /**
   * The same, of arguments that somebody has written as texts: each is read as what the methods of
   * the cache declare. Where a method's cannot be written so, its entries are not reached.
   */
  public long evictWritten(String cache, List<String> arguments) {
    return evict(cache, arguments.stream().map(Written::new).toArray());
  }

  /** The removal of calls with these arguments, as they are now. */
  Removal ofArguments(String cache, Object... arguments) {
    return new Removal.OfArguments(cache, CallArguments.snapshot(keyParts, arguments));
  }

  long removeArguments(String cache, Object[] arguments) {
    Moments.next(); // of which whatever becomes known of later is younger
    NamedCache named = known(cache);
    long removed = 0;
    if (named != null) {
      // First with the backend: a flight that began before that is overtaken here.
      long there =
          named.remote == null ? 0 : named.remote.evict(types -> partsOfEvict(types, arguments));
      for (Partition partition : named.partitions()) {
        for (Caching target : partition.targets()) {
          try {
            removed += target.evict(arguments);
          } catch (NoKeyException noKey) {
            warnings.once(
                target.spec(), "an evict has an argument without a value: {}", noKey.getMessage());
          }
        }
      }
      removed = removed(named, removed, there);
    }
    return removed;
  }

  private Object[] partsOfEvict(List<String> types, Object[] arguments) {
    try {
      return new CallArguments(keyParts, types).partsOfEvict(arguments);
    } catch (NoKeyException noKey) {
      return null;
    }
  }

  /**
   * Removes the entry under a template's text at once, and again after the commit of this thread's
   * transaction; how many there were, -1 where the backend cannot know.
   */
  public long evictKey(String cache, String key) {
    return TransactionWork.removeAtOnce(this, new Removal.OfKey(cache, key));
  }

  long removeKey(String cache, String key) {
    Moments.next();
    NamedCache named = known(cache);
    long removed = 0;
    if (named != null) {
      long there = named.remote == null ? 0 : named.remote.remove(named.remote.keyOfText(key));
      for (Partition partition : named.partitions()) {
        removed += partition.remove(Keys.ofText(key)) ? 1 : 0;
      }
      removed = removed(named, removed, there);
    }
    return removed;
  }

  /**
   * Removes the entries that carry a tag at once, and again after the commit of this thread's
   * transaction; how many there were, -1 where a backend cannot know.
   */
  public long evictTag(String tag) {
    return TransactionWork.removeAtOnce(this, new Removal.OfTag(tag));
  }

  long removeTag(String tag) {
    List<RemotePolicy> elsewhere = remotePolicies();
    for (RemotePolicy remote : elsewhere) {
      remotes.removeTag(remote.backend(), remote.prefix(), tag, remote.timeout());
    }
    removals.removed(tag);
    long removed = 0;
    for (NamedCache cache : caches.values()) {
      for (Partition partition : cache.partitions()) {
        removed += cache.removed(partition.removeTag(tag));
      }
    }
    return elsewhere.isEmpty() ? removed : -1;
  }

  private List<RemotePolicy> remotePolicies() {
    return remotes == null ? List.of() : policies.remotes();
  }

  /**
   * Removes the entries of a cache at once, and again after the commit of this thread's
   * transaction; how many there were, -1 where the backend cannot know.
   */
  public long clear(String cache) {
    return TransactionWork.removeAtOnce(this, new Removal.OfCache(cache));
  }

  long removeCache(String cache) {
    Moments.next();
    NamedCache named = known(cache);
    if (named == null) {
      return 0;
    }
    if (named.remote == null) {
      return clearHere(named);
    }
    named.remote.clear();
    clearHere(named);
    return -1;
  }

  /**
   * Removes all entries at once, and again after the commit of this thread's transaction; how many
   * there were, -1 where a backend cannot know.
   */
  public long clearAll() {
    return TransactionWork.removeAtOnce(this, new Removal.OfAll());
  }

  /**
   * Removes something that is not kept here at once, and again after the commit of this thread's
   * transaction; how many there were.
   */
  public long removeElsewhere(LongSupplier removal) {
    return TransactionWork.removeAtOnce(this, new Removal.Elsewhere(removal));
  }

  long removeAll() {
    Moments.next();
    List<RemotePolicy> elsewhere = remotePolicies();
    for (RemotePolicy remote : elsewhere) {
      remotes.clearAll(remote.backend(), remote.prefix(), remote.timeout());
    }
    long removed = 0;
    for (NamedCache cache : caches.values()) {
      removed += clearHere(cache);
    }
    return elsewhere.isEmpty() ? removed : -1;
  }

  private long clearHere(NamedCache cache) {
    removals.cleared(cache);
    long removed = 0;
    for (Partition partition : cache.partitions()) {
      removed += partition.clear();
    }
    return cache.removed(removed);
  }

  /** The figures of a cache in the order in which the public statistics read them. */
  public long[] figures(String cache) {
    NamedCache named = caches.get(cache);
    return named == null ? new long[0] : named.figures();
  }

  /** The names of the caches that methods have been linked to, or that were asked for. */
  public Set<String> cacheNames() {
    return new TreeSet<>(caches.keySet());
  }

  /** The backends that were asked for so far, and whether each serves now. */
  public Map<String, Boolean> backends() {
    return remotes == null ? Map.of() : remotes.serving();
  }

  /** Lets go of every backend's connections, within two seconds; nothing is asked of it after. */
  public void close() {
    if (remotes != null) {
      remotes.close();
    }
  }

  FieldAccess access() {
    return access;
  }

  Clock clock() {
    return clock;
  }

  KeyParts keyParts() {
    return keyParts;
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

  Background background() {
    return background;
  }

  Values values() {
    return values;
  }

  Policies policies() {
    return policies;
  }

  /** The observer of a call; of a method that is no handler one that wants to know nothing. */
  Handlers.Call observer(TargetSpec spec) {
    return spec.traits().contains(TargetSpec.Trait.HANDLER)
        ? handlers.entered()
        : Handlers.Call.UNOBSERVED;
  }
}
