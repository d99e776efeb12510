/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.larder.engine.expr.Expression;
import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.expr.FaultyExpression;
import dev.larder.engine.expr.Names;
import dev.larder.engine.expr.Template;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.NoKeyException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Any text is an expression or a fault at a position, and a template too; nothing else is thrown.
 */
class ExpressionFuzzTest {

  private static final FieldAccess ACCESS = FieldAccess.plain();
  private static final Names NAMES =
      new Names(List.of("id", "order"), List.of(long.class, Order.class), true, null);
  private static final Object[] ARGUMENTS = {7L, new Order("a\\b", 3, null)};

  record Order(String name, int count, Order next) {}

  @DictionaryEntries({
    "id",
    "order",
    "result",
    "p0",
    "p1",
    "#id",
    ".name",
    ".count",
    ".next",
    ".class",
    "()",
    "==",
    "!=",
    "<=",
    ">=",
    "&&",
    "||",
    "null",
    "true",
    "false",
    "{",
    "}",
    "{{",
    "}}",
    "'a'",
    "1.5",
    "1e9",
    "new ",
    "size",
    "empty",
    "=~",
    "->",
    "0x",
    "instanceof"
  })
  @FuzzTest(maxDuration = "10m")
  void expression_ofAnyText_isCompiledOrFaulty(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    try {
      Expression.compile(text, NAMES, ACCESS).test(ARGUMENTS, "result");
    } catch (FaultyExpression faulty) {
      assertThat(faulty.position()).isBetween(0, text.length() + 1);
    } catch (ExpressionException failed) {
      assertThat(failed.getMessage()).isNotBlank();
    }
    try {
      Template.key(text, NAMES, ACCESS).render(ARGUMENTS, "result");
      Template.text(text, NAMES, ACCESS).render(ARGUMENTS, null);
      for (Template tag : Template.tags(text, NAMES, ACCESS)) {
        tag.render(ARGUMENTS, null);
      }
    } catch (FaultyExpression faulty) {
      assertThat(faulty.position()).isBetween(0, text.length() + 1);
    } catch (ExpressionException | NoKeyException failed) {
      assertThat(failed.getMessage()).isNotBlank();
    }
  }
}
