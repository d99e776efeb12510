/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.Variant;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The variants of receivers that count by identity, each for as long as its receiver lives. */
final class Instances {

  private final Map<Identity, Variant> variants = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

  /** The variant of a receiver, made where there is none. */
  Variant of(Object receiver, Supplier<Variant> made) {
    for (Object each = gone.poll(); each != null; each = gone.poll()) {
      variants.remove(each);
    }
    return variants.computeIfAbsent(new Identity(receiver, gone), key -> made.get());
  }

  Collection<Variant> all() {
    return variants.values();
  }

  /** A receiver by identity: neither its {@code equals} nor its {@code hashCode} is called. */
  private static final class Identity extends WeakReference<Object> {
    private final int hash;

    Identity(Object receiver, ReferenceQueue<Object> queue) {
      super(receiver, queue);
      this.hash = System.identityHashCode(receiver);
    }

    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      Object mine = get();
      return other instanceof Identity that && mine != null && that.refersTo(mine);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
