/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.NoKeyException;
import java.util.ArrayList;
import java.util.List;

/** Text with expressions in braces: {@code key}, {@code tags} and {@code ttl}. */
public final class Template {

  /** One text more than there are expressions: texts stand before, between and after them. */
  private final String[] texts;

  private final Expression[] expressions;
  private final Separators separators;

  /** Takes null for the separators where values stand as they are. */
  private Template(List<String> texts, List<Expression> expressions, Separators separators) {
    this.texts = texts.toArray(new String[0]);
    this.expressions = expressions.toArray(new Expression[0]);
    this.separators = separators;
    if (separators != null) {
      for (int i = 1; i < this.texts.length - 1; i++) {
        this.texts[i] = separators.between(this.texts[i]);
      }
    }
  }

  /**
   * Compiles a {@code key}: values in it are escaped, so that different ones never give equal keys.
   *
   * @throws FaultyExpression if a brace is not closed, or an expression is at fault
   */
  public static Template key(String text, Names names, FieldAccess access) throws FaultyExpression {
    return new Reader(text, 0, names, access).read(true);
  }

  /**
   * Compiles a {@code ttl}: values stand in it as they are.
   *
   * @throws FaultyExpression if a brace is not closed, or an expression is at fault
   */
  public static Template text(String text, Names names, FieldAccess access)
      throws FaultyExpression {
    return new Reader(text, 0, names, access).read(false);
  }

  /**
   * Compiles {@code tags}: one template for each text between commas, blanks around it left out. A
   * comma inside an expression, or in a value, is part of the tag.
   *
   * @throws FaultyExpression if a brace is not closed, or an expression is at fault
   */
  public static List<Template> tags(String text, Names names, FieldAccess access)
      throws FaultyExpression {
    List<Template> tags = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int end = Braces.comma(text, start);
      String tag = text.substring(start, end);
      if (!tag.isBlank()) {
        int blanks = tag.length() - tag.stripLeading().length();
        tags.add(new Reader(tag.strip(), start + blanks, names, access).read(false));
      }
      start = end + 1;
    }
    return List.copyOf(tags);
  }

  /** Whether there is an expression in it; without one its text is always the same. */
  public boolean hasExpression() {
    return expressions.length > 0;
  }

  /** Whether it names {@code result}, so that it can be rendered only after the call. */
  public boolean namesResult() {
    for (Expression each : expressions) {
      if (each.namesResult()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The text for one call.
   *
   * @param arguments in the order of the parameters
   * @param result what the call gave; of no meaning where the template does not name it
   * @throws NoKeyException if a value is an array or has no {@code toString} of its own
   * @throws ExpressionException if an expression has no value
   */
  public String render(Object[] arguments, Object result)
      throws NoKeyException, ExpressionException {
    if (expressions.length == 0) {
      return texts[0];
    }
    StringBuilder rendered = new StringBuilder(texts[0]);
    for (int i = 0; i < expressions.length; i++) {
      Object value = expressions[i].evaluate(arguments, result);
      if (separators == null) {
        rendered.append(Texts.of(value));
      } else if (value == null) {
        rendered.append(Separators.NULL);
      } else {
        separators.append(rendered, Texts.of(value));
      }
      rendered.append(texts[i + 1]);
    }
    return rendered.toString();
  }

  /** Takes the text of a template apart. */
  private static final class Reader {

    private final String text;
    private final int shift;
    private final Names names;
    private final FieldAccess access;
    private final List<String> texts = new ArrayList<>();
    private final List<Expression> expressions = new ArrayList<>();

    Reader(String text, int shift, Names names, FieldAccess access) {
      this.text = text;
      this.shift = shift;
      this.names = names;
      this.access = access;
    }

    Template read(boolean isKey) throws FaultyExpression {
      if (text.startsWith("#") && text.indexOf('{') < 0) {
        texts.add("");
        expressions.add(Parser.parse(text, 0, text.length(), shift, names, access));
        texts.add("");
      } else {
        braces();
      }
      Separators separators =
          isKey && !expressions.isEmpty()
              ? new Separators(texts.subList(1, texts.size() - 1))
              : null;
      return new Template(texts, expressions, separators);
    }

    private void braces() throws FaultyExpression {
      StringBuilder literal = new StringBuilder();
      for (int at = 0; at < text.length(); at++) {
        char next = text.charAt(at);
        boolean isTwice = at + 1 < text.length() && text.charAt(at + 1) == next;
        if ((next == '{' || next == '}') && isTwice) {
          literal.append(next);
          at++;
        } else if (next == '{') {
          int end = Braces.end(text, at);
          if (end < 0) {
            throw new FaultyExpression("'{' is not closed; a brace itself is '{{'", at + shift);
          }
          texts.add(literal.toString());
          literal.setLength(0);
          expressions.add(Parser.parse(text, at + 1, end, shift, names, access));
          at = end;
        } else if (next == '}') {
          throw new FaultyExpression("'}' closes no '{'; a brace itself is '}}'", at + shift);
        } else {
          literal.append(next);
        }
      }
      texts.add(literal.toString());
    }
  }
}
