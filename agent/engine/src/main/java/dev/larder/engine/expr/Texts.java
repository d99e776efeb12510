/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import dev.larder.engine.key.NoKeyException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Values as they stand in a template: as {@code String.valueOf} gives them, where that tells the
 * value and not which object it is.
 */
final class Texts {

  private static final int DEEPEST = 50;

  private static final ClassValue<Boolean> HAS_OWN =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          try {
            return type.getMethod("toString").getDeclaringClass() != Object.class;
          } catch (NoSuchMethodException | LinkageError e) {
            return false;
          }
        }
      };

  private Texts() {}

  static String of(Object value) throws NoKeyException, ExpressionException {
    if (value == null
        || value instanceof String
        || value instanceof Long
        || value instanceof Integer) {
      return String.valueOf(value);
    }
    try {
      check(value, 0);
      return String.valueOf(value.toString());
    } catch (RuntimeException e) {
      throw new ExpressionException(
          "toString of " + value.getClass().getName() + " failed with " + e.getClass().getName(),
          e);
    }
  }

  /** Refuses what has no text of its own, also where a collection's text would hold it. */
  private static void check(Object value, int depth) throws NoKeyException {
    if (value == null) {
      return;
    }
    if (depth > DEEPEST) {
      throw new NoKeyException("a value inside a template holds itself, or goes too deep");
    }
    Class<?> type = value.getClass();
    if (type.isArray()) {
      throw new NoKeyException(
          "an array, " + type.getTypeName() + ", has no text that could stand in a template");
    }
    if (!HAS_OWN.get(type)) {
      throw new NoKeyException(
          type.getName() + " has no toString of its own that could stand in a template");
    }
    if (value instanceof Collection<?> all) {
      for (Object each : all) {
        check(each, depth + 1);
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> each : map.entrySet()) {
        check(each.getKey(), depth + 1);
        check(each.getValue(), depth + 1);
      }
    } else if (value instanceof Map.Entry<?, ?> entry) {
      check(entry.getKey(), depth + 1);
      check(entry.getValue(), depth + 1);
    } else if (value instanceof Optional<?> optional) {
      check(optional.orElse(null), depth + 1);
    }
  }
}
