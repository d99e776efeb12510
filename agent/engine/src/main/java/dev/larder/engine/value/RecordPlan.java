/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** Copies records through their canonical constructor: their fields are final for good. */
final class RecordPlan extends Plan {

  private final List<FieldCopy> fields;
  private final MethodHandle copy;

  private RecordPlan(List<FieldCopy> fields, MethodHandle copy) {
    this.fields = fields;
    this.copy = copy;
  }

  static Plan of(Class<?> type, List<FieldCopy> fields, FieldAccess access)
      throws ReflectiveOperationException {
    List<FieldCopy> components = new ArrayList<>();
    MethodType parameters = MethodType.methodType(void.class);
    for (RecordComponent component : type.getRecordComponents()) {
      for (FieldCopy field : fields) {
        if (field.name().equals(component.getName()) && field.type() == component.getType()) {
          components.add(field);
        }
      }
      parameters = parameters.appendParameterTypes(component.getType());
    }
    MethodHandle copy = access.lookupIn(type).findConstructor(type, parameters);
    for (int i = components.size() - 1; i >= 0; i--) {
      copy = MethodHandles.collectArguments(copy, i, components.get(i).source());
    }
    return new RecordPlan(components, permuted(type, copy, components.size()));
  }

  /** Gives the same record and {@link Copying} to the reading of each component. */
  private static MethodHandle permuted(Class<?> type, MethodHandle each, int components) {
    int[] order = new int[2 * components];
    for (int i = 0; i < order.length; i++) {
      order[i] = i % 2;
    }
    return MethodHandles.permuteArguments(
            each, MethodType.methodType(type, type, Copying.class), order)
        .asType(MethodType.methodType(Object.class, Object.class, Copying.class));
  }

  @Override
  boolean comesFirst() {
    return false;
  }

  @Override
  boolean scan(Object value, Scan scan) throws Refusal {
    boolean frozen = true;
    for (FieldCopy each : fields) {
      if (!each.isPlain()) {
        frozen &= scan.visit(each.read(value), "." + each.name());
      }
    }
    return frozen;
  }

  @Override
  Object copy(Object value, Copying to) {
    try {
      return copy.invokeExact(value, to);
    } catch (Throwable e) {
      throw Failures.of(value, e);
    }
  }

  @Override
  MethodHandle direct() {
    return copy;
  }

  @Override
  boolean rebuilds() {
    return true;
  }
}
