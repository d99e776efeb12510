/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.lang.reflect.Array;
import java.util.function.UnaryOperator;

/** Copies arrays. */
final class ArrayPlan extends Plan {

  private static final ArrayPlan OBJECTS = new ArrayPlan();

  private ArrayPlan() {}

  static Plan of(Class<?> type) {
    return type.getComponentType().isPrimitive() ? ofPrimitives(type) : OBJECTS;
  }

  @Override
  boolean scan(Object value, Scan scan) throws Refusal {
    scan.visitAll((Object[]) value);
    return ((Object[]) value).length == 0;
  }

  @Override
  Object copy(Object value, Copying to) {
    Object[] copy = ((Object[]) value).clone();
    to.begun(value, copy);
    return to.copyAll(copy);
  }

  @Override
  Copier shallow() {
    return value -> ((Object[]) value).clone();
  }

  private static Plan ofPrimitives(Class<?> type) {
    UnaryOperator<Object> clone =
        switch (type.getComponentType().descriptorString().charAt(0)) {
          case 'Z' -> value -> ((boolean[]) value).clone();
          case 'B' -> value -> ((byte[]) value).clone();
          case 'S' -> value -> ((short[]) value).clone();
          case 'C' -> value -> ((char[]) value).clone();
          case 'I' -> value -> ((int[]) value).clone();
          case 'J' -> value -> ((long[]) value).clone();
          case 'F' -> value -> ((float[]) value).clone();
          default -> value -> ((double[]) value).clone();
        };
    return new Primitives(clone);
  }

  /** Copies arrays of primitives; in an empty one nothing can be changed. */
  private static final class Primitives extends Plan {
    private final UnaryOperator<Object> clone;

    Primitives(UnaryOperator<Object> clone) {
      this.clone = clone;
    }

    @Override
    boolean scan(Object value, Scan scan) {
      return Array.getLength(value) == 0;
    }

    @Override
    Object copy(Object value, Copying to) {
      return clone.apply(value);
    }
  }
}
