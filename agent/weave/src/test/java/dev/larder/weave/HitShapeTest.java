/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.CodeSizeEvaluator;

/**
 * What a hit runs stays as small as the compiler wants it, to take it into its caller: 325 bytes of
 * code where it runs often, 35 where it cannot know that. No load of the machine changes these.
 */
class HitShapeTest {

  /** Of what runs often: far below 325, since the compiler also bounds what it takes in in all. */
  private static final int OFTEN = 100;

  private static final int SELDOM = 35;

  /** Before the miss site: the arguments, the hit site, and what is done with a hit. */
  private static final int MOST_OF_A_HIT = 40;

  @SuppressWarnings("unused")
  static class Methods {
    Object byNumber(long id) {
      return id;
    }

    String byThree(String name, int count, Object more) {
      return name;
    }

    static int byNothing() {
      return 7;
    }
  }

  @ParameterizedTest
  @CsvSource({"byNumber", "byThree", "byNothing"})
  void wovenMethod_asksForAHitFirst_andDoesLittleElse(String method) {
    byte[] woven = WovenClasses.weaveAll(WovenClasses.bytesOf(Methods.class));

    Map<String, Integer> before = new LinkedHashMap<>();
    new ClassReader(woven).accept(sitesOf(method, before), 0);

    assertThat(before.keySet()).startsWith("hit", "miss");
    assertThat(before.get("miss")).isLessThanOrEqualTo(MOST_OF_A_HIT);
  }

  /** Notes how many bytes of code stand before the first call site of each name. */
  private static ClassVisitor sitesOf(String method, Map<String, Integer> before) {
    return new ClassVisitor(Opcodes.ASM9) {
      @Override
      public MethodVisitor visitMethod(
          int access, String name, String descriptor, String signature, String[] exceptions) {
        return name.equals(method)
            ? new CodeSizeEvaluator(Opcodes.ASM9, null) {
              @Override
              public void visitInvokeDynamicInsn(
                  String site, String type, Handle bootstrap, Object... more) {
                before.putIfAbsent(site, getMinSize());
                super.visitInvokeDynamicInsn(site, type, bootstrap, more);
              }
            }
            : null;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "HitSite, hit",
    "HitSite, variant",
    "HitSite, give",
    "method/ReturnShape, wrap",
    "entry/Entry, given",
    "entry/Entry, copier",
    "ThreadMode, unusual",
    "entry/Clock, reached",
    "entry/Clock, coarse",
  })
  void everyPartOfAHit_isTakenInWhereItRunsOften(String type, String method) throws IOException {
    assertThat(sizes(type, method).values()).isNotEmpty().allMatch(size -> size <= OFTEN);
  }

  @ParameterizedTest
  @CsvSource({
    "method/Keys$None, equals",
    "method/Keys$None, hashCode",
    "method/Keys$OneLong, equals",
    "method/Keys$OneLong, isSame",
    "method/Keys$OneLong, hashCode",
    "method/Keys$One, equals",
    "method/Keys$One, isSame",
    "method/Keys$One, hashCode",
    "method/Keys$Numbered, equals",
    "method/Keys$Numbered, isSame",
    "method/Keys$Numbered, hasSame",
    "method/Keys$Numbered, isAlike",
    "method/Keys$Numbered, hasSameOthers",
    "method/Keys$Numbered, hashCode",
    "method/Keys$Numbered, hashOfNumber",
    "method/Keys, hash",
    "method/Keys, same",
    "method/Keys$Two, equals",
    "method/Keys$Two, isSame",
    "method/Keys$Two, hasSame",
    "method/Keys$Two, hashCode",
    "method/Keys$Three, equals",
    "method/Keys$Three, isSame",
    "method/Keys$Three, hasSame",
    "method/Keys$Three, beginsAs",
    "method/Keys$Three, hashOfBeginning",
    "method/Keys$Three, hashCode",
    "method/Keys$Many, equals",
    "method/Keys$Many, isSame",
    "method/Keys$Many, hasSame",
    "method/Keys$Many, hashCode",
    "entry/Clock, coarse",
    "entry/Entry, given",
    "entry/Entry, copier",
    "entry/Entry, plainUntil",
    "method/ReturnShape, wrap",
  })
  void whatALookUpSeldomReaches_isTakenInAllTheSame(String type, String method) throws IOException {
    assertThat(sizes(type, method).values()).isNotEmpty().allMatch(size -> size <= SELDOM);
  }

  /** Only so does a hit read none of them. */
  @Test
  void fieldsOfAHitSite_areOfTheKindThatTheCompilerTakesForConstant()
      throws ClassNotFoundException {
    assertThat(Class.forName("dev.larder.engine.HitSite")).isRecord();
  }

  /** The bytes of code that each method of a name has, by its descriptor. */
  private static Map<String, Integer> sizes(String type, String method) throws IOException {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    try (InputStream file =
        HitShapeTest.class.getResourceAsStream("/dev/larder/engine/" + type + ".class")) {
      new ClassReader(file)
          .accept(
              new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String sign, String[] thrown) {
                  return name.equals(method)
                      ? new CodeSizeEvaluator(Opcodes.ASM9, null) {
                        @Override
                        public void visitEnd() {
                          sizes.put(descriptor, getMinSize());
                        }
                      }
                      : null;
                }
              },
              0);
    }
    return sizes;
  }
}
