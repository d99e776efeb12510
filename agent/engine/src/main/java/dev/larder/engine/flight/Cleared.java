/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.flight;

/** When all entries of one cache were last removed. */
public final class Cleared {

  /** Written by {@link Removals} alone; 0 where they never were. */
  volatile long at;
}
