/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

/** Says that an expression has no result for the arguments and result of one call. */
public final class ExpressionException extends Exception {

  private static final long serialVersionUID = 1L;

  ExpressionException(String message, Throwable cause) {
    super(message, cause, false, false);
  }

  ExpressionException(String message) {
    this(message, null);
  }

  /** The same, of what stands at a position of the attribute. */
  ExpressionException at(int position) {
    return new ExpressionException(getMessage() + " (at position " + position + ")", getCause());
  }
}
