/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.match.FaultyPattern;
import dev.larder.engine.match.MethodPattern;
import dev.larder.weave.Selection.CachePatterns;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {

  private static final CachePatterns A = cache("a", "com.A.find(..)", "", "");
  private static final CachePatterns B =
      cache("b", "com.B.find(..)", "com.B.not()", "com.B.save()");
  private static final CachePatterns C = cache("c", "com.C.find(..)", "", "");

  @Test
  void selection_thatSaysTheSame_changesNothing() {
    assertThat(
            changed(
                List.of(A, B),
                List.of(A, cache("b", "com.B.find(..)", "com.B.not()", "com.B.save()"))))
        .isEmpty();
  }

  @Test
  void cache_thatComesOrGoes_changesItsOwnPatterns() {
    assertThat(changed(List.of(A), List.of(A, B)))
        .containsExactly("com.B.find(..)", "com.B.save()");
    assertThat(changed(List.of(B, A), List.of(A)))
        .containsExactly("com.B.find(..)", "com.B.save()");
  }

  @Test
  void exception_ofACache_changesWhatItIsAnExceptionOf() {
    assertThat(changed(List.of(A, C), List.of(A, cache("c", "com.C.find(..)", "com.C.find()", ""))))
        .containsOnly("com.C.find(..)");
  }

  @Test
  void name_ofACache_changesItsPatterns() {
    assertThat(changed(List.of(A), List.of(cache("other", "com.A.find(..)", "", ""))))
        .containsOnly("com.A.find(..)");
  }

  @Test
  void order_ofCaches_changesAll() {
    assertThat(changed(List.of(A, C), List.of(C, A))).contains("com.A.find(..)", "com.C.find(..)");
  }

  private static List<String> changed(List<CachePatterns> before, List<CachePatterns> after) {
    return new Selection(after)
        .changedSince(new Selection(before)).stream().map(MethodPattern::text).toList();
  }

  private static CachePatterns cache(String name, String methods, String except, String evictOn) {
    return new CachePatterns(name, parse(methods), parse(except), parse(evictOn));
  }

  private static List<MethodPattern> parse(String text) {
    try {
      return text.isEmpty() ? List.of() : MethodPattern.parseList(text);
    } catch (FaultyPattern faulty) {
      throw new AssertionError(faulty);
    }
  }
}
