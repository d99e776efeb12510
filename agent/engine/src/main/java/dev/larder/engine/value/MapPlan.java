/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.util.Map;
import java.util.function.Function;

/** Copies the JDK's maps that can change, by putting each entry anew. */
final class MapPlan<M extends Map<Object, Object>> extends Plan {

  private final Function<Map<?, ?>, M> empty;
  private final Copier shallow;

  MapPlan(Function<Map<?, ?>, M> empty) {
    this(empty, null);
  }

  MapPlan(Function<Map<?, ?>, M> empty, Copier shallow) {
    this.empty = empty;
    this.shallow = shallow;
  }

  @Override
  Copier shallow() {
    return shallow;
  }

  @Override
  boolean scan(Object value, Scan scan) throws Refusal {
    scan.visit(Comparators.of(value), ".comparator()");
    scan.visitEntries((Map<?, ?>) value);
    return false;
  }

  @Override
  Object copy(Object value, Copying to) {
    Map<?, ?> entries = (Map<?, ?>) value;
    M copy = empty.apply(entries);
    to.begun(value, copy);
    if (to.isGraph()) {
      Object[] copies = to.copyAll(flat(entries));
      to.whenWhole(() -> fill(copy, copies));
    } else {
      for (Map.Entry<?, ?> each : entries.entrySet()) {
        copy.put(to.copy(each.getKey()), to.copy(each.getValue()));
      }
    }
    return copy;
  }

  /** Keys and values in turn. */
  static Object[] flat(Map<?, ?> map) {
    Object[] flat = new Object[2 * map.size()];
    int next = 0;
    for (Map.Entry<?, ?> each : map.entrySet()) {
      flat[next++] = each.getKey();
      flat[next++] = each.getValue();
    }
    return flat;
  }

  static void fill(Map<Object, Object> map, Object[] flat) {
    for (int i = 0; i < flat.length; i += 2) {
      map.put(flat[i], flat[i + 1]);
    }
  }
}
