/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

/** Who is told what happens to the caches. Nothing that it is told of waits for it for long. */
public interface Witness {

  /** Where nobody wants to know. */
  Witness NONE = cache -> {};

  /** A cache is there, of which nothing was known before; perhaps told more than once. */
  void cacheMade(String cache);
}
