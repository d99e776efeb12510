/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import dev.larder.engine.expr.FaultyExpression;
import dev.larder.engine.expr.Syntax;

/**
 * Reads templates and expressions, which stay texts: they are compiled for each method. Null for an
 * empty text, which takes away what an annotation says.
 */
final class Templates {

  private static final String TEMPLATE =
      "text with expressions in braces, such as {id}; {{ and }} for braces themselves";
  private static final String EXPRESSION =
      "names of parameters and their properties, result, numbers, 'text', operators and parentheses";

  private Templates() {}

  static String template(String text) throws FaultyValue {
    try {
      Syntax.ofTemplate(text);
    } catch (FaultyExpression faulty) {
      throw faulty(faulty, TEMPLATE);
    }
    return text.isEmpty() ? null : text;
  }

  /** Templates separated by commas. */
  static String tags(String text) throws FaultyValue {
    try {
      Syntax.ofTags(text);
    } catch (FaultyExpression faulty) {
      throw faulty(faulty, TEMPLATE);
    }
    return text.isEmpty() ? null : text;
  }

  static String expression(String text) throws FaultyValue {
    if (text.isEmpty()) {
      return null;
    }
    try {
      Syntax.ofExpression(text);
    } catch (FaultyExpression faulty) {
      throw faulty(faulty, EXPRESSION);
    }
    return text;
  }

  private static FaultyValue faulty(FaultyExpression faulty, String allowed) {
    return new FaultyValue(
        faulty.getMessage() + " (at position " + faulty.position() + ")", allowed);
  }
}
