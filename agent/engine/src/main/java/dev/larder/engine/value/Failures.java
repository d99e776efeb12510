/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

/** Turns what a method handle may throw into what a copier may. */
final class Failures {

  private Failures() {}

  static RuntimeException of(Object value, Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(value.getClass().getName() + " could not be copied", cause);
  }
}
