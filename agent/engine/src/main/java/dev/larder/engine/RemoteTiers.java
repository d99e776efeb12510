/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.config.CacheKeys.Scope;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.entry.NearCache;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Body;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.ValueType;
import dev.larder.engine.method.Variant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What one target has with a backend: a tier for the type of its values, or one for each type that
 * the classes of its receivers make of it.
 */
final class RemoteTiers {

  private final Attributes attributes;
  private final RemoteTier declared;
  private final Function<ValueType, RemoteTier> make;
  private final Map<ValueType, RemoteTier> others = new ConcurrentHashMap<>();

  private RemoteTiers(Attributes attributes, Function<ValueType, RemoteTier> make) {
    this.attributes = attributes;
    this.make = make;
    this.declared = make.apply(attributes.valueTypes().declared());
  }

  /**
   * The tiers of a target or a put; null where its entries stay in this JVM.
   *
   * @param near keeps what is found; null where nothing does
   */
  static RemoteTiers of(
      Engine engine,
      TargetSpec spec,
      NamedCache cache,
      NearCache<Entry> near,
      Attributes attributes,
      Body body) {
    return cache.remote == null || attributes.policy().scope() == Scope.INSTANCE
        ? null
        : new RemoteTiers(
            attributes,
            type -> new RemoteTier(engine, spec, cache.remote, near, attributes, type, body));
  }

  /** The tier for the type as it is declared, and for all that depends on no type. */
  RemoteTier declared() {
    return declared;
  }

  /** The tier for the receivers that a variant is of. */
  RemoteTier of(Variant variant) {
    return of(attributes.valueTypes().of(variant));
  }

  /** The tier for a type. */
  RemoteTier of(ValueType type) {
    return type.equals(attributes.valueTypes().declared())
        ? declared
        : others.computeIfAbsent(type, make);
  }
}
