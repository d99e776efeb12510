/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.NoKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TemplateTest {

  private static final FieldAccess ACCESS = FieldAccess.plain();
  private static final Names AB = Names.of("a", "b");

  private static String key(String text, Object... arguments) throws Exception {
    String[] names = Arrays.copyOf(new String[] {"a", "b", "c"}, arguments.length);
    return Template.key(text, Names.of(names), ACCESS).render(arguments, null);
  }

  private static FaultyExpression fault(String text) {
    try {
      Template.key(text, AB, ACCESS);
    } catch (FaultyExpression e) {
      return e;
    }
    throw new AssertionError("no fault was found in: " + text);
  }

  @Test
  void key_ofSimpleTemplates_isTheirText() throws Exception {
    assertThat(key("{a}", 7L)).isEqualTo("7");
    assertThat(key("#a", "x")).isEqualTo("x");
    assertThat(key("#a + ':' + #b", "x", 1)).isEqualTo("x:1");
    assertThat(key("user:{a}", "a:b")).isEqualTo("user:a:b");
    assertThat(key("{{{a}}}", 1)).isEqualTo("{1}");
    assertThat(key("plain")).isEqualTo("plain");
    assertThat(key("{a == '}' }", "}")).isEqualTo("true");
    assertThat(key("#{a}", 1)).isEqualTo("#1");
    assertThat(key("{a}", Optional.of(3))).isEqualTo("3");
    assertThat(key("")).isEmpty();
  }

  @Test
  void key_ofSeveralValues_isEscaped() throws Exception {
    assertThat(key("{a}:{b}", "x", "y")).isEqualTo("x:y");
    assertThat(key("{a}:{b}", "x:y", "z")).isEqualTo("x\\:y:z");
    assertThat(key("{a}:{b}", "x", "y:z")).isEqualTo("x:y\\:z");
    assertThat(key("{a}", "x\\y")).isEqualTo("x\\\\y");
    assertThat(key("{a}", (Object) null)).isEqualTo("\\N");
    assertThat(key("{a}", "\\N")).isEqualTo("\\\\N");
    assertThat(key("{a}", Optional.empty())).isEqualTo("\\N");
  }

  @Test
  void text_ofTtl_standsAsItIs() throws Exception {
    Template ttl = Template.text("{result}s", AB.withResult(long.class), ACCESS);
    assertThat(ttl.namesResult()).isTrue();
    assertThat(ttl.render(new Object[2], 30L)).isEqualTo("30s");
    assertThat(ttl.render(new Object[2], null)).isEqualTo("nulls");
  }

  @Test
  void tags_byCommas_areTemplatesOfTheirOwn() throws Exception {
    List<Template> tags = Template.tags("all, cat:{a}, {b + ', '}x, #a, ,#b + ','", AB, ACCESS);
    List<String> rendered = new ArrayList<>();
    for (Template each : tags) {
      rendered.add(each.render(new Object[] {"x,y", "z"}, null));
    }
    assertThat(rendered).containsExactly("all", "cat:x,y", "z, x", "x,y", "z,");
    assertThat(tags.get(0).hasExpression()).isFalse();
    assertThatThrownBy(() -> Template.tags("all, {c}", AB, ACCESS))
        .isInstanceOfSatisfying(FaultyExpression.class, e -> assertThat(e.position()).isEqualTo(6));
  }

  @Test
  void compile_wrongBraces_isFaultAtPosition() {
    assertThat(fault("x{a").position()).isEqualTo(1);
    assertThat(fault("x}a").position()).isEqualTo(1);
    assertThat(fault("x{}").position()).isEqualTo(2);
    assertThat(fault("{a}:{c}").position()).isEqualTo(5);
    assertThat(fault("{a}:{b.foo()}").position()).isEqualTo(7);
    assertThat(fault("{'x}").position()).isZero();
    assertThat(fault("#c").position()).isZero();
  }

  @Test
  void render_valueWithoutText_hasNoKey() {
    for (Object none :
        List.of(new int[0], new Object(), List.of(new Object()), Map.of("k", new String[0]))) {
      assertThatThrownBy(() -> key("{a}", none)).isInstanceOf(NoKeyException.class);
    }
    assertThatThrownBy(() -> key("{a + 'x'}", new Object()))
        .isInstanceOf(ExpressionException.class);
  }

  @Test
  void key_ofAllShortValues_isTakenOnce() throws Exception {
    List<String> values = new ArrayList<>(Arrays.asList(null, ""));
    for (String one : List.of(":", "\\", "N", "|", "/")) {
      values.add(one);
      for (String two : List.of(":", "\\", "N", "|", "/")) {
        values.add(one + two);
      }
    }
    for (String separator : List.of("", ":", "::", ":|", "N", "\\", "\\N", "|", "|/", ":N")) {
      Template template = Template.key("{a}" + separator + "{b}", AB, ACCESS);
      Set<String> keys = new HashSet<>();
      for (String a : values) {
        for (String b : values) {
          keys.add(template.render(new Object[] {a, b}, null));
        }
      }
      assertThat(keys).as(separator).hasSize(values.size() * values.size());
    }
  }

  /** Different texts never give equal keys, whatever stands between them. */
  @Property(tries = 3000)
  void key_ofDifferentValues_differs(
      @ForAll("separators") List<String> separators,
      @ForAll("values") List<String> left,
      @ForAll("values") List<String> right)
      throws Exception {
    StringBuilder text = new StringBuilder("pre:");
    for (int i = 0; i < 3; i++) {
      text.append("{p").append(i).append('}').append(separators.get(i).replace("{", "{{"));
    }
    Template template = Template.key(text.toString(), Names.of("a", "b", "c"), ACCESS);
    String first = template.render(left.toArray(), null);
    String second = template.render(right.toArray(), null);
    assertThat(first.equals(second)).as("%s %s", first, second).isEqualTo(left.equals(right));
  }

  @Provide
  Arbitrary<List<String>> separators() {
    return Arbitraries.of("", ":", "::", "\\", "\\N", "N", ":N", "|", "a", "a:", "\\:", "{", "|/")
        .list()
        .ofSize(3);
  }

  @Provide
  Arbitrary<List<String>> values() {
    return Arbitraries.strings()
        .withChars(":\\Na|{/")
        .ofMaxLength(3)
        .injectNull(0.1)
        .list()
        .ofSize(3);
  }
}
