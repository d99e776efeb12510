/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.TargetSpec;
import java.util.HashSet;
import java.util.Set;

/**
 * A call that puts for an interface's method, and may reach another of the same method: through a
 * proxy or a decorator the innermost alone puts, as an outer one, which began before, could only
 * evict what that has stored.
 *
 * <p>A generated proxy leaves its puts to whatever it reaches. Of other classes one may call
 * another for something else (a tree's node its children), so that there an outer put is left out
 * where an inner one has been done for the same entry.
 */
final class OpenPut {

  private final TargetSpec spec;
  private final Object receiver;
  private final OpenPut outer;
  private boolean reachedAnother;

  /** What inner puts have stored or evicted; null for nothing. */
  private Set<Done> done;

  private record Done(Partition partition, Object key) {}

  /**
   * A call whose body begins.
   *
   * @param outer the one around it on its thread; null for none
   */
  OpenPut(TargetSpec spec, Object receiver, OpenPut outer) {
    this.spec = spec;
    this.receiver = receiver;
    this.outer = outer;
  }

  OpenPut outer() {
    return outer;
  }

  /** Tells this one and those around it that they have reached a method that puts. */
  void reach(TargetSpec reached, Object itsReceiver) {
    for (OpenPut each = this; each != null; each = each.outer) {
      if (each.isAround(reached, itsReceiver)) {
        each.reachedAnother = true;
      }
    }
  }

  private boolean isAround(TargetSpec inner, Object itsReceiver) {
    return (receiver != itsReceiver || !spec.isOfSameMethod(inner)) && spec.sharesContract(inner);
  }

  /** Whether its puts are left to what it has reached, whatever that comes to. */
  boolean isLeftToAnother() {
    return reachedAnother && spec.traits().contains(TargetSpec.Trait.PUTS_AROUND);
  }

  /** Notes, on any thread, that it has stored or evicted an entry. */
  void did(Partition partition, Object key) {
    for (OpenPut each = outer; each != null; each = each.outer) {
      if (each.isAround(spec, receiver)) {
        each.add(new Done(partition, key));
      }
    }
  }

  private synchronized void add(Done one) {
    if (done == null) {
      done = new HashSet<>(2);
    }
    done.add(one);
  }

  /** Whether an inner put has been done for an entry; true once for each. */
  synchronized boolean takeDone(Partition partition, Object key) {
    return done != null && done.remove(new Done(partition, key));
  }

  /** Forgets what has been done for a run that has come to nothing. */
  synchronized void forget() {
    done = null;
  }
}
