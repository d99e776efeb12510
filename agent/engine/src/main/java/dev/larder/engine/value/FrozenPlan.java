/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

/** Shares instances of an application's class that can never change, unless told otherwise. */
final class FrozenPlan extends Plan {

  /** Makes the plan by which they are copied all the same. */
  @FunctionalInterface
  interface Source {
    Plan make() throws ReflectiveOperationException;
  }

  private final Source source;
  private volatile Plan plan;

  FrozenPlan(Source source) {
    super(true);
    this.source = source;
  }

  @Override
  boolean scan(Object value, Scan scan) {
    return true;
  }

  @Override
  Object copy(Object value, Copying to) {
    return value;
  }

  @Override
  Object duplicate(Object value, Copying to) {
    Plan copies = plan;
    if (copies == null) {
      try {
        copies = source.make();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("the fields cannot be read and written: " + e, e);
      }
      plan = copies;
    }
    return copies.duplicate(value, to);
  }
}
