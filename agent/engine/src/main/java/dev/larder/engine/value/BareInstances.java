/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/** Makes instances of the application's classes whose fields are still to be filled. */
public final class BareInstances {

  private BareInstances() {}

  /** Makes instances of a class; null if a superclass of the JDK's has state of its own. */
  public static Supplier<Object> of(Class<?> type) {
    Class<?> base = JdkTypes.baseOf(type);
    if (!JdkTypes.isStateless(base)) {
      return null;
    }
    try {
      MethodHandle make = Allocator.of(type, base.getDeclaredConstructor());
      return () -> {
        try {
          return make.invokeExact();
        } catch (Throwable e) {
          throw Failures.of(type, e);
        }
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " cannot be made", e);
    }
  }
}
