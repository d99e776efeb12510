/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

/** Says what is wrong with the text of a template or an expression, and where. */
public final class FaultyExpression extends Exception {

  private static final long serialVersionUID = 1L;

  private final int position;

  FaultyExpression(String message, int position) {
    super(message, null, false, false);
    this.position = position;
  }

  /** Where in the attribute's text the fault is: the index of its character, from 0. */
  public int position() {
    return position;
  }
}
