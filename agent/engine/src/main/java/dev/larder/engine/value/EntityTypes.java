/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells JPA's entities by the name of their annotation, so that no version of JPA is needed. */
final class EntityTypes {

  private static final Set<String> ANNOTATIONS =
      Set.of("jakarta.persistence.Entity", "javax.persistence.Entity");

  private EntityTypes() {}

  /** Whether instances of a class are entities; of a subclass of an entity's they are. */
  static boolean has(Class<?> type) {
    for (Class<?> next = type; next != null; next = next.getSuperclass()) {
      for (Annotation each : next.getDeclaredAnnotations()) {
        if (ANNOTATIONS.contains(each.annotationType().getName())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a value is, or begins with, something that belongs to JPA. */
  static boolean areIn(Object value, Plans plans) {
    Object first = value;
    if (value instanceof Optional<?> optional) {
      first = optional.orElse(null);
    } else if (value instanceof Object[] array) {
      first = array.length == 0 ? null : array[0];
    } else if (!plans.of(value.getClass()).isOfPersistence()) {
      first =
          value instanceof Map<?, ?> map
              ? firstOf(map.values())
              : value instanceof Collection<?> all ? firstOf(all) : value;
    }
    return first != null && plans.of(first.getClass()).isOfPersistence();
  }

  private static Object firstOf(Collection<?> all) {
    for (Object each : all) {
      return each;
    }
    return null;
  }
}
