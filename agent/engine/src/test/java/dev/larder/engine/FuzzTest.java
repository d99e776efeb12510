/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.config.Catalogue;
import dev.larder.engine.config.Fault;
import dev.larder.engine.config.SettingsReader;
import dev.larder.engine.expr.Expression;
import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.expr.FaultyExpression;
import dev.larder.engine.expr.Names;
import dev.larder.engine.expr.Template;
import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.match.ClassPattern;
import dev.larder.engine.match.FaultyPattern;
import dev.larder.engine.match.MethodPattern;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * What people write: whatever it is, the parsers give a result or say what is wrong, in a time that
 * its length bounds, and throw nothing else.
 *
 * <p>jqwik prints the seed of a failure. A longer run: {@code -Djqwik.tries.default=1000000}. The
 * decoder of entries has its own such tests, {@code EntryCodecTest}.
 */
class FuzzTest {

  private static final FieldAccess ACCESS = FieldAccess.plain();
  private static final Names NAMES =
      new Names(List.of("id", "order"), List.of(long.class, Order.class), true, null);
  private static final Object[] ARGUMENTS = {7L, new Order("a\\b", 3, null)};

  record Order(String name, int count, Order next) {}

  /**
   * Texts of words and signs that mean something there, of any others, and of very many of one.
   *
   * @param most how many words make a text
   */
  private static Arbitrary<String> texts(int most, String... words) {
    Arbitrary<String> word =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.of(words)), Tuple.of(1, Arbitraries.strings().ofMaxLength(3)));
    Arbitrary<String> sentence = word.list().ofMaxSize(most).map(all -> String.join("", all));
    Arbitrary<String> deep =
        Arbitraries.of(words).map(each -> each.repeat(40_000 / Math.max(1, each.length())));
    return Arbitraries.frequencyOf(Tuple.of(100, sentence), Tuple.of(1, deep));
  }

  @Provide
  Arbitrary<String> expressions() {
    return texts(
        24,
        "id",
        "order",
        "result",
        "p0",
        "p1",
        "p9",
        "#id",
        ".name",
        ".count",
        ".next",
        ".class",
        ".getClass",
        "()",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "{{",
        "}}",
        "==",
        "!=",
        "<",
        "<=",
        ">=",
        "&&",
        "||",
        "!",
        "+",
        "-",
        "*",
        "/",
        "%",
        "'",
        "\"",
        "'a'",
        "\\",
        "0",
        "1",
        "9",
        "1.5",
        "1e9",
        "null",
        "true",
        "false",
        " ",
        "new ",
        "size",
        "empty",
        "=~",
        "?",
        ":",
        ";",
        "=",
        "->",
        "$",
        "`",
        ",",
        "0x",
        "L",
        "~");
  }

  @Property
  void expression_ofAnyText_isCompiledOrFaulty(@ForAll("expressions") String text) {
    Expression expression;
    try {
      expression = Expression.compile(text, NAMES, ACCESS);
    } catch (FaultyExpression faulty) {
      assertThat(faulty.position()).isBetween(0, text.length() + 1);
      return;
    }
    try {
      expression.test(ARGUMENTS, "result");
    } catch (ExpressionException failed) {
      assertThat(failed.getMessage()).isNotBlank();
    }
  }

  @Property
  void template_ofAnyText_isRenderedOrFaulty(@ForAll("expressions") String text) {
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

  @Provide
  Arbitrary<String> patterns() {
    return texts(
        24,
        "com",
        "acme",
        "Shop",
        "find",
        "a",
        ".",
        "..",
        "*",
        "**",
        "+",
        "(",
        ")",
        "(..)",
        "()",
        ",",
        " ",
        "@",
        "@com.acme.Slow ",
        "long",
        "int",
        "String",
        "java.util.List",
        "<",
        ">",
        "[]",
        "...",
        "$",
        "!",
        "public ",
        "void ",
        "\\",
        "\t",
        "é",
        "#",
        "%");
  }

  @Property
  void pattern_ofAnyText_isParsedOrFaulty(@ForAll("patterns") String text) {
    try {
      for (MethodPattern pattern : MethodPattern.parseList(text)) {
        pattern.matchesTypeName("com.acme.shop.Shop$Inner");
        pattern.matchesMethod("find", List.of("long", "java.util.List"), type -> Set.of());
        assertThat(MethodPattern.parseList(pattern.text())).hasSize(1);
      }
    } catch (FaultyPattern faulty) {
      assertThat(faulty.getMessage()).isNotBlank();
    }
    try {
      for (ClassPattern pattern : ClassPattern.parseList(text)) {
        pattern.matchesName("com.acme.shop.Shop$Inner");
        pattern.matches(Order.class);
      }
    } catch (FaultyPattern faulty) {
      assertThat(faulty.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<String> files() {
    return texts(
        8, // each line that is no key is compared with all that are
        "cache.",
        "http.",
        "products",
        ".ttl",
        ".methods",
        ".batch",
        "ttl",
        "backend",
        "prefix",
        "seal.key",
        "redis.uri",
        "=",
        " = ",
        ":",
        "\n",
        "\r\n",
        "\\\n",
        "\\",
        "\\u00",
        "\\u0041",
        "#",
        "!",
        " ",
        "5m",
        "-1",
        "99999999999999999999d",
        "forever",
        "true",
        "redis",
        "memory",
        "env:",
        "file:",
        "a.B.c(..)",
        "{id}",
        "10%",
        "1GB",
        "P1D",
        ",",
        "é",
        "\uFEFF",
        "\0");
  }

  @Property
  void file_ofAnyText_isReadOrRefusedWithFaults(@ForAll("files") String text) {
    SettingsReader reader = new SettingsReader(new Catalogue(List.of()), Map.of());
    reader.file("larder.properties", text);
    for (Fault fault : reader.faults()) {
      assertThat(fault.toString()).isNotBlank();
    }
    if (reader.faults().isEmpty()) {
      assertThat(reader.settings()).isNotNull();
    }
  }
}
