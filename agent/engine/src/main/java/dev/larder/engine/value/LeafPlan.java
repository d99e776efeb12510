/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.util.function.UnaryOperator;

/** Copies what holds nothing else that can change. */
final class LeafPlan<T> extends Plan {

  private final Class<T> type;
  private final UnaryOperator<T> copier;

  LeafPlan(Class<T> type, UnaryOperator<T> copier) {
    this.type = type;
    this.copier = copier;
  }

  @Override
  boolean scan(Object value, Scan scan) {
    return false;
  }

  @Override
  Object copy(Object value, Copying to) {
    return copier.apply(type.cast(value));
  }
}
