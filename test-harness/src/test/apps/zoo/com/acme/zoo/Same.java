/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.zoo;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

/** Whether two values are the same, by their classes and what their fields hold. */
final class Same {

  private final IdentityHashMap<Object, Object> seen = new IdentityHashMap<>();

  private Same() {}

  static boolean are(Object one, Object other) throws IllegalAccessException {
    return new Same().compare(one, other);
  }

  private boolean compare(Object one, Object other) throws IllegalAccessException {
    if (one == null || other == null) {
      return one == other;
    }
    if (seen.put(one, other) == other) {
      return true; // under way, or done
    }
    if (one instanceof Map<?, ?> map) {
      return other instanceof Map<?, ?> others && compareMaps(map, others);
    }
    if (one instanceof Collection<?> all) {
      return other instanceof Collection<?> others && compareAll(all, others);
    }
    if (one.getClass() != other.getClass()) {
      return false;
    }
    if (one.getClass().isArray()) {
      return compareArrays(one, other);
    }
    return one.getClass().getName().startsWith("java.")
        ? Objects.equals(one, other)
        : compareFields(one, other);
  }

  private boolean compareMaps(Map<?, ?> one, Map<?, ?> other) throws IllegalAccessException {
    if (one.size() != other.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : one.entrySet()) {
      if (!compare(entry.getValue(), other.get(entry.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private boolean compareAll(Collection<?> one, Collection<?> other) throws IllegalAccessException {
    if (one.size() != other.size()) {
      return false;
    }
    Iterator<?> others = other.iterator();
    for (Object each : one) {
      if (!compare(each, others.next())) {
        return false;
      }
    }
    return true;
  }

  private boolean compareArrays(Object one, Object other) throws IllegalAccessException {
    int length = Array.getLength(one);
    if (length != Array.getLength(other)) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!compare(Array.get(one, i), Array.get(other, i))) {
        return false;
      }
    }
    return true;
  }

  private boolean compareFields(Object one, Object other) throws IllegalAccessException {
    for (Class<?> type = one.getClass(); type != Object.class; type = type.getSuperclass()) {
      if (type == Enum.class) {
        return one == other;
      }
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          if (!compare(field.get(one), field.get(other))) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
