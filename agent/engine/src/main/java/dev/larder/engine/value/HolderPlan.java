/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Copies what is made in one go of all that it holds: immutable collections, views, entries.
 *
 * <p>Where no part of it has another copy than itself, and nobody can change it, it is its own
 * copy.
 */
final class HolderPlan<T> extends Plan {

  /** Whether the holder itself can be changed, by those who have it or behind their back. */
  enum Holds {
    /** By nobody. */
    FAST,
    /** By whoever has what it is a view of, until it is a copy of Larder's. */
    VIEW,
    /** By whoever has it. */
    OPEN
  }

  private final Class<T> type;
  private final Holds holds;
  private final Function<T, Object[]> parts;
  private final BiFunction<T, Object[], Object> maker;

  HolderPlan(
      Class<T> type,
      Holds holds,
      Function<T, Object[]> parts,
      BiFunction<T, Object[], Object> maker) {
    this.type = type;
    this.holds = holds;
    this.parts = parts;
    this.maker = maker;
  }

  @Override
  boolean comesFirst() {
    return false;
  }

  @Override
  boolean scan(Object value, Scan scan) throws Refusal {
    boolean frozen = scan.visit(Comparators.of(value), ".comparator()");
    frozen &= scan.visitAll(parts.apply(type.cast(value)));
    return frozen && (holds == Holds.FAST || (holds == Holds.VIEW && scan.own));
  }

  @Override
  Object copy(Object value, Copying to) {
    T holder = type.cast(value);
    Object[] held = parts.apply(holder);
    Object[] copies = to.copyAll(held.clone());
    return holds == Holds.FAST && areSame(held, copies) ? value : maker.apply(holder, copies);
  }

  @Override
  Object duplicate(Object value, Copying to) {
    T holder = type.cast(value);
    return maker.apply(holder, to.copyAll(parts.apply(holder)));
  }

  private static boolean areSame(Object[] held, Object[] copies) {
    for (int i = 0; i < held.length; i++) {
      if (held[i] != copies[i]) {
        return false;
      }
    }
    return true;
  }
}
