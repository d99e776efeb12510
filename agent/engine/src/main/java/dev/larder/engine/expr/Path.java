/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A parameter or the result, and properties of it one after the other: {@code product.id}.
 *
 * <p>It needs no interpreter, and keeps nothing of the classes that it meets.
 */
final class Path implements Operand {

  /** The index that stands for the result. */
  static final int RESULT = -1;

  private final int root;
  private final String[] names;

  /** Where each name stands in the attribute. */
  private final int[] positions;

  private final Properties properties;

  Path(int root, List<String> names, List<Integer> positions, Properties properties) {
    this.root = root;
    this.names = names.toArray(new String[0]);
    this.positions = positions.stream().mapToInt(Integer::intValue).toArray();
    this.properties = properties;
  }

  @Override
  public Object value(Object[] arguments, Object result) throws ExpressionException {
    Object value = content(root == RESULT ? result : arguments[root]);
    for (int i = 0; i < names.length && value != null; i++) {
      value = content(property(value, i));
    }
    return value;
  }

  private Object property(Object holder, int index) throws ExpressionException {
    try {
      return properties.read(holder, names[index]);
    } catch (ExpressionException failed) {
      throw failed.at(positions[index]);
    }
  }

  @Override
  public boolean namesResult() {
    return root == RESULT;
  }

  /** An optional is its content, null if it has none. */
  private static Object content(Object value) {
    Object content = value;
    while (content instanceof Optional<?> optional) {
      content = optional.orElse(null);
    }
    if (content instanceof OptionalInt optional) {
      return optional.isPresent() ? optional.getAsInt() : null;
    }
    if (content instanceof OptionalLong optional) {
      return optional.isPresent() ? optional.getAsLong() : null;
    }
    if (content instanceof OptionalDouble optional) {
      return optional.isPresent() ? optional.getAsDouble() : null;
    }
    return content;
  }
}
