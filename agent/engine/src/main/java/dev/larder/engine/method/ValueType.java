/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.method;

import java.lang.reflect.Type;

/**
 * The declared type of what a target keeps.
 *
 * @param name of the type, by which those of several methods are compared
 */
public record ValueType(Type type, String name) {

  static ValueType of(Type type) {
    return new ValueType(type, type.getTypeName());
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
