/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Footprint;
import dev.larder.engine.method.Policies;
import dev.larder.engine.method.Policies.Bounds;
import dev.larder.engine.remote.BackendFactory;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.engine.remote.RemotePolicy;
import dev.larder.engine.remote.Remotes;
import dev.larder.spi.ObjectStores;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The caches of one JVM by their names, each kept as the policies say, in memory or with a backend.
 */
final class Caches {

  private volatile Policies policies;
  private final ObjectStores stores;
  private final Footprint footprint;

  /** Null where there is only memory. */
  private final Remotes remotes;

  private final Witness witness;
  private final Map<String, NamedCache> named = new ConcurrentHashMap<>();

  /**
   * Caches, of which there are none yet.
   *
   * @param backends makes the backends that the policies name; null where there is only memory
   */
  Caches(
      Policies policies,
      ObjectStores stores,
      Footprint footprint,
      BackendFactory backends,
      Witness witness) {
    this.policies = policies;
    this.witness = witness;
    this.stores = stores;
    this.footprint = footprint;
    this.remotes = backends == null ? null : new Remotes(backends, witness::backendFailed);
  }

  Policies policies() {
    return policies;
  }

  /**
   * Takes up other policies, of caches that are there at once; their entries keep their deadlines.
   */
  void take(Policies changed) {
    policies = changed;
    for (NamedCache cache : named.values()) {
      RemotePolicy remote = remotes == null ? null : changed.remote(cache.name);
      cache.take(bounds(changed, cache.name, remote), remote);
    }
  }

  /** The cache of a name, made where there is none. */
  NamedCache of(String name) {
    NamedCache known = named.get(name);
    if (known == null) {
      known = named.computeIfAbsent(name, this::make);
      witness.cacheMade(name);
    }
    return known;
  }

  private NamedCache make(String name) {
    Counters counters = new Counters();
    RemotePolicy remote = remotes == null ? null : policies.remote(name);
    return new NamedCache(
        name,
        counters,
        remote == null ? null : remotes.cache(name, remote, counters.errors),
        bounds(policies, name, remote),
        footprint::of,
        stores);
  }

  private static Bounds bounds(Policies policies, String cache, RemotePolicy remote) {
    return remote != null && remote.keepsHere()
        ? new Bounds(remote.mostHere(), Long.MAX_VALUE)
        : policies.bounds(cache);
  }

  /** A cache that is there; null for none. */
  NamedCache existing(String name) {
    return named.get(name);
  }

  /** A cache of which something is to be removed; null where nobody can have put anything in. */
  NamedCache withEntries(String name) {
    NamedCache known = named.get(name);
    return known == null && remotes != null && policies.remote(name) != null ? of(name) : known;
  }

  /** Those that are there. */
  Collection<NamedCache> all() {
    return named.values();
  }

  /** Their names, in order. */
  Set<String> names() {
    return new TreeSet<>(named.keySet());
  }

  /**
   * Where the responses of a rule are kept with a backend.
   *
   * @param errors counts what failed
   */
  RemoteCache responses(String rule, RemotePolicy policy, LongAdder errors) {
    return remotes.cache(rule, policy, errors);
  }

  /** How each backend is used, once each; none where there is only memory. */
  List<RemotePolicy> backends() {
    return remotes == null ? List.of() : policies.remotes();
  }

  /** The backends that were asked for so far, and whether each serves now. */
  Map<String, Boolean> serving() {
    return remotes == null ? Map.of() : remotes.serving();
  }

  /** Removes what carries a tag with a backend. */
  void removeTag(RemotePolicy backend, String tag) {
    remotes.removeTag(backend.backend(), backend.prefix(), tag, backend.timeout());
  }

  /** Removes everything with a backend. */
  void clearAll(RemotePolicy backend) {
    remotes.clearAll(backend.backend(), backend.prefix(), backend.timeout());
  }

  /** Lets go of every backend's connections, within two seconds. */
  void close() {
    if (remotes != null) {
      remotes.close();
    }
  }
}
