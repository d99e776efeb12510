/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers as Java widens them, and the large ones as their own methods do. */
final class Numbers {

  private static final int INT = 0;
  private static final int LONG = 1;
  private static final int BIG_INTEGER = 2;
  private static final int FLOAT = 3;
  private static final int DOUBLE = 4;
  private static final int BIG_DECIMAL = 5;

  private Numbers() {}

  static void check(Object value, String operator) {
    rank(value, operator);
  }

  /** Whether a value can be compared with every other one that is. */
  static boolean isNumber(Object value) {
    return rank(value) >= 0 && !(value instanceof Character);
  }

  private static int rank(Object value, String operator) {
    int rank = rank(value);
    if (rank >= 0) {
      return rank;
    }
    throw failure(
        "'"
            + operator
            + "' needs numbers, not "
            + (value == null ? "null" : "a " + value.getClass().getName()));
  }

  private static int rank(Object value) {
    if (value instanceof Integer
        || value instanceof Short
        || value instanceof Byte
        || value instanceof Character
        || value instanceof AtomicInteger) {
      return INT;
    }
    if (value instanceof Long || value instanceof AtomicLong) {
      return LONG;
    }
    if (value instanceof Double) {
      return DOUBLE;
    }
    if (value instanceof Float) {
      return FLOAT;
    }
    if (value instanceof BigDecimal) {
      return BIG_DECIMAL;
    }
    if (value instanceof BigInteger) {
      return BIG_INTEGER;
    }
    return -1;
  }

  private static int rank(Object left, Object right, String operator) {
    int first = rank(left, operator);
    int second = rank(right, operator);
    int higher = Math.max(first, second);
    boolean isMixed = Math.min(first, second) == BIG_INTEGER && higher > BIG_INTEGER;
    return isMixed ? BIG_DECIMAL : higher;
  }

  static int compare(Object left, Object right) {
    return switch (rank(left, right, "==")) {
      case INT, LONG -> Long.compare(whole(left), whole(right));
      case FLOAT, DOUBLE -> compare(real(left), real(right));
      case BIG_INTEGER -> big(left).compareTo(big(right));
      default -> compareDecimals(left, right);
    };
  }

  /** As {@code <} and {@code >} tell it, to which the two zeros are one. */
  private static int compare(double left, double right) {
    return left < right ? -1 : left > right ? 1 : 0;
  }

  private static int compareDecimals(Object left, Object right) {
    if (isInfinite(left) || isInfinite(right)) {
      return Double.compare(real(left), real(right));
    }
    return decimal(left).compareTo(decimal(right));
  }

  private static boolean isInfinite(Object value) {
    return (value instanceof Double || value instanceof Float) && Double.isInfinite(real(value));
  }

  static Object calculate(Object left, Object right, char operator) {
    int rank = rank(left, right, String.valueOf(operator));
    try {
      return calculate(rank, left, right, operator);
    } catch (ArithmeticException e) {
      // JEXL takes a division by zero for 0, unless it is told by another exception.
      // Compiled code throws it without a message.
      throw failure(e.getMessage() == null ? "/ by zero" : e.getMessage());
    }
  }

  static RuntimeException failure(String message) {
    return new Calculation.Failed(new ExpressionException(message));
  }

  private static Object calculate(int rank, Object left, Object right, char operator) {
    return switch (rank) {
      case INT -> (int) whole(whole(left), whole(right), operator);
      case LONG -> whole(whole(left), whole(right), operator);
      case FLOAT -> real((float) real(left), (float) real(right), operator);
      case DOUBLE -> real(real(left), real(right), operator);
      case BIG_INTEGER -> big(big(left), big(right), operator);
      default -> decimal(decimal(left), decimal(right), operator);
    };
  }

  private static long whole(long left, long right, char operator) {
    return switch (operator) {
      case '+' -> left + right;
      case '-' -> left - right;
      case '*' -> left * right;
      case '/' -> left / right;
      default -> left % right;
    };
  }

  private static float real(float left, float right, char operator) {
    return switch (operator) {
      case '+' -> left + right;
      case '-' -> left - right;
      case '*' -> left * right;
      case '/' -> left / right;
      default -> left % right;
    };
  }

  private static double real(double left, double right, char operator) {
    return switch (operator) {
      case '+' -> left + right;
      case '-' -> left - right;
      case '*' -> left * right;
      case '/' -> left / right;
      default -> left % right;
    };
  }

  private static BigInteger big(BigInteger left, BigInteger right, char operator) {
    return switch (operator) {
      case '+' -> left.add(right);
      case '-' -> left.subtract(right);
      case '*' -> left.multiply(right);
      case '/' -> left.divide(right);
      default -> left.remainder(right);
    };
  }

  private static BigDecimal decimal(BigDecimal left, BigDecimal right, char operator) {
    return switch (operator) {
      case '+' -> left.add(right);
      case '-' -> left.subtract(right);
      case '*' -> left.multiply(right);
      case '/' -> left.divide(right, MathContext.DECIMAL128);
      default -> left.remainder(right);
    };
  }

  private static long whole(Object value) {
    return value instanceof Character unit ? unit : ((Number) value).longValue();
  }

  private static double real(Object value) {
    return value instanceof Character unit ? unit : ((Number) value).doubleValue();
  }

  private static BigInteger big(Object value) {
    return value instanceof BigInteger number ? number : BigInteger.valueOf(whole(value));
  }

  private static BigDecimal decimal(Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    if (value instanceof BigInteger number) {
      return new BigDecimal(number);
    }
    if (value instanceof Double || value instanceof Float) {
      if (!Double.isFinite(real(value))) {
        throw failure(value + " has no place among decimal numbers");
      }
      return new BigDecimal(value.toString());
    }
    return BigDecimal.valueOf(whole(value));
  }
}
