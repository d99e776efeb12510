/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How a method gives the value that is kept: as it is, or inside something else. */
enum ReturnShape {
  /** The value itself. */
  PLAIN,
  /** An {@code Optional} of the value; empty where the value is null. */
  OPTIONAL,
  /** A {@code CompletionStage} or {@code CompletableFuture} that completes with the value. */
  STAGE;

  static ReturnShape of(Class<?> returned) {
    if (returned == Optional.class) {
      return OPTIONAL;
    }
    return returned == CompletableFuture.class || returned == CompletionStage.class ? STAGE : PLAIN;
  }

  /** The value inside what a body returned at once; of a stage the value comes later. */
  Object unwrap(Object result) {
    return this == OPTIONAL
        ? result instanceof Optional<?> optional ? optional.orElse(null) : null
        : result;
  }

  /** What a caller gets for a value. */
  Object wrap(Object value) {
    return switch (this) {
      case PLAIN -> value;
      case OPTIONAL -> Optional.ofNullable(value);
      case STAGE -> CompletableFuture.completedFuture(value);
    };
  }

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
