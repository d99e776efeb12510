/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Variant;
import dev.larder.engine.transaction.Transaction;
import java.util.List;

/** A call of a target that is cached per element, with its elements. */
final class BatchCall extends Call {

  private final List<Call> elements;

  /**
   * A call.
   *
   * @param elements in their order, each as a call with that element alone
   */
  BatchCall(
      Target target,
      Object receiver,
      Object[] arguments,
      Variant variant,
      Transaction transaction,
      List<Call> elements) {
    super(target, receiver, arguments, null, variant, null, transaction);
    this.elements = elements;
  }

  List<Call> elements() {
    return elements;
  }

  @Override
  boolean isHidden(NamedCache cache, Attributes target) {
    for (Call each : elements) {
      if (each.isHidden(cache, target)) {
        return true;
      }
    }
    return false;
  }
}
