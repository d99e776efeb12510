/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Copies the JDK's collections that can change. */
final class CollectionPlan<C extends Collection<Object>> extends Plan {

  private final Function<Collection<?>, C> empty;
  private final boolean hashed;
  private final Copier shallow;

  /**
   * Copies by filling an empty one.
   *
   * @param empty makes one with the comparator or the room that another has
   * @param hashed whether elements must be whole before they are added
   */
  CollectionPlan(Function<Collection<?>, C> empty, boolean hashed) {
    this(empty, hashed, null);
  }

  CollectionPlan(Function<Collection<?>, C> empty, boolean hashed, Copier shallow) {
    this.empty = empty;
    this.hashed = hashed;
    this.shallow = shallow;
  }

  @Override
  Copier shallow() {
    return shallow;
  }

  @Override
  boolean scan(Object value, Scan scan) throws Refusal {
    scan.visit(Comparators.of(value), ".comparator()");
    scan.visitAll(((Collection<?>) value).toArray());
    return false;
  }

  @Override
  Object copy(Object value, Copying to) {
    Collection<?> elements = (Collection<?>) value;
    C copy = empty.apply(elements);
    to.begun(value, copy);
    Object[] copies = to.copyAll(elements.toArray());
    if (hashed) {
      to.whenWhole(() -> fill(copy, copies));
    } else {
      fill(copy, copies);
    }
    return copy;
  }

  private static void fill(Collection<Object> copy, Object[] elements) {
    List<Object> all = Arrays.asList(elements);
    copy.addAll(all);
  }
}
