/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.method.TargetSpec;
import dev.larder.weave.StubDispatcher.Answers;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Weaving of bodies that no Java compiler makes, or only of very long methods. */
class GeneratedBodiesTest {

  /** The most bytes of code that a method may have. */
  private static final int MOST = 65_535;

  private final List<String> refused = new ArrayList<>();
  private final ClassWeaver weaver =
      new ClassWeaver(
          (type, method, reason, askedFor) -> refused.add(type + "." + method + ": " + reason));

  @Test
  void method_thatWouldBeTooLarge_isLeftAloneWithOneRefusal() throws Exception {
    byte[] bytes =
        classWith(
            Map.of("huge", code -> nops(code, MOST - 20), "small", code -> nops(code, 1)), "(I)I");
    byte[] woven =
        weaver.weave(
            bytes, WovenClasses.everyMethod(bytes), Gate.Decision.LOOK_FOR_TARGETS, Set.of());
    assertThat(refused).singleElement().asString().contains("huge").contains("65535");
    Class<?> type = WovenClasses.load(woven, StubDispatcher.class);
    assertThat(asked(type, "huge")).isEmpty();
    assertThat(asked(type, "small")).contains(Bootstrap.HIT, Bootstrap.EXIT);
  }

  @Test
  void methods_allTooLarge_leaveTheClassAsItIs() {
    byte[] bytes =
        classWith(
            Map.of("one", code -> nops(code, MOST - 20), "two", code -> nops(code, MOST - 20)),
            "(I)I");
    assertThat(
            weaver.weave(
                bytes, WovenClasses.everyMethod(bytes), Gate.Decision.LOOK_FOR_TARGETS, Set.of()))
        .isNull();
    assertThat(refused).hasSize(2);
  }

  @Test
  void servletMethod_thatWouldBeTooLarge_isLeftAloneAndItsNeighboursAreNot() throws Exception {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "com/acme/Huge", null, "java/lang/Object", null);
    body(writer, "service", ServletMethods.JAKARTA_SERVICE, MOST - 20);
    body(writer, "doFilter", ServletMethods.JAKARTA_FILTER, 1);
    body(writer, "change", "(I)V", 1);
    writer.visitEnd();
    byte[] bytes = writer.toByteArray();

    byte[] woven =
        weaver.weave(bytes, Map.of("change(I)V", change()), Gate.Decision.LOOK_FOR_BOTH, Set.of());

