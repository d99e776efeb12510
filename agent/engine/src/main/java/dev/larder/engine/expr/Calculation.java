/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.commons.jexl3.JexlBuilder;
import org.apache.commons.jexl3.JexlContext;
import org.apache.commons.jexl3.JexlEngine;
import org.apache.commons.jexl3.JexlException;
import org.apache.commons.jexl3.JexlExpression;
import org.apache.commons.jexl3.JexlFeatures;
import org.apache.commons.jexl3.introspection.JexlPermissions;

/**
 * Operands combined by operators, which JEXL knows the order of.
 *
 * <p>This is the one class that knows JEXL, so that it is loaded only where an expression has an
 * operator. JEXL is locked in from three sides: its text holds operators, parentheses and {@code
 * v0}, {@code v1} … alone; all its features are off; and it may see no class.
 */
final class Calculation implements Operand {

  private static final JexlEngine ENGINE =
      new JexlBuilder()
          .features(JexlFeatures.createNone())
          .permissions(new Nothing())
          .arithmetic(new ByValue())
          .cache(0)
          .strict(false)
          .safe(true)
          .silent(false)
          .debug(false)
          .antish(false)
          .create();

  private final JexlExpression expression;
  private final Operand[] operands;
  private final boolean namesResult;

  private Calculation(JexlExpression expression, List<Operand> operands) {
    this.expression = expression;
    this.operands = operands.toArray(new Operand[0]);
    this.namesResult = operands.stream().anyMatch(Operand::namesResult);
  }

  /**
   * Compiles operators between operands.
   *
   * @param script with {@code v0}, {@code v1} … in the operands' places
   * @param position where a column of the script, from 0, stands in the attribute
   */
  static Calculation compile(String script, List<Operand> operands, IntUnaryOperator position)
      throws FaultyExpression {
    try {
      return new Calculation(ENGINE.createExpression(script), operands);
    } catch (JexlException e) {
      int column = e.getInfo() == null ? 0 : Math.max(0, e.getInfo().getColumn() - 1);
      throw new FaultyExpression(
          "the operators cannot be combined so; use parentheses", position.applyAsInt(column));
    }
  }

  @Override
  public boolean namesResult() {
    return namesResult;
  }

  @Override
  public Object value(Object[] arguments, Object result) throws ExpressionException {
    try {
      return expression.evaluate(new Values(operands, arguments, result));
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof Failed failed) {
          throw failed.reason();
        }
      }
      throw new ExpressionException("it cannot be evaluated: " + root(e).getClass().getName(), e);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /** Lets JEXL see no class, and nothing of one. */
  private static final class Nothing implements JexlPermissions {

    @Override
    public boolean allow(Class<?> type) {
      return false;
    }

    @Override
    public boolean allow(Constructor<?> constructor) {
      return false;
    }

    @Override
    public boolean allow(Field field) {
      return false;
    }

    @Override
    public boolean allow(Method method) {
      return false;
    }

    @Override
    public boolean allow(Package pack) {
      return false;
    }

    @Override
    public JexlPermissions compose(String... more) {
      return this;
    }
  }

  /** Carries an exception of ours through JEXL. */
  static final class Failed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExpressionException reason;

    Failed(ExpressionException reason) {
      super(reason.getMessage(), reason, false, false);
      this.reason = reason;
    }

    ExpressionException reason() {
      return reason;
    }
  }

  /** The operands' values, each found when it is asked for: what {@code &&} skips is not read. */
  private static final class Values implements JexlContext {

    private final Operand[] operands;
    private final Object[] arguments;
    private final Object result;

    Values(Operand[] operands, Object[] arguments, Object result) {
      this.operands = operands;
      this.arguments = arguments;
      this.result = result;
    }

    @Override
    public Object get(String name) {
      try {
        return operands[Integer.parseInt(name.substring(1))].value(arguments, result);
      } catch (ExpressionException e) {
        throw new Failed(e);
      }
    }

    @Override
    public boolean has(String name) {
      return true;
    }

    @Override
    public void set(String name, Object value) {
      throw new UnsupportedOperationException("an expression changes nothing: " + name);
    }
  }
}
