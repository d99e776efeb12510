/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.config.CacheKeys.Scope;
import dev.larder.engine.method.Receivers;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.Variant;
import dev.larder.engine.method.Variant.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The variants of one target, by what of their receivers counts. They outlive the target when the
 * settings change, and with them the entries whose keys they are part of.
 */
final class Variants {

  /** Beyond so many kinds of receivers all are forgotten, with their entries. */
  private static final int REMEMBERED = 1_000;

  private final Receivers receivers;
  private final Warnings warnings;
  private final TargetSpec spec;
  private final Partition partition;
  private final Map<String, Variant> byDescription = new ConcurrentHashMap<>();
  private final ClassValue<Map<String, Variant>> strange = new Strange();
  private final Set<Variant> ofStrange =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private final Instances byInstance = new Instances();

  /**
   * The variants of each class that the target's class loader does not know: an application's above
   * a container's shared library, where another application may have a class of the same name.
   */
  private static final class Strange extends ClassValue<Map<String, Variant>> {
    @Override
    protected Map<String, Variant> computeValue(Class<?> type) {
      return new ConcurrentHashMap<>();
    }
  }

  Variants(Receivers receivers, Warnings warnings, TargetSpec spec, Partition partition) {
    this.receivers = receivers;
    this.warnings = warnings;
    this.spec = spec;
    this.partition = partition;
  }

  /** The variant of a receiver; null where the receiver differs from the first of its class. */
  Variant of(Object receiver, Scope scope) {
    if (receiver == null) {
      Variant known = byDescription.get("");
      return known != null
          ? known
          : byDescription.computeIfAbsent("", description -> make(description, null));
    }
    if (scope == Scope.INSTANCE) {
      return byInstance.of(
          receiver, () -> make(Receivers.className(receiver.getClass()), receiver));
    }
    String description =
        scope == Scope.SHARED
            ? Receivers.className(receiver.getClass())
            : receivers.describe(receiver);
    if (description == null) {
      warnings.onceOfReceivers(
          Receivers.className(receiver.getClass()),
          spec,
          "a second receiver of class {} differs from the first in its fields, so calls of it, of"
              + " whichever method, run uncached; with scope = shared no field counts, with scope ="
              + " instance each receiver has entries of its own");
      return null;
    }
    Class<?> type = receiver.getClass();
    boolean isStrange = !partition.home.holds(type);
    Map<String, Variant> all = isStrange ? strange.get(type) : byDescription;
    Variant known = all.get(description);
    if (known != null) {
      return known;
    }
    if (all.size() >= REMEMBERED) {
      all.values().forEach(Variant::forget);
      partition.clear(); // what a forgotten variant keeps could not be evicted any more
      all.clear();
    }
    Variant variant = all.computeIfAbsent(description, each -> make(each, receiver));
    if (isStrange) {
      ofStrange.add(variant);
    }
    return variant;
  }

  private Variant make(String description, Object receiver) {
    boolean learns = spec.traits().contains(TargetSpec.Trait.THROUGH_INTERFACE);
    Class<?> written = receiver == null ? null : Receivers.written(receiver.getClass());
    return new Variant(spec, description, written, learns ? Standing.UNKNOWN : Standing.INNERMOST);
  }

  /** Every variant that may have entries. */
  Collection<Variant> all() {
    List<Variant> all = new ArrayList<>(byDescription.values());
    synchronized (ofStrange) {
      all.addAll(ofStrange);
    }
    all.addAll(byInstance.all());
    return all;
  }
}
