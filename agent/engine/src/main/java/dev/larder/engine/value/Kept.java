/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

/**
 * A value as the cache keeps it in memory.
 *
 * @param value what is kept: the value itself where it may be shared, else a copy of it
 * @param copier makes each caller's own copy; null where all callers get {@code value} itself
 */
public record Kept(Object value, Copier copier, boolean entities) {

  /** Of a value without any entity in it. */
  Kept(Object value, Copier copier) {
    this(value, copier, false);
  }

  /** A value that whoever gets it is to be given itself. */
  public static Kept asItIs(Object value) {
    return new Kept(value, null);
  }

  /** Whether all callers get the same instance. */
  public boolean isShared() {
    return copier == null;
  }

  /** What a caller is given. */
  public Object give() {
    return copier == null ? value : copier.copyOf(value);
  }
}
