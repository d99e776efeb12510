/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.larder.weave.StubDispatcher.Answers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;

/** That a woven body asks what it has to, and is otherwise what it was. */
class TargetWeaverTest {

  private static byte[] wovenBytes;
  private static Class<?> woven;

  @BeforeAll
  static void weave() {
    wovenBytes = WovenClasses.weaveAll(WovenClasses.bytesOf(Bodies.class));
    woven = WovenClasses.load(wovenBytes, StubDispatcher.class);
  }

  /** A method, an argument for each parameter, and a value of its type that it would never give. */
  static Stream<Arguments> bodies() {
    return Stream.of(
        arguments("ofBoolean", new Object[] {true}, true),
        arguments("ofByte", new Object[] {Byte.MAX_VALUE}, (byte) 77),
        arguments("ofChar", new Object[] {'x'}, 'q'),
        arguments("ofShort", new Object[] {Short.MIN_VALUE}, (short) -7),
        arguments("ofInt", new Object[] {41}, -42),
        arguments("ofLong", new Object[] {1L << 40}, Long.MIN_VALUE),
        arguments("ofFloat", new Object[] {1.5f}, Float.NaN),
        arguments("ofDouble", new Object[] {-0.0}, Double.NEGATIVE_INFINITY),
        arguments("ofText", new Object[] {"jam"}, "kept"),
        arguments("ofArray", new Object[] {new int[] {1, 2}}, new int[] {9}),
        arguments("ofAnything", new Object[] {7}, "kept"),
        arguments("ofClass", new Object[] {3L, "four", 5.5}, 99L),
        arguments("ofSeveral", new Object[] {1, 2L, "c", 4.0, true, new char[] {'f'}}, "kept"),
        arguments("ofVarargs", new Object[] {"a", new Object[] {1, null}}, "kept"),
        arguments("wideLocals", new Object[] {5}, 0.25),
        arguments("wideLocals", new Object[] {50}, 0.25),
        arguments("beginsWithLoop", new Object[] {10}, 1000),
        arguments("finallyAndReturn", new Object[] {1}, 1000),
        arguments("finallyAndReturn", new Object[] {-1}, 1000),
        arguments("inMonitor", new Object[] {new Object()}, 1000),
        arguments("inOwnMonitor", new Object[] {"held "}, "kept"),
        arguments("manyReturns", new Object[] {-1}, "kept"),
        arguments("manyReturns", new Object[] {0}, "kept"),
        arguments("manyReturns", new Object[] {1}, "kept"),
        arguments("manyReturns", new Object[] {2}, "kept"),
        arguments("manyReturns", new Object[] {7}, "kept"),
        arguments("manyReturns", new Object[] {70}, "kept"),
        arguments("closesOver", new Object[] {21}, 1000),
        arguments("reusesItsParameter", new Object[] {"seven"}, "kept"),
        arguments("nested", new Object[] {8}, 1000));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void call_withoutTicket_runsTheBodyAlone(String name, Object[] arguments, Object kept)
      throws Exception {
    Answers answers =
        new Answers() {
          @Override
          boolean givesTicket() {
            return false;
          }
        };
    assertThat(call(woven, name, arguments, answers)).isEqualTo(unwoven(name, arguments));
    assertThat(answers.asked.subList(0, 2)).containsExactly(Bootstrap.HIT, Bootstrap.MISS);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void call_thatMisses_tellsItsResultAndGivesWhatComesBack(
      String name, Object[] arguments, Object kept) throws Exception {
    Answers answers =
        new Answers() {
          @Override
          Object exit(Object given) {
            return kept;
          }
        };
    assertThat(call(woven, name, arguments, answers)).isEqualTo(kept);
    assertThat(answers.result).isEqualTo(unwoven(name, arguments));
    assertThat(answers.asked)
        .containsExactly(Bootstrap.HIT, Bootstrap.MISS, Bootstrap.ANSWERED, Bootstrap.EXIT);
    List<Object> asked = new ArrayList<>(Arrays.asList(arguments));
    if (!Modifier.isStatic(method(woven, name).getModifiers())) {
      assertThat(answers.arguments.remove(0)).isInstanceOf(woven);
    }
    assertThat(answers.arguments).containsExactlyElementsOf(asked);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void call_thatHits_skipsTheBody(String name, Object[] arguments, Object kept) throws Exception {
    Answers answers =
        new Answers() {
          @Override
          Object hit() {
            return kept;
          }
        };
    assertThat(call(woven, name, arguments, answers)).isEqualTo(kept);
    assertThat(answers.asked).containsExactly(Bootstrap.HIT);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void call_answeredAtTheMiss_skipsTheBody(String name, Object[] arguments, Object kept)
      throws Exception {
    Answers answers =
        new Answers() {
          @Override
          boolean answered() {
            return true;
          }

          @Override
          Object answer() {
            return kept;
          }
        };
    assertThat(call(woven, name, arguments, answers)).isEqualTo(kept);
    assertThat(answers.asked)
        .containsExactly(Bootstrap.HIT, Bootstrap.MISS, Bootstrap.ANSWERED, Bootstrap.ANSWER);
  }

  @Test
  void call_answeredWithNull_givesNull() throws Exception {
    Answers answers =
        new Answers() {
          @Override
          boolean answered() {
            return true;
          }
        };
    assertThat(call(woven, "ofText", new Object[] {"jam"}, answers)).isNull();
  }

  @Test
  void call_ofVoidMethod_asksNoHit() throws Exception {
    Answers answers = new Answers();
    assertThat(call(woven, "ofNothing", new Object[] {3}, answers)).isNull();
    assertThat(answers.asked).containsExactly(Bootstrap.MISS, Bootstrap.EXIT);
  }

  @Test
  void failure_ofABody_comesThroughAsTheSameInstance() throws Exception {
    RuntimeException failure = new IllegalStateException("spoilt");
    Answers answers = new Answers();
    Object thrown = call(woven, "failsBy", new Object[] {failure}, answers);
    assertThat(thrown).isSameAs(failure);
    assertThat(answers.failure).isSameAs(failure);
    assertThat(answers.asked)
        .containsExactly(Bootstrap.HIT, Bootstrap.MISS, Bootstrap.ANSWERED, Bootstrap.FAIL);
  }

  @Test
  void failure_withAnOldValue_givesIt() throws Exception {
    Answers answers =
        new Answers() {
          @Override
          Object fail(Throwable thrown) {
            return "old";
          }
        };
    Object given = call(woven, "failsBy", new Object[] {new IllegalStateException()}, answers);
    assertThat(given).isEqualTo("old");
  }

  @Test
  void failure_inMonitor_releasesIt() throws Exception {
    Object thrown = call(woven, "inMonitor", new Object[] {null}, new Answers());
    assertThat(thrown).isInstanceOf(NullPointerException.class);
    Object lock = new Object();
    call(woven, "inMonitor", new Object[] {lock}, new Answers());
    assertThat(Thread.holdsLock(lock)).isFalse();
  }

  @Test
  void class_afterWeaving_hasTheSameMembers() {
    assertThat(shape(woven.getDeclaredMethods()))
        .isEqualTo(shape(Bodies.class.getDeclaredMethods()));
    assertThat(woven.getDeclaredFields()).hasSameSizeAs(Bodies.class.getDeclaredFields());
  }

  @Test
  void debugInformation_afterWeaving_isWhatItWas() throws Exception {
    assertThat(debugInformation(wovenBytes))
        .isEqualTo(debugInformation(WovenClasses.bytesOf(Bodies.class)));
    assertThat(lineOfFailure(woven)).isEqualTo(lineOfFailure(Bodies.class)).isPositive();
  }

  /** Names and lines of a class, by method. */
  private static List<String> debugInformation(byte[] bytes) {
    ClassNode node = new ClassNode();
    new ClassReader(bytes).accept(node, 0);
    List<String> found = new ArrayList<>();
    for (MethodNode method : node.methods) {
      List<String> names = new ArrayList<>();
      for (LocalVariableNode variable : method.localVariables) {
        names.add(variable.name + variable.desc);
      }
      List<Integer> lines = new ArrayList<>();
      method.instructions.forEach(
          instruction -> {
            if (instruction instanceof LineNumberNode line) {
              lines.add(line.line);
            }
          });
      found.add(node.sourceFile + " " + method.name + method.desc + names + lines);
    }
    return found;
  }

  private static int lineOfFailure(Class<?> type) throws Exception {
    NullPointerException thrown =
        (NullPointerException) call(type, "inMonitor", new Object[] {null}, new Answers());
    return thrown.getStackTrace()[0].getLineNumber();
  }

  private static List<String> shape(Method[] methods) {
    return Stream.of(methods).map(m -> m.toGenericString()).sorted().toList();
  }

  private static Object unwoven(String name, Object[] arguments) throws Exception {
    return call(Bodies.class, name, arguments, new Answers());
  }

  /** What a method of a new instance gives, or throws. */
  private static Object call(Class<?> type, String name, Object[] arguments, Answers answers)
      throws Exception {
    Object receiver = type.getConstructor().newInstance();
    try {
      return StubDispatcher.during(answers, () -> method(type, name).invoke(receiver, arguments));
    } catch (InvocationTargetException thrown) {
      return thrown.getCause();
    }
  }

  private static Method method(Class<?> type, String name) {
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
