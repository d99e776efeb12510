/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;

/** How a method gives the value that is kept: as it is, or inside something else. */
enum ReturnShape {
  /** The value itself. */
  PLAIN {
    @Override
    Object unwrap(Object result) {
      return result;
    }

    @Override
    Object wrap(Object value) {
      return value;
    }
  },
  /** An {@code Optional} of the value; empty where the value is null. */
  OPTIONAL {
    @Override
    Object unwrap(Object result) {
      return result instanceof Optional<?> optional ? optional.orElse(null) : null;
    }

    @Override
    Object wrap(Object value) {
      return Optional.ofNullable(value);
    }
  };

  static ReturnShape of(Class<?> returned) {
    return returned == Optional.class ? OPTIONAL : PLAIN;
  }

  /** The value inside what a body returned. */
  abstract Object unwrap(Object result);

  /** What a caller gets for a value. */
  abstract Object wrap(Object value);

  /** The declared type of the value inside what a method declares. */
  Type valueType(Type returned) {
    if (this == PLAIN) {
      return returned;
    }
    return returned instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()[0]
        : Object.class;
  }
}
