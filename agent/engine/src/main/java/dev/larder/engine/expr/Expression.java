/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import dev.larder.engine.key.FieldAccess;

/** A compiled expression: {@code condition}, {@code unless}, or what stands in a template. */
public final class Expression {

  private final Operand operand;

  Expression(Operand operand) {
    this.operand = operand;
  }

  /**
   * Compiles the text of an attribute.
   *
   * @throws FaultyExpression if the text is none, names what is not known, or calls something
   */
  public static Expression compile(String text, Names names, FieldAccess access)
      throws FaultyExpression {
    return Parser.parse(text, 0, text.length(), 0, names, access);
  }

  /** Whether it names {@code result}, so that it has a value only after the call. */
  public boolean namesResult() {
    return operand.namesResult();
  }

  /**
   * The expression's value for one call.
   *
   * @param arguments in the order of the parameters
   * @param result what the call gave; of no meaning where the expression does not name it
   * @return null where the value is null or an empty {@code Optional}
   * @throws ExpressionException if there is no value
   */
  public Object evaluate(Object[] arguments, Object result) throws ExpressionException {
    return operand.value(arguments, result);
  }

  /**
   * Whether the expression holds for one call; null counts as false.
   *
   * @throws ExpressionException if the value is neither true, false nor null
   */
  public boolean test(Object[] arguments, Object result) throws ExpressionException {
    Object value = operand.value(arguments, result);
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new ExpressionException("a " + value.getClass().getName() + " is neither true nor false");
  }
}
