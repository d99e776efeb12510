/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.lang.invoke.MethodHandles;

/**
 * Gives private access to any class, whatever its module opens.
 *
 * <p>Inside the agent this opens the class's package first, as only instrumentation can; {@link
 * #plain} is for where nothing can be opened.
 */
@FunctionalInterface
public interface FieldAccess {

  /**
   * A lookup with private access to a class.
   *
   * @throws IllegalAccessException if the class's module cannot be opened
   */
  MethodHandles.Lookup lookupIn(Class<?> type) throws IllegalAccessException;

  /** Access to classes of modules that are open anyway; to the JDK's there is none. */
  static FieldAccess plain() {
    MethodHandles.Lookup own = MethodHandles.lookup();
    return type -> MethodHandles.privateLookupIn(type, own);
  }
}
