/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;

/** Keeps values in memory so that no caller can change what another is given. */
public final class Values {

  /**
   * Keeps values of classes that can be looked into.
   *
   * @param access gives access to the fields of the application's classes
   */
  public Values(FieldAccess access) {}

  /**
   * What to keep of a value that a method has just given.
   *
   * @param value may be null, which is shared
   * @throws UncacheableValue if a copy is needed and none can be made
   */
  public Kept keep(Object value, ValueMode mode) throws UncacheableValue {
    throw new UnsupportedOperationException();
  }
}
