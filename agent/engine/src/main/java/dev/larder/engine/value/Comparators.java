/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;

/** The comparators that sorted collections hold. */
public final class Comparators {

  private Comparators() {}

  /** The comparator of a collection or map; null if it has none. */
  static Comparator<?> of(Object holder) {
    if (holder instanceof SortedMap) {
      return ((SortedMap<?, ?>) holder).comparator();
    }
    if (holder instanceof SortedSet) {
      return ((SortedSet<?>) holder).comparator();
    }
    return holder instanceof PriorityQueue ? ((PriorityQueue<?>) holder).comparator() : null;
  }

  /** Whether a collection or map has no order of its own. */
  public static boolean isNatural(Object holder) {
    Comparator<?> order = of(holder);
    return order == null || order == Comparator.naturalOrder();
  }

  /** The same, to make a sorted collection of anything with. */
  @SuppressWarnings("unchecked")
  static Comparator<Object> ofAny(Object holder) {
    return (Comparator<Object>) of(holder);
  }
}
