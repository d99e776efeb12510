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

/** Copies records through their canonical constructor: their fields are final for good. */
final class RecordPlan extends Plan {

  private final String[] names;
  private final MethodHandle[] getters;
  private final MethodHandle constructor;

  private RecordPlan(String[] names, MethodHandle[] getters, MethodHandle constructor) {
    this.names = names;
    this.getters = getters;
    this.constructor = constructor;
  }

  static Plan of(Class<?> type, FieldAccess access) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = access.lookupIn(type);
    RecordComponent[] components = type.getRecordComponents();
    String[] names = new String[components.length];
    MethodHandle[] getters = new MethodHandle[components.length];
    MethodType parameters = MethodType.methodType(void.class);
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      names[i] = "." + component.getName();
      getters[i] =
          lookup
              .findGetter(type, component.getName(), component.getType())
              .asType(MethodType.methodType(Object.class, Object.class));
      parameters = parameters.appendParameterTypes(component.getType());
    }
    MethodHandle constructor =
        lookup
            .findConstructor(type, parameters)
            .asSpreader(Object[].class, components.length)
            .asType(MethodType.methodType(Object.class, Object[].class));
    return new RecordPlan(names, getters, constructor);
  }

  @Override
  boolean comesFirst() {
    return false;
  }

  @Override
  boolean scan(Object value, Scan scan) throws Refusal {
    boolean frozen = true;
    Object[] held = read(value);
    for (int i = 0; i < held.length; i++) {
      frozen &= scan.visit(held[i], names[i]);
    }
    return frozen;
  }

  @Override
  Object copy(Object value, Copying to) {
    Object[] held = read(value);
    Object[] copies = to.copyAll(held.clone());
    for (int i = 0; i < held.length; i++) {
      if (held[i] != copies[i]) {
        return make(value, copies);
      }
    }
    return value;
  }

  @Override
  Object duplicate(Object value, Copying to) {
    return make(value, to.copyAll(read(value)));
  }

  private Object make(Object value, Object[] held) {
    try {
      return constructor.invokeExact(held);
    } catch (Throwable e) {
      throw Failures.of(value, e);
    }
  }

  private Object[] read(Object value) {
    Object[] held = new Object[getters.length];
    try {
      for (int i = 0; i < held.length; i++) {
        held[i] = getters[i].invokeExact(value);
      }
    } catch (Throwable e) {
      throw Failures.of(value, e);
    }
    return held;
  }
}
