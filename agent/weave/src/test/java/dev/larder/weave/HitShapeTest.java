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
    "Caching, give",
    "Results, give",
    "Results, valueOf",
    "Entry, copier",
    "ThreadMode, unusual",
    "Clock, reached",
    "Clock, coarse",
  })
  void everyPartOfAHit_isTakenInWhereItRunsOften(String type, String method) throws IOException {
    assertThat(sizes(type, method).values()).isNotEmpty().allMatch(size -> size <= OFTEN);
  }

  @ParameterizedTest
  @CsvSource({
    "Keys$None, equals",
    "Keys$None, hashCode",
    "Keys$OneLong, equals",
    "Keys$OneLong, isSame",
    "Keys$OneLong, hashCode",
    "Keys$One, equals",
    "Keys$One, isSame",
    "Keys$One, hashCode",
    "Keys$Numbered, equals",
    "Keys$Numbered, isSame",
    "Keys$Numbered, hasSame",
    "Keys$Numbered, isAlike",
    "Keys$Numbered, hasSameOthers",
    "Keys$Numbered, hashCode",
    "Keys$Numbered, hashOfNumber",
    "Keys, hash",
    "Keys, same",
    "Keys$Two, equals",
    "Keys$Two, isSame",
    "Keys$Two, hasSame",
    "Keys$Two, hashCode",
    "Keys$Three, equals",
    "Keys$Three, isSame",
    "Keys$Three, hasSame",
    "Keys$Three, beginsAs",
    "Keys$Three, hashOfBeginning",
    "Keys$Three, hashCode",
    "Keys$Many, equals",
    "Keys$Many, isSame",
    "Keys$Many, hasSame",
    "Keys$Many, hashCode",
    "Clock, coarse",
    "Entry, copier",
    "Caching, give",
  })
  void whatALookUpSeldomReaches_isTakenInAllTheSame(String type, String method) throws IOException {
    assertThat(sizes(type, method).values()).isNotEmpty().allMatch(size -> size <= SELDOM);
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
