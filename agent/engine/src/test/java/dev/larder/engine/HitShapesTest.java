/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the miss site has stored is found by the hit site, and nothing else is. */
class HitShapesTest {

  @SuppressWarnings("unused") // found by their names
  static final class Shop {
    static Object none() {
      return null;
    }

    static Object number(int a) {
      return null;
    }

    static Object truth(boolean a) {
      return null;
    }

    static Object numberFirst(int a, String b, String c) {
      return null;
    }

    static Object numberSecond(String a, long b, String c) {
      return null;
    }

    static Object numberThird(String a, String b, short c) {
      return null;
    }

    static Object numbers(long a, byte b, char c) {
      return null;
    }

    static Object truthAndText(boolean a, String b) {
      return null;
    }

    static Object textAndUnit(String a, char b) {
      return null;
    }

    static Object boxedAndNumber(Long a, int b) {
      return null;
    }

    static Object texts(String a, String b) {
      return null;
    }

    static Object four(String a, boolean b, int c, String d) {
      return null;
    }
  }

  /** A method, the arguments of a call, and those of a call that must not be taken for it. */
  static Stream<Arguments> calls() {
    return Stream.of(
        Arguments.of("none", List.of(), null),
        Arguments.of("number", List.of(1), List.of(2)),
        Arguments.of("truth", List.of(true), List.of(false)),
        Arguments.of("numberFirst", List.of(1, "a", "b"), List.of(1, "b", "a")),
        Arguments.of("numberSecond", List.of("a", 1L, "b"), List.of("b", 1L, "a")),
        Arguments.of("numberThird", List.of("a", "b", (short) 1), List.of("b", "a", (short) 1)),
        Arguments.of("numbers", List.of(1L, (byte) 2, 'c'), List.of(2L, (byte) 1, 'c')),
        Arguments.of("truthAndText", List.of(true, "a"), List.of(false, "a")),
        Arguments.of("textAndUnit", List.of("a", 'b'), List.of("b", 'a')),
        Arguments.of("boxedAndNumber", List.of(1L, 2), List.of(2L, 1)),
        Arguments.of("texts", List.of("a", "b"), List.of("b", "a")),
        Arguments.of("four", List.of("a", true, 1, "b"), List.of("b", true, 1, "a")));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void hit_ofEachShape_findsItsOwnCallAlone(String name, List<Object> call, List<Object> other)
      throws Throwable {
    Method method =
        Arrays.stream(Shop.class.getDeclaredMethods())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow();
    Target target = new Probe().target(MethodHandles.lookup(), method, name);
    MethodHandle hit =
        target.hitHandle(MethodType.methodType(Object.class, method.getParameterTypes()));

    assertThat(hit.invokeWithArguments(call)).as("before it is stored").isNull();
    Probe.call(target, null, call.toArray(), () -> "stored");
    assertThat(hit.invokeWithArguments(call)).isEqualTo("stored");
    if (other != null) {
      assertThat(hit.invokeWithArguments(other)).as("another call").isNull();
    }
  }
}
