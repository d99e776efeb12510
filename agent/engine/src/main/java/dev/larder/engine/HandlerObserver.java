/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

/** Is told, on its thread, of each value of a handler method that is kept. */
@FunctionalInterface
public interface HandlerObserver {

  /**
   * Tells of one value.
   *
   * @param remainingMillis how long it still lives, in milliseconds
   */
  void given(long remainingMillis);
}
