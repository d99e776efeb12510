/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

/**
 * How templates and expressions are written, before it is known which methods they are for: what
 * names there are, and what the operators come to, is seen once a method has them.
 *
 * <p>It runs before the application does, and so has the JDK make nothing.
 */
public final class Syntax {

  private Syntax() {}

  /**
   * Looks over a template.
   *
   * @throws FaultyExpression if a brace is not closed, or an expression is wrong whatever it names
   */
  public static void ofTemplate(String text) throws FaultyExpression {
    Template.text(text, Names.ANY, null);
  }

  /**
   * Looks over templates that are separated by commas.
   *
   * @throws FaultyExpression as {@link #ofTemplate}
   */
  public static void ofTags(String text) throws FaultyExpression {
    Template.tags(text, Names.ANY, null);
  }

  /**
   * Looks over an expression.
   *
   * @throws FaultyExpression if it is wrong whatever it names
   */
  public static void ofExpression(String text) throws FaultyExpression {
    Expression.compile(text, Names.ANY, null);
  }
}
