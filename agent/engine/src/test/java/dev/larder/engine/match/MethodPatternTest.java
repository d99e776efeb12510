/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodPatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          com.acme.Repo.find          | com.acme.Repo          | true
          com.acme.Repo.find          | com.acme.RepoX         | false
          com.acme.Repo.find          | com.acme.x.Repo        | false
          com.acme.*.find             | com.acme.Repo          | true
          com.acme.*.find             | com.acme.x.Repo        | false
          com.acme.*.find             | com.acme.Outer$Repo    | false
          com.acme..*.find            | com.acme.Repo          | true
          com.acme..*.find            | com.acme.x.y.Repo      | true
          com.acme..*.find            | com.acme.Outer$Repo    | true
          com.acme..*.find            | com.acmex.Repo         | false
          com.acme..*Repository.find  | com.acme.a.PRepository | true
          com.acme..*Repository.find  | com.acme.a.PRepositories | false
          com..a..Repo.find           | com.x.a.a.Repo         | true
          com..a..Repo.find           | com.x.b.Repo           | false
          com..a.*.b..*.find          | com.a.x.a.y.b.Z        | true
          ..Repo.find                 | com.acme.Repo          | true
          ..Repo.find                 | Repo                   | true
          *.find                      | com.acme.Repo          | true
          Repo.find                   | Repo                   | true
          Repo.find                   | com.acme.Repo          | false
          com.acme.*.find             | com.acme               | false
          com.acme..*.find            | com                    | false
          com.acme.Outer.Inner.find   | com.acme.Outer$Inner   | true
          com.acme.Outer.Inner.find   | com.acme.OuterXInner   | false
          com.acme.Outer$Inner.find   | com.acme.Outer$Inner   | true
          com.acme.Object$.find       | com.acme.Object$       | true
          com.acme.R*p*.find          | com.acme.Repo          | true
          com.acme.R*p*x.find         | com.acme.Repo          | false
          *                           | com.acme.Repo          | true
          com.acme..find              | com.acme.Repo          | true
          com.acme..*                 | com.acme.x.Outer$Repo  | true
          com.acme..find              | com.acmex.Repo         | false
          com..acme..find             | com.x.acme.y.Repo      | true
          """)
  void matchesTypeName_byTable(String pattern, String type, boolean matches) {
    assertThat(parse(pattern).matchesTypeName(type)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.B.find               | find    | long             | true
          a.B.find               | finds   | long             | false
          a.B.find*              | findAll |                  | true
          a.B.new(..)            | <init>  | long             | true
          a.B.new(int)           | <init>  | long             | false
          a.B.*(..)              | <init>  | long             | false
          a.B.n*(..)             | <init>  | long             | false
          a.B.*By*               | findById | long            | true
          a.B.*By*               | find    | long             | false
          a.B.find()             | find    |                  | true
          a.B.find( )            | find    |                  | true
          a.B.find()             | find    | long             | false
          a.B.find(..)           | find    |                  | true
          a.B.find (..)          | find    | long             | true
          a.B.find(long, ..)     | find    | long             | true
          a.B.find(long, ..)     | find    | long;int;int     | true
          a.B.find(long, ..)     | find    | int;long         | false
          a.B.find(.., long)     | find    | int;long         | true
          a.B.find(.., long)     | find    | long;int         | false
          a.B.find(.., int, ..)  | find    | long;int;long    | true
          a.B.find(*)            | find    | int[]            | true
          a.B.find(*)            | find    |                  | false
          a.B.find(*, *)         | find    | int              | false
          a.B.find(*[])          | find    | int              | false
          a.B.find(*[])          | find    | int[]            | true
          a.B.find(String)       | find    | java.lang.String | true
          a.B.find(java.lang.String) | find | String          | true
          a.B.find(String)       | find    | com.acme.String  | false
          a.B.find(java.lang.reflect.Method) | find | java.lang.reflect.Method | true
          a.B.find(String...)    | find    | java.lang.String[] | true
          a.B.find(int[][])      | find    | int[]            | false
          a.B.find(int[][])      | find    | int[][]          | true
          a.B.find(java.util.List) | find  | java.util.List   | true
          a.B.find(java..List)   | find    | java.util.List   | true
          a.B.find(a.Outer.Inner) | find   | a.Outer$Inner    | true
          a.B.find(java.util.List<String>) | find | java.util.List | true
          a.B.find(java.util.List<String>) | find | java.util.Set | false
          a.B.find(java.util.Map<K, java.util.List<? extends V[]>>, int) | find | java.util.Map;int | true
          a.B.find(java.util.List<X>[]) | find | java.util.List[] | true
          a.B.find(java.util.List<X>...) | find | java.util.List[] | true
          a.B.find(java.util.Collection+) | find | java.util.List | true
          a.B.find(java.util.Collection+) | find | java.util.Collection | true
          a.B.find(java.util.Collection+) | find | java.util.Map | false
          a.B.find(java.util.Collection) | find | java.util.List  | false
          a.B.find(java.util.Collection<X>+[]) | find | java.util.List[] | true
          a.B.find(java..Coll*+)  | find   | java.util.List   | true
          a.B.find(Object+)       | find   | java.util.List   | true
          a.B.find(Object+)       | find   | int              | false
          """)
  void matchesMethod_byTable(String pattern, String method, String types, boolean matches) {
    List<String> parameters = types == null ? List.of() : List.of(types.split(";", -1));
    assertThat(parse(pattern).matchesMethod(method, parameters, MethodPatternTest::supertypes))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "a.B.find, true, a.B",
    "a.B.find(..), true, a.B",
    "a.B+.find(..), true, a.B",
    "a.B.find(*), false, a.B",
    "a.B.find*, false, a.B",
    "a..B.find, false,",
    "a..find, false,",
    "a.*.find, false,",
  })
  void takesOver_withoutWildcards_holds(String pattern, boolean takesOver, String exactType) {
    assertThat(parse(pattern).takesOver()).isEqualTo(takesOver);
    assertThat(parse(pattern).exactTypeName()).isEqualTo(exactType);
  }

  @Test
  void parseList_severalPatterns_splitsOutsideParentheses() throws FaultyPattern {
    List<MethodPattern> patterns =
        MethodPattern.parseList(" a.B.find(long, int) ,@c.Slow *, @c.Slow a..*+.get*(..)");
    assertThat(patterns)
        .extracting(MethodPattern::text)
        .containsExactly("a.B.find(long, int)", "@c.Slow *", "@c.Slow a..*+.get*(..)");
    assertThat(patterns)
        .extracting(MethodPattern::annotationNames)
        .containsExactly(List.of(), List.of("c.Slow", "c$Slow"), List.of("c.Slow", "c$Slow"));
    assertThat(patterns)
        .extracting(MethodPattern::withSubtypes)
        .containsExactly(false, false, true);
    assertThat(patterns)
        .extracting(MethodPattern::hasWildcardMethod)
        .containsExactly(false, true, true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          find                | 0
          a.B.                | 3
          a...find            | 3
          a...B.find          | 3
          .B.find             | 0
          a.B.fi nd           | 6
          a b.B.find          | 1
          a.B.find(           | 8
          a.B.find(long       | 12
          a.B.find(long,)     | 14
          a.B.find(List<X)    | 13
          a.B.find(a, <X>)    | 12
          a.B.find(List<X>>)  | 16
          a.B.find(+)         | 9
          a.B.find(lo-ng!)    | 14
          a.B.find,           | 9
          ,a.B.find           | 0
          @a.Slow             | 7
          @a.*Slow *          | 1
          a.B.find, c.D.g?t   | 15
          """)
  void parseList_faulty_saysWhere(String text, int position) {
    FaultyPattern faulty =
        catchThrowableOfType(FaultyPattern.class, () -> MethodPattern.parseList(text));
    assertThat(faulty).as(text).isNotNull();
    assertThat(faulty.position()).as(faulty.getMessage()).isEqualTo(position);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "()", "+.find", "a.B+", "@", "@ *"})
  void parseList_nothingSound_isFaulty(String text) {
    assertThat(catchThrowableOfType(FaultyPattern.class, () -> MethodPattern.parseList(text)))
        .isNotNull();
  }

  @Property
  void parseList_anyText_throwsNothingButFaultyPattern(@ForAll("scraps") String text) {
    List<MethodPattern> patterns;
    try {
      patterns = MethodPattern.parseList(text);
    } catch (FaultyPattern faulty) {
      assertThat(faulty.position()).isBetween(0, text.length());
      return;
    }
    for (MethodPattern pattern : patterns) {
      assertThat(text).contains(pattern.text());
      pattern.matchesTypeName("com.acme.Outer$Inner");
      pattern.matchesMethod(
          "find", List.of("int[]", "java.lang.String"), MethodPatternTest::supertypes);
      if (pattern.takesOver()) {
        assertThat(pattern.matchesTypeName(pattern.exactTypeName())).as(text).isTrue();
      }
    }
  }

  @Property
  void matchesTypeName_anyNameWithPartsLeftOut_holds(
      @ForAll("names") List<String> parts, @ForAll("choices") List<Integer> choices) {
    List<String> pattern = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      switch (choices.get(i % choices.size())) {
        case 0 -> pattern.add("*");
        case 1 -> pattern.add(part.substring(0, part.length() / 2) + "*");
        case 2 -> pattern.add("*" + part.substring(part.length() / 2));
        default -> pattern.add(part);
      }
    }
    String name = String.join(".", parts);
    String text = String.join(".", pattern);
    assertThat(parse(text + ".m").matchesTypeName(name)).as("%s on %s", text, name).isTrue();
    String loose = ".." + pattern.get(pattern.size() - 1);
    assertThat(parse(loose + ".m").matchesTypeName(name)).as("%s on %s", loose, name).isTrue();
  }

  @Provide
  Arbitrary<String> scraps() {
    return Arbitraries.of(
            "a",
            "B",
            "find",
            ".",
            "..",
            "*",
            "+",
            "(",
            ")",
            ",",
            " ",
            "@",
            "$",
            "[]",
            "...",
            "-",
            "<",
            ">",
            "\t",
            "\u0000",
            "é",
            "😀",
            "java.lang.String",
            "a.B.c(..)")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.strings()
        .withCharRange('a', 'c')
        .ofMinLength(1)
        .ofMaxLength(4)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<List<Integer>> choices() {
    return Arbitraries.integers().between(0, 3).list().ofMinSize(1).ofMaxSize(5);
  }

  private static Set<String> supertypes(String type) {
    return switch (type) {
      case "java.util.List" -> Set.of("java.util.Collection", "java.lang.Object");
      case "int" -> Set.of();
      default -> Set.of("java.lang.Object");
    };
  }

  private static MethodPattern parse(String text) {
    try {
      return MethodPattern.parseList(text).get(0);
    } catch (FaultyPattern faulty) {
      throw new AssertionError(text + ": " + faulty.getMessage(), faulty);
    }
  }
}
