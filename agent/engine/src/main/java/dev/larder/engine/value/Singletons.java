/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects that are the only ones of their classes, such as Kotlin's {@code object}s: they have no
 * state, and are compared by identity.
 */
public final class Singletons {

  private Singletons() {}

  /** The one that a class without state holds of itself; null where there is none, or several. */
  public static Object of(Class<?> type, FieldAccess access) {
    List<Object> held = held(type, access);
    return held.size() == 1 ? held.get(0) : null;
  }

  /** Whether an object is such a one, or one of several. */
  static boolean has(Object object, FieldAccess access) {
    return held(object.getClass(), access).stream().anyMatch(each -> each == object);
  }

  private static List<Object> held(Class<?> type, FieldAccess access) {
    if (JdkTypes.isJdk(type) || type.isInterface() || type.isEnum() || hasState(type)) {
      return List.of();
    }
    List<Object> held = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (field.getType() == type
          && Modifier.isStatic(field.getModifiers())
          && Modifier.isFinal(field.getModifiers())) {
        try {
          held.add(access.lookupIn(type).unreflectGetter(field).invoke());
        } catch (Throwable unread) {
          throw new IllegalStateException(type.getName() + " cannot be looked into", unread);
        }
      }
    }
    return held;
  }

  private static boolean hasState(Class<?> type) {
    for (Class<?> next = type; !JdkTypes.isJdk(next); next = next.getSuperclass()) {
      for (Field field : next.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          return true;
        }
      }
    }
    return false;
  }
}
