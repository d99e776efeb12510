/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

/** Makes a caller's own copy of a kept value. Safe for use by many threads. */
@FunctionalInterface
public interface Copier {

  /**
   * A copy that shares nothing mutable with what is kept.
   *
   * @param kept the value of the {@link Kept} that this copier came with
   */
  Object copyOf(Object kept);
}
