/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.key.FieldAccess;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

  private static final FieldAccess ACCESS = FieldAccess.plain();

  enum Colour {
    RED,
    BLUE {
      @Override
      public String toString() {
        return "sky";
      }
    }
  }

  record Product(Long id, String name, Colour colour, boolean draft, Product parent) {}

  static class Bean {
    public final int open = 7;
    private final boolean ready = true;
    private int asked;

    public boolean isReady() {
      return ready;
    }

    public int getAsked() {
      return ++asked;
    }

    public String getBroken() {
      throw new IllegalStateException("broken");
    }

    int getHidden() {
      return 1;
    }

    public void getNothing() {}

    public static String getStatic() {
      return "static";
    }
  }

  private static Object eval(String text, Object... arguments) throws Exception {
    String[] names = Arrays.copyOf(new String[] {"a", "b", "c"}, arguments.length);
    return Expression.compile(text, Names.of(names), ACCESS).evaluate(arguments, null);
  }

  private static FaultyExpression fault(String text, Names names) {
    try {
      Expression.compile(text, names, ACCESS);
    } catch (FaultyExpression e) {
      return e;
    }
    throw new AssertionError("no fault was found in: " + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "1 + 2 * 3 | 7",
        "(1 + 2) * 3 | 9",
        "7 / 2 | 3",
        "-7 / 2 | -3",
        "-7 % 3 | -1",
        "7 / 2.0 | 3.5",
        "2147483647 + 1 | -2147483648",
        "2147483647 + 1L | 2147483648",
        "2147483648 | 2147483648",
        "10 - 2 - 3 | 5",
        "- - 5 | 5",
        "-2147483648 - 1 | 2147483647",
        "- 9223372036854775808 | -9223372036854775808",
        "-9223372036854775808L - 1 | 9223372036854775807",
        "1 == 2 == false | true",
        "1 != 2 == 2 > 1 != (3 == 3 == true) | false",
        "1 == 1 == true && 2 == 2 == false || 3 == 3 == true | true",
        "+5 | 5",
        "'a' + 1 + 2 | a12",
        "1 + 2 + 'a' | 3a",
        "'a' + null | anull",
        "\"it's\" | it's",
        "'it\\'s' | it's",
        "'\\u0041' | A",
        "1e3 | 1000.0",
        "1.5f + 1 | 2.5",
        "1 == 1 | true",
        "1 == 1.0 | true",
        "1 == 1L | true",
        "1 == '1' | false",
        "'1' == 1 | false",
        "1 != '1' | true",
        "'a' == \"a\" | true",
        "null == null | true",
        "null == 0 | false",
        "null == false | false",
        "true == 'true' | false",
        "1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3 | true",
        "false || true && false | false",
        "!false | true",
        "!(1 == 2) | true",
        "!true || true | true",
      })
  void evaluate_literals_asInJavaByValue(String text, String expected) throws Exception {
    assertThat(String.valueOf(eval(text))).isEqualTo(expected);
  }

  @Test
  void equality_acrossTypesOfNumbers_isNumeric() throws Exception {
    for (Object one :
        List.of(1, 1L, (short) 1, (byte) 1, 1.0, 1f, new BigDecimal("1.00"), BigInteger.ONE)) {
      assertThat(eval("a == 1 && 1 == a && a == 1.0 && a < 2 && !(a > 1)", one))
          .as("%s", one.getClass())
          .isEqualTo(true);
    }
    assertThat(eval("a == a", Double.NaN)).isEqualTo(false);
    assertThat(eval("a == b", 0.0, -0.0)).isEqualTo(true);
    assertThat(eval("a < b", BigDecimal.ONE, Double.POSITIVE_INFINITY)).isEqualTo(true);
    assertThat(eval("a + b", new BigDecimal("0.1"), 0.2)).isEqualTo(new BigDecimal("0.3"));
    assertThat(eval("a == b", Long.MAX_VALUE, Long.MAX_VALUE - 1)).isEqualTo(false);
  }

  @Test
  void equality_ofEnums_isByName() throws Exception {
    assertThat(eval("a == 'BLUE' && 'BLUE' == a && a != 'sky'", Colour.BLUE)).isEqualTo(true);
    assertThat(eval("a == b", Colour.RED, Colour.RED)).isEqualTo(true);
    assertThat(eval("a == b", Colour.RED, Colour.BLUE)).isEqualTo(false);
    assertThat(eval("a == 0", Colour.RED)).isEqualTo(false);
  }

  @Test
  void optional_isItsContent() throws Exception {
    assertThat(eval("a", Optional.of(5))).isEqualTo(5);
    assertThat(eval("a == null", Optional.empty())).isEqualTo(true);
    assertThat(eval("a + 1", OptionalInt.of(2))).isEqualTo(3);
    assertThat(eval("a.id", Optional.of(new Product(1L, "x", null, true, null)))).isEqualTo(1L);
  }

  @Test
  void path_throughRecordsGettersAndFields_isRead() throws Exception {
    Product parent = new Product(1L, "p", Colour.RED, false, null);
    Product child = new Product(2L, "c", null, true, parent);
    assertThat(eval("a.parent.id", child)).isEqualTo(1L);
    assertThat(eval("#a.parent . name", child)).isEqualTo("p");
    assertThat(eval("a.parent.parent.parent.id", child)).isNull();
    assertThat(eval("a.id", (Object) null)).isNull();
    assertThat(eval("a.open", new Bean())).isEqualTo(7);
    assertThat(eval("a.ready", new Bean())).isEqualTo(true);
    assertThat(eval("a.length", new int[] {1, 2})).isEqualTo(2);
    assertThat(eval("a.key", Map.entry("k", 1))).isEqualTo("k");
    assertThat(eval("a.empty", List.of())).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.hidden", "a.nothing", "a.static", "a.class", "a.absent", "a.broken"})
  void path_toWhatIsNoProperty_fails(String text) {
    assertThatThrownBy(() -> eval(text, new Bean())).isInstanceOf(ExpressionException.class);
  }

  @Test
  void path_fromClass_endsThere() {
    assertThatThrownBy(() -> eval("a.classLoader", String.class))
        .isInstanceOf(ExpressionException.class);
    assertThatThrownBy(() -> eval("a.contextClassLoader", Thread.currentThread()))
        .isInstanceOf(ExpressionException.class);
  }

  @Test
  void and_whereLeftIsFalse_readsNoRight() throws Exception {
    Bean bean = new Bean();
    assertThat(eval("1 == 2 && a.asked > 0", bean)).isEqualTo(false);
    assertThat(eval("1 == 1 || a.broken", bean)).isEqualTo(true);
    assertThat(bean.asked).isZero();
    assertThat(eval("a.asked == 1", bean)).isEqualTo(true);
    assertThat(bean.asked).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 / 0",
        "'a' < 'b'",
        "null > 1",
        "1 && true",
        "!'x'",
        "true + 1",
        "-'a'",
        "1 % 0"
      })
  void evaluate_whatHasNoValue_fails(String text) {
    assertThatThrownBy(() -> eval(text)).isInstanceOf(ExpressionException.class);
  }

  @Test
  void evaluate_whatFailsVeryOften_saysWhyEachTime() throws Exception {
    Names names = new Names(List.of("id"), List.of(long.class), false, null);
    Expression expression = Expression.compile("id % 0", names, FieldAccess.plain());

    for (int i = 0; i < 100_000; i++) { // by then it is compiled code that throws
      try {
        expression.evaluate(new Object[] {7L}, null);
      } catch (ExpressionException failed) {
        assertThat(failed.getMessage()).isEqualTo("/ by zero");
      }
    }
  }

  static class Failing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean equals(Object other) {
      throw this;
    }

    @Override
    public int hashCode() {
      return 0;
    }

    @Override
    public String toString() {
      throw this;
    }

    @Override
    public String getMessage() {
      throw this;
    }

    public String getIt() {
      throw this;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a == b", "a + 'x'", "a.it", "a.it == 1", "!a"})
  void evaluate_whereTheApplicationThrows_fails(String text) {
    assertThatThrownBy(() -> eval(text, new Failing(), 1))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("Failing");
  }

  @Test
  void test_ofNull_isFalse() throws Exception {
    Expression unless =
        Expression.compile("result.draft", Names.of().withResult(Product.class), ACCESS);
    assertThat(unless.namesResult()).isTrue();
    assertThat(unless.test(new Object[0], null)).isFalse();
    assertThat(unless.test(new Object[0], new Product(1L, "x", null, true, null))).isTrue();
    Expression not =
        Expression.compile("!result.draft", Names.of().withResult(Product.class), ACCESS);
    assertThat(not.test(new Object[0], null)).isTrue();
    assertThatThrownBy(
            () -> Expression.compile("p0", Names.of("id"), ACCESS).test(new Object[] {1}, null))
        .isInstanceOf(ExpressionException.class);
  }

  @Test
  void names_byPosition_areAlwaysKnown() throws Exception {
    Names names = Names.of(null, "id");
    assertThat(Expression.compile("p0", names, ACCESS).evaluate(new Object[] {1, 2}, 3))
        .isEqualTo(1);
    assertThat(Expression.compile("#p1", names, ACCESS).evaluate(new Object[] {1, 2}, 3))
        .isEqualTo(2);
    assertThat(
            Expression.compile("result", names.withResult(null), ACCESS)
                .evaluate(new Object[] {1, 2}, 3))
        .isEqualTo(3);
    assertThat(fault("p2", names)).hasMessageContaining("p0, id");
    assertThat(fault("result", names)).hasMessageContaining("before the call");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "a.foo() | 2",
        "1 + a.foo(2) | 6",
        "a() | 0",
        "T(java.lang.Runtime) | 0",
        "#root | 0",
        "java.lang.System | 0",
        "a['x'] | 1",
        "a[0] | 1",
        "a = 1 | 2",
        "a += 1 | 3",
        "a ++ | 4",
        "a ? 1 : 2 | 2",
        "a ?: 2 | 2",
        "a?.b | 1",
        "new a | 0",
        "new('java.io.File', 'x') | 0",
        "a; b | 1",
        "a =~ b | 2",
        "a & b | 2",
        "a ^ b | 2",
        "~a | 0",
        "a -> b | 3",
        "() -> 1 | 1",
        "[1, 2] | 0",
        "a, b | 1",
        "{'a': 1} | 0",
        "var x | 0",
        "if | 0",
        "while(true) | 0",
        "empty a | 0",
        "size a | 0",
        "not a | 0",
        "a eq b | 2",
        "a and b | 2",
        "a < b < a | 6",
        "a instanceof b | 2",
        "@a | 0",
        "$0 | 0",
        "a..b | 2",
        "a. | 2",
        ".a | 0",
        "a b | 2",
        "1 2 | 2",
        "1x | 0",
        "010 | 0",
        "1.2.3 | 0",
        "99999999999999999999 | 0",
        "9223372036854775808 | 0",
        "5 - 9223372036854775808 | 4",
        "-(9223372036854775808) | 2",
        "a == b == a < b < a | 16",
        "'x | 0",
        "'\\q' | 1",
        "'\\u00g0' | 1",
        "(a | 0",
        "a) | 1",
        "a + | 3",
        "* a | 0",
        "!= a | 0",
        "a == | 4",
        "# | 1",
        "#{a} | 1",
        "#true | 0",
        "// a | 0",
        "a /* b */ | 3",
        "unknown | 0",
        "a + unknown | 4",
      })
  void compile_whatIsForbiddenOrWrong_isFaultAtPosition(String text, String position) {
    FaultyExpression fault = fault(text, Names.of("a", "b"));
    assertThat(fault.position()).as(fault.getMessage()).isEqualTo(Integer.parseInt(position));
    assertThat(fault.getMessage()).isNotBlank();
  }

  @Test
  void compile_nameOfAMethodWhoseClassKeepsNone_saysHowItWouldBeKept() {
    assertThat(fault("id", Names.of((String) null)).getMessage())
        .isEqualTo(
            "there is no parameter 'id'; known are: p0; the class keeps no names of"
                + " parameters: compile it with -g or -parameters");
    assertThat(fault("id", Names.of("a")).getMessage())
        .isEqualTo("there is no parameter 'id'; known are: a");
  }

  @Test
  void compile_nothing_isFault() {
    assertThat(fault("", Names.of()).getMessage()).contains("no expression");
    assertThat(fault("  ", Names.of()).position()).isZero();
    assertThat(fault("a | b", Names.of("a", "b")).position()).isEqualTo(2);
  }

  @Test
  void compile_tooDeepOrTooLong_isFaultAndNoError() {
    assertThat(fault("(".repeat(100_000) + "a", Names.of("a"))).isNotNull();
    assertThat(fault("!".repeat(100_000) + "a", Names.of("a"))).isNotNull();
    assertThat(fault("a" + "+a".repeat(100_000), Names.of("a"))).isNotNull();
  }

  @Test
  void compile_longestAllowed_evaluates() throws Exception {
    assertThat(eval("a" + "+a".repeat(200), 1)).isEqualTo(201);
    assertThat(eval("(".repeat(50) + "a" + ")".repeat(50) + "+1", 1)).isEqualTo(2);
  }

  @Test
  void compile_propertyThatFinalTypeLacks_isFault() {
    Names names =
        new Names(List.of("product", "id"), List.of(Product.class, long.class), true, null);
    assertThat(fault("product.naem", names).position()).isEqualTo(8);
    assertThat(fault("product.parent.naem", names).position()).isEqualTo(15);
    assertThat(fault("id.value", names).getMessage()).contains("long");
    assertThat(fault("product.name.size", names).getMessage()).contains("java.lang.String");
  }

  @Test
  void compile_propertyThatSubclassMayHave_isLeftToTheCall() throws Exception {
    Names names = new Names(List.of("a"), List.of(Bean.class), false, null);
    Expression expression = Expression.compile("a.more", names, ACCESS);
    assertThatThrownBy(() -> expression.evaluate(new Object[] {new Bean()}, null))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("more");
  }

  /** Whatever stands in an attribute, it is an expression or a fault inside the text. */
  @Property(tries = 5000)
  void compile_anyText_isExpressionOrFault(@ForAll("texts") String text) throws Exception {
    Names names = Names.of("a", "b").withResult(null);
    try {
      Expression expression = Expression.compile(text, names, ACCESS);
      try {
        expression.evaluate(new Object[] {1, "x"}, 2.5);
      } catch (ExpressionException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    } catch (FaultyExpression e) {
      assertThat(e.position()).isBetween(0, text.length());
    }
    try {
      Template.tags(text, names, ACCESS);
    } catch (FaultyExpression e) {
      assertThat(e.position()).isBetween(0, text.length());
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "b", "result", ".", "x", "(", ")", "+", "-", "!", "==", "=", "<", "&&", "||", "1",
            "2.5", "'t'", "'", "\"", "{", "}", ",", "#", " ", "null", "true", "[", "?", "\\", "p0",
            "9", "e", "L", "/", "%", "*", "~", ";", "new", "\n", "\u00e9", "\ud83d", "\0")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
