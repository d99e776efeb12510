/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Types known by their names alone, so that Larder depends on no library of the application. */
public final class TypeNames {

  private TypeNames() {}

  /** Whether the type or one of its supertypes has one of these names. */
  public static boolean isAmong(Set<String> names, Class<?> type) {
    return among(names, type) != null;
  }

  /** The name among these that the type or one of its supertypes has; null if none has. */
  static String among(Set<String> names, Class<?> type) {
    Set<Class<?>> seen = new HashSet<>();
    Deque<Class<?>> todo = new ArrayDeque<>();
    todo.add(type);
    while (!todo.isEmpty()) {
      Class<?> next = todo.remove();
      if (names.contains(next.getName())) {
        return next.getName();
      }
      if (next.getSuperclass() != null && seen.add(next.getSuperclass())) {
        todo.add(next.getSuperclass());
      }
      for (Class<?> each : next.getInterfaces()) {
        if (seen.add(each)) {
          todo.add(each);
        }
      }
    }
    return null;
  }
}