    assertThat(refused)
        .singleElement()
        .asString()
        .startsWith("com.acme.Huge.service: path rules do not reach it")
        .contains("65535");
    assertThat(WovenMethods.in(woven))
        .containsExactlyInAnyOrder("doFilter" + ServletMethods.JAKARTA_FILTER, "change(I)V");
  }

  @Test
  void class_wovenAlready_isNotWovenAgain() {
    byte[] bytes =
        classWith(Map.of("one", code -> nops(code, 1), "two", code -> nops(code, 1)), "(I)I");
    Map<String, TargetSpec> all = WovenClasses.everyMethod(bytes);
    byte[] first =
        weaver.weave(
            bytes, Map.of("one(I)I", all.get("one(I)I")), Gate.Decision.LOOK_FOR_TARGETS, Set.of());
    assertThat(WovenMethods.in(bytes)).isEmpty();
    assertThat(WovenMethods.in(first)).containsExactly("one(I)I");

    byte[] second =
        weaver.weave(first, all, Gate.Decision.LOOK_FOR_TARGETS, WovenMethods.in(first));

    assertThat(WovenMethods.in(second)).containsExactlyInAnyOrder("one(I)I", "two(I)I");
    assertThat(weaver.weave(second, all, Gate.Decision.LOOK_FOR_TARGETS, WovenMethods.in(second)))
        .isNull();
  }

  private static TargetSpec change() {
    return new TargetSpec(
        "com.acme.Huge",
        "change",
        "(I)V",
        false,
        List.of(),
        Set.of(),
        null,
        List.of(new TargetSpec.Operation("c", Map.of("all", "true"))),
        List.of(),
        List.of(),
        Set.of());
  }

  private static void body(ClassWriter writer, String name, String descriptor, int nops) {
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
    code.visitCode();
    for (int i = 0; i < nops; i++) {
      code.visitInsn(Opcodes.NOP);
    }
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  @Test
  void jump_thatWeavingMakesTooLong_isWidened() throws Exception {
    byte[] bytes = classWith(Map.of("far", GeneratedBodiesTest::farJump), "(I)I");
    Class<?> type = WovenClasses.load(woven(bytes), StubDispatcher.class);
    assertThat(asked(type, "far")).contains(Bootstrap.HIT, Bootstrap.EXIT);
    Method method = type.getMethod("far", int.class);
    assertThat(method.invoke(null, 0)).isEqualTo(0);
    assertThat(method.invoke(null, 7)).isEqualTo(7);
  }

  /** A jump over as many bytes as one may, and returns in between, each of which grows. */
  private static void farJump(MethodVisitor code) {
    Label end = new Label();
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitJumpInsn(Opcodes.IFEQ, end);
    for (int i = 0; i < 10; i++) {
      Label next = new Label();
      code.visitVarInsn(Opcodes.ILOAD, 0);
      code.visitIntInsn(Opcodes.BIPUSH, i);
      code.visitJumpInsn(Opcodes.IF_ICMPNE, next);
      code.visitVarInsn(Opcodes.ILOAD, 0);
      code.visitInsn(Opcodes.IRETURN);
      code.visitLabel(next);
      code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    }
    for (int i = 0; i < 32_660; i++) {
      code.visitInsn(Opcodes.NOP);
    }
    code.visitLabel(end);
    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitInsn(Opcodes.IRETURN);
  }

  @Test
  void body_thatBeginsWithAFrame_isWoven() throws Exception {
    byte[] bytes =
        classWith(
            Map.of(
                "loop",
                code -> {
                  Label start = new Label();
                  code.visitLabel(start);
                  code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
                  code.visitIincInsn(0, -3);
                  code.visitVarInsn(Opcodes.ILOAD, 0);
                  code.visitJumpInsn(Opcodes.IFGT, start);
                  code.visitVarInsn(Opcodes.ILOAD, 0);
                  code.visitInsn(Opcodes.IRETURN);
                }),
            "(I)I");
    Class<?> type = load(bytes);
    assertThat(type.getMethod("loop", int.class).invoke(null, 10)).isEqualTo(-2);
    assertThat(asked(type, "loop")).contains(Bootstrap.HIT, Bootstrap.EXIT);
  }

  @Test
  void body_thatPutsALongOverItsParameter_isWoven() throws Exception {
    byte[] bytes =
        classWith(
            Map.of(
                "wide",
                code -> {
                  Label end = new Label();
                  code.visitVarInsn(Opcodes.ILOAD, 0);
                  code.visitInsn(Opcodes.I2L);
                  code.visitVarInsn(Opcodes.LSTORE, 0); // takes the place behind the parameter too
                  code.visitVarInsn(Opcodes.LLOAD, 0);
                  code.visitInsn(Opcodes.LCONST_0);
                  code.visitInsn(Opcodes.LCMP);
                  code.visitJumpInsn(Opcodes.IFNE, end);
                  code.visitInsn(Opcodes.ICONST_M1);
                  code.visitInsn(Opcodes.IRETURN);
                  code.visitLabel(end);
                  code.visitFrame(Opcodes.F_FULL, 1, new Object[] {Opcodes.LONG}, 0, null);
                  code.visitVarInsn(Opcodes.LLOAD, 0);
                  code.visitInsn(Opcodes.L2I);
                  code.visitInsn(Opcodes.IRETURN);
                }),
            "(I)I");
    Class<?> type = load(bytes);
    Method wide = type.getMethod("wide", int.class);
    assertThat(wide.invoke(null, 0)).isEqualTo(-1);
    assertThat(wide.invoke(null, 12)).isEqualTo(12);
    assertThat(asked(type, "wide")).contains(Bootstrap.HIT, Bootstrap.EXIT);
  }

  @Test
  void body_thatReturnsWithMoreOnItsStack_isWoven() throws Exception {
    byte[] bytes =
        classWith(
            Map.of(
                "left",
                code -> {
                  code.visitInsn(Opcodes.LCONST_1);
                  code.visitVarInsn(Opcodes.ILOAD, 0);
                  code.visitInsn(Opcodes.IRETURN);
                }),
            "(I)I");
    Class<?> type = load(bytes);
    assertThat(type.getMethod("left", int.class).invoke(null, 5)).isEqualTo(5);
    assertThat(asked(type, "left")).contains(Bootstrap.EXIT);
  }

  private Class<?> load(byte[] bytes) {
    byte[] woven = woven(bytes);
    assertThat(TargetUnweaverTest.isAsItCame(bytes, woven)).as("what is taken out again").isTrue();
    return WovenClasses.load(woven, StubDispatcher.class);
  }

  private byte[] woven(byte[] bytes) {
    Map<String, TargetSpec> targets = WovenClasses.everyMethod(bytes);
    byte[] woven = weaver.weave(bytes, targets, Gate.Decision.LOOK_FOR_TARGETS, Set.of());
    assertThat(refused).isEmpty();
    return woven;
  }

  private static List<String> asked(Class<?> type, String method) throws Exception {
    Answers answers = new Answers();
    StubDispatcher.during(answers, () -> type.getMethod(method, int.class).invoke(null, 1));
    return answers.asked;
  }

  private static void nops(MethodVisitor code, int count) {
    for (int i = 0; i < count; i++) {
      code.visitInsn(Opcodes.NOP);
    }
    code.visitVarInsn(Opcodes.ILOAD, 0);
    code.visitInsn(Opcodes.IRETURN);
  }

  /** A class with static methods of one descriptor. */
  private static byte[] classWith(Map<String, Consumer<MethodVisitor>> bodies, String descriptor) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER,
        "dev/larder/weave/Generated",
        null,
        "java/lang/Object",
        null);
    bodies.forEach(
        (name, body) -> {
          MethodVisitor code =
              writer.visitMethod(
                  Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
          code.visitCode();
          body.accept(code);
          code.visitMaxs(0, 0);
          code.visitEnd();
        });
    writer.visitEnd();
    return writer.toByteArray();
  }
}
