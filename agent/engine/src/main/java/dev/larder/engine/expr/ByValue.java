/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import dev.larder.engine.key.NoKeyException;
import java.util.Arrays;
import org.apache.commons.jexl3.JexlArithmetic;
import org.apache.commons.jexl3.JexlOperator;

/** Java's operators, but by value: texts, enums and numbers are equal by what they say. */
final class ByValue extends JexlArithmetic {

  ByValue() {
    super(false);
  }

  @Override
  public boolean isStrict(JexlOperator operator) {
    return false;
  }

  @Override
  public boolean equals(Object left, Object right) {
    if (left == right) {
      return !isNotANumber(left);
    }
    if (left == null || right == null) {
      return false;
    }
    if (Numbers.isNumber(left) ? isNumeric(right) : Numbers.isNumber(right) && isNumeric(left)) {
      return !isNotANumber(left) && !isNotANumber(right) && Numbers.compare(left, right) == 0;
    }
    if (isText(left) || isText(right)) {
      String text = text(left);
      return text != null && text.equals(text(right));
    }
    return left.getClass().isArray()
        ? Arrays.deepEquals(new Object[] {left}, new Object[] {right})
        : left.equals(right);
  }

  private static boolean isText(Object value) {
    return value instanceof CharSequence || value instanceof Character;
  }

  /** A value as a text beside another text: an enum is its name; null for what is no text. */
  private static String text(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return isText(value) ? value.toString() : null;
  }

  /** What a number may be compared with: as in Java, a character too. */
  private static boolean isNumeric(Object value) {
    return Numbers.isNumber(value) || value instanceof Character;
  }

  private static boolean isNotANumber(Object value) {
    return (value instanceof Double d && d.isNaN()) || (value instanceof Float f && f.isNaN());
  }

  @Override
  public boolean lessThan(Object left, Object right) {
    return isOrdered(left, right, "<") && Numbers.compare(left, right) < 0;
  }

  @Override
  public boolean lessThanOrEqual(Object left, Object right) {
    return isOrdered(left, right, "<=") && Numbers.compare(left, right) <= 0;
  }

  @Override
  public boolean greaterThan(Object left, Object right) {
    return isOrdered(left, right, ">") && Numbers.compare(left, right) > 0;
  }

  @Override
  public boolean greaterThanOrEqual(Object left, Object right) {
    return isOrdered(left, right, ">=") && Numbers.compare(left, right) >= 0;
  }

  private static boolean isOrdered(Object left, Object right, String operator) {
    Numbers.check(left, operator);
    Numbers.check(right, operator);
    return !isNotANumber(left) && !isNotANumber(right);
  }

  @Override
  public Object add(Object left, Object right) {
    if (left instanceof CharSequence || right instanceof CharSequence) {
      return string(left) + string(right);
    }
    return Numbers.calculate(left, right, '+');
  }

  private static String string(Object value) {
    try {
      return Texts.of(value);
    } catch (NoKeyException e) {
      throw new Calculation.Failed(new ExpressionException(e.getMessage(), e));
    } catch (ExpressionException e) {
      throw new Calculation.Failed(e);
    }
  }

  @Override
  public Object subtract(Object left, Object right) {
    return Numbers.calculate(left, right, '-');
  }

  @Override
  public Object multiply(Object left, Object right) {
    return Numbers.calculate(left, right, '*');
  }

  @Override
  public Object divide(Object left, Object right) {
    return Numbers.calculate(left, right, '/');
  }

  @Override
  public Object mod(Object left, Object right) {
    return Numbers.calculate(left, right, '%');
  }

  @Override
  public Object negate(Object value) {
    return value instanceof Double d
        ? (Object) (-d)
        : value instanceof Float f ? (Object) (-f) : Numbers.calculate(0, value, '-');
  }

  @Override
  public Object positivize(Object value) {
    return Numbers.calculate(value, 0, '+');
  }

  @Override
  public boolean isNegateStable() {
    return false;
  }

  @Override
  public boolean isPositivizeStable() {
    return false;
  }

  @Override
  public boolean toBoolean(Object value) {
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw Numbers.failure("a " + value.getClass().getName() + " is neither true nor false");
  }

  @Override
  public Object not(Object value) {
    return !toBoolean(value);
  }
}
