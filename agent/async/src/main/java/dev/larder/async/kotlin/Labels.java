/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.kotlin;

import dev.larder.engine.key.FieldAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import kotlin.coroutines.jvm.internal.ContinuationImpl;

/**
 * Tells the resumption of a suspend function from a call.
 *
 * <p>A function that suspends midway keeps its state in a continuation of a class of its own. To
 * resume, that continuation sets the sign bit of its {@code label} and calls the function again
 * with itself; the function takes the bit off as it enters. A call hands over its caller's
 * continuation, whose bit is off, since the caller runs.
 */
final class Labels {

  private static final MethodType LABEL_OF = MethodType.methodType(int.class, Object.class);
  private static final MethodHandle NONE =
      MethodHandles.dropArguments(MethodHandles.constant(int.class, 0), 0, Object.class);

  private final ClassValue<MethodHandle> labels;

  Labels(FieldAccess access) {
    this.labels =
        new ClassValue<>() {
          @Override
          protected MethodHandle computeValue(Class<?> type) {
            return label(type, access);
          }
        };
  }

  boolean isResuming(Object continuation) {
    if (!(continuation instanceof ContinuationImpl) || continuation instanceof SuspendedCall) {
      return false;
    }
    try {
      return (int) labels.get(continuation.getClass()).invokeExact(continuation) < 0;
    } catch (Throwable failure) { // a getter throws nothing
      throw new IllegalStateException("the label of " + continuation.getClass(), failure);
    }
  }

  private static MethodHandle label(Class<?> type, FieldAccess access) {
    try {
      return access.lookupIn(type).findGetter(type, "label", int.class).asType(LABEL_OF);
    } catch (NoSuchFieldException stateless) {
      return NONE;
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException("the label of " + type + " cannot be read", closed);
    }
  }
}
