/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import java.lang.invoke.MethodType;
import java.lang.reflect.Type;

/**
 * The declared type of what a target keeps; of a primitive the class that holds it, as {@code int}
 * and {@code CompletableFuture<Integer>} give the same values.
 *
 * @param name of the type, by which those of several methods are compared
 */
public record ValueType(Type type, String name) {

  static ValueType of(Type type) {
    Type kept =
        type instanceof Class<?> primitive && primitive.isPrimitive()
            ? MethodType.methodType(primitive).wrap().returnType()
            : type;
    return new ValueType(kept, kept.getTypeName());
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof ValueType that && that.type.equals(type));
  }

  /** That of the name, which is worked out once. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
