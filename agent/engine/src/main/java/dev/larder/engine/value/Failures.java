/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

/** Turns what a method handle may throw into what a copier may. */
final class Failures {

  private Failures() {}

  static RuntimeException of(Object value, Throwable cause) {
    if (cause instanceof RuntimeException) {
      return (RuntimeException) cause;
    }
    if (cause instanceof Error) {
      throw (Error) cause;
    }
    return new IllegalStateException(value.getClass().getName() + " could not be copied", cause);
  }
}
