/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.util.IdentityHashMap;
import java.util.Map;

/** One walk over a value before it is kept. */
final class Scan {

  /** How deep a value may be nested: every hit has to go as deep on the caller's stack. */
  static final int MAX_DEPTH = 1_000;

  /** How many objects a value may be made of: what holds more holds half the application. */
  static final int MAX_NODES = 5_000_000;

  private enum State {
    OPEN,
    FROZEN,
    MUTABLE
  }

  /** Whether the value is a copy of Larder's, whose unmodifiable views nobody can change. */
  final boolean own;

  private final Plans plans;
  private final Home home;
  private final IdentityHashMap<Object, State> seen = new IdentityHashMap<>();
  private boolean shared;
  private boolean entities;
  private boolean isFlat = true;
  private int depth;

  /**
   * A walk.
   *
   * @param home where it is to be kept; null where all that it holds may be kept
   */
  Scan(Plans plans, boolean own, Home home) {
    this.plans = plans;
    this.own = own;
    this.home = home;
  }

  /** Says that an instance of a class is not to be kept where it was given. */
  static Refusal foreign(Class<?> type) {
    return new Refusal(
        type,
        "is of a class loader below its method's own, which it would keep from being collected",
        "return what the method's own class can name, or cache a method of the class that calls it");
  }

  /** Whether something that can change was met twice, so that copies have to keep track. */
  boolean hasShared() {
    return shared;
  }

  /** Notes that an entity was met. */
  void meetEntity() {
    entities = true;
  }

  /** Whether any entity was met. */
  boolean hasEntities() {
    return entities;
  }

  /** Whether nothing but the value itself was looked into: all else in it is always shared. */
  boolean isFlat() {
    return isFlat;
  }

  /** Walks a value and says whether it is deeply immutable; null is. */
  boolean visit(Object value) throws Refusal {
    if (value == null) {
      return true;
    }
    if (home != null && !home.holds(value.getClass())) {
      throw foreign(value.getClass());
    }
    Plan plan = plans.of(value.getClass());
    if (plan.frozen) {
      if (value instanceof Throwable failure) {
        plans.backtraces().drop(failure);
      }
      return true;
    }
    State state = seen.get(value);
    if (state == null) {
      return enter(value, plan);
    }
    if (state == State.OPEN) {
      if (!plan.comesFirst()) {
        throw new Refusal(
            value.getClass(),
            "holds itself, and can only be made after what it holds",
            "break the circle, or set values = share");
      }
      shared = true;
      return true;
    }
    shared |= state == State.MUTABLE || plan.rebuilds();
    return state == State.FROZEN;
  }

  private boolean enter(Object value, Plan plan) throws Refusal {
    if (depth == MAX_DEPTH || seen.size() == MAX_NODES) {
      throw new Refusal(
          value.getClass(),
          depth == MAX_DEPTH
              ? "is nested more than " + MAX_DEPTH + " deep"
              : "is one of more than " + MAX_NODES + " objects",
          "return a smaller value, or set values = share");
    }
    seen.put(value, State.OPEN);
    isFlat &= depth == 0;
    depth++;
    boolean frozen = plan.scan(value, this);
    depth--;
    seen.put(value, frozen ? State.FROZEN : State.MUTABLE);
    return frozen;
  }

  /** Walks what an array holds. */
  boolean visitAll(Object[] values) throws Refusal {
    boolean frozen = true;
    for (int i = 0; i < values.length; i++) {
      frozen &= visit(values[i], i);
    }
    return frozen;
  }

  /** Walks an element. */
  boolean visit(Object value, int index) throws Refusal {
    try {
      return visit(value);
    } catch (Refusal e) {
      throw e.under("[" + index + "]");
    }
  }

  /** Walks what lies under a name. */
  boolean visit(Object value, String step) throws Refusal {
    try {
      return visit(value);
    } catch (Refusal e) {
      throw e.under(step);
    }
  }

  /** Walks the keys and values of a map. */
  boolean visitEntries(Map<?, ?> map) throws Refusal {
    boolean frozen = true;
    for (Map.Entry<?, ?> each : map.entrySet()) {
      frozen &= visit(each.getKey(), ".key");
      frozen &= visit(each.getValue(), ".value");
    }
    return frozen;
  }
}
