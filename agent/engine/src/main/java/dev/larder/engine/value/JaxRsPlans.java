/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.value.HolderPlan.Holds;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.util.Set;

/** The plans for what handlers of JAX-RS give, known by name: {@code javax} and {@code jakarta}. */
final class JaxRsPlans {

  private static final String RESPONSE = "Response";
  private static final String ENTITY = "GenericEntity";

  /** What its builders make, and what such a header field holds, cannot be changed. */
  private static final Set<String> FIELD_VALUES = Set.of("MediaType", "EntityTag", "Link");

  private JaxRsPlans() {}

  /** The plan for a class of those; null for any other. */
  static Plan of(Class<?> type, FieldAccess access) throws ReflectiveOperationException {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      String name = simpleName(each);
      if (name.equals(RESPONSE)) {
        return ResponsePlan.of(type, each, access);
      }
      if (name.equals(ENTITY) && (each == type || type.isAnonymousClass())) {
        return ofEntity(each, access);
      }
      if (FIELD_VALUES.contains(name)) {
        return Plan.shared();
      }
    }
    return null;
  }

  /** The name of a class within the package; empty for any other. */
  private static String simpleName(Class<?> type) {
    String name = type.getName();
    for (String start : new String[] {"jakarta.ws.rs.core.", "javax.ws.rs.core."}) {
      if (name.startsWith(start)) {
        return name.substring(start.length());
      }
    }
    return "";
  }

  /** Of an entity with its type, without the object in which its anonymous class was written. */
  private static Plan ofEntity(Class<?> base, FieldAccess access)
      throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = access.lookupIn(base);
    MethodType getter = MethodType.methodType(Object.class, Object.class);
    MethodHandle entity = lookup.unreflect(base.getMethod("getEntity")).asType(getter);
    MethodHandle type = lookup.unreflect(base.getMethod("getType")).asType(getter);
    MethodHandle maker = entityMaker(base, lookup);
    return new HolderPlan<>(
        Object.class,
        Holds.VIEW,
        value -> new Object[] {read(entity, value), read(type, value)},
        (value, held) -> make(maker, held[0], (Type) held[1]));
  }

  /** (entity, type) to a {@code GenericEntity}, as objects. */
  static MethodHandle entityMaker(Class<?> base, MethodHandles.Lookup lookup)
      throws ReflectiveOperationException {
    return lookup
        .findConstructor(base, MethodType.methodType(void.class, Object.class, Type.class))
        .asType(MethodType.methodType(Object.class, Object.class, Type.class));
  }

  private static Object read(MethodHandle getter, Object value) {
    try {
      return getter.invokeExact(value);
    } catch (Throwable e) {
      throw Failures.of(value, e);
    }
  }

  private static Object make(MethodHandle maker, Object entity, Type type) {
    try {
      return maker.invokeExact(entity, type);
    } catch (Throwable e) {
      throw Failures.of(entity, e);
    }
  }
}
