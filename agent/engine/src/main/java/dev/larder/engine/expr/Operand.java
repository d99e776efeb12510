/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

/** What stands between operators: a literal, or a way from a parameter or the result. */
interface Operand {

  Object value(Object[] arguments, Object result) throws ExpressionException;

  /** Whether it is about the call's result. */
  default boolean namesResult() {
    return false;
  }
}
