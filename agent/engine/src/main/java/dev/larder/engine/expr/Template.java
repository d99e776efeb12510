/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.NoKeyException;
import java.util.List;

/** Text with expressions in braces: {@code key}, {@code tags} and {@code ttl}. */
public final class Template {

  private Template() {}

  /**
   * Compiles a {@code key}: values in it are escaped, so that different ones never give equal keys.
   */
  public static Template key(String text, Names names, FieldAccess access) throws FaultyExpression {
    throw new FaultyExpression(text, 0);
  }

  /** Compiles a {@code ttl}: values stand in it as they are. */
  public static Template text(String text, Names names, FieldAccess access)
      throws FaultyExpression {
    throw new FaultyExpression(text, 0);
  }

  /**
   * Compiles {@code tags}: one template for each text between commas, blanks around it left out.
   */
  public static List<Template> tags(String text, Names names, FieldAccess access)
      throws FaultyExpression {
    throw new FaultyExpression(text, 0);
  }

  /** Whether there is an expression in it; without one its text is always the same. */
  public boolean hasExpression() {
    return false;
  }

  /** Whether it names {@code result}, so that it can be rendered only after the call. */
  public boolean namesResult() {
    return false;
  }

  /**
   * The text for one call.
   *
   * @throws NoKeyException if a value is an array or has no {@code toString} of its own
   * @throws ExpressionException if an expression has no value
   */
  public String render(Object[] arguments, Object result)
      throws NoKeyException, ExpressionException {
    throw new ExpressionException("");
  }
}
