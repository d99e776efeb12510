/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

/** What a backend can do beyond keeping bytes under keys. */
public enum Capability {
  /**
   * {@link Backend#putIfAbsent}, {@link Backend#replace} and {@link Backend#removeIf} are atomic
   * among all JVMs. Without it a load may store over a removal by another JVM, and {@code
   * single-flight = cluster} is refused.
   */
  CONDITIONAL,

  /** {@link Backend#exchange} tells exactly what went; without it evicts count -1. */
  COUNT,

  /** {@link Backend#getWatched} is told of changes within 100 ms. */
  PUSH,

  /**
   * {@link Backend#getTimed} is by the server's clock alone; without it, it compares this machine's
   * clock with the writer's.
   */
  SERVER_TIME
}
