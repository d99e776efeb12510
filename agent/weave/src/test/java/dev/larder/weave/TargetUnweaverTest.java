/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.method.TargetSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.util.TraceClassVisitor;

/** What was woven, taken out again. */
class TargetUnweaverTest {

  private static final ClassWeaver WEAVER = new ClassWeaver((type, method, reason, askedFor) -> {});

  /** The class without what was woven into it; null where none of it could be taken out. */
  private static byte[] unwoven(byte[] woven) {
    return WEAVER.weave(
        woven,
        Map.of(),
        Gate.Decision.LOOK_FOR_TARGETS,
        WovenMethods.in(woven),
        WovenMethods.in(woven));
  }

  /** Whether a woven class has, with all that is taken out, each instruction that it came with. */
  static boolean isAsItCame(byte[] bytes, byte[] woven) {
    byte[] unwoven = unwoven(woven);
    Set<String> methods = WovenMethods.in(woven);
    return unwoven != null
        && WovenMethods.in(unwoven).isEmpty()
        && text(unwoven).equals(text(written(bytes, methods)));
  }

  private static String text(byte[] bytes) {
    StringWriter text = new StringWriter();
    new ClassReader(bytes).accept(new TraceClassVisitor(new PrintWriter(text)), 0);
    return text.toString();
  }

  /** As ASM writes it, with nothing in a frame behind the last variable that counts. */
  private static byte[] written(byte[] bytes, Set<String> methods) {
    return changed(bytes, methods, TargetUnweaverTest::trimmed);
  }

  private static MethodVisitor trimmed(MethodVisitor code) {
    return new MethodVisitor(OutlineReader.ASM, code) {
      @Override
      public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
        int last = numLocal;
        while (last > 0 && Opcodes.TOP.equals(local[last - 1])) {
          last--;
        }
        super.visitFrame(type, last, local, numStack, stack);
      }
    };
  }

  private static byte[] changed(
      byte[] bytes, Set<String> methods, UnaryOperator<MethodVisitor> change) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(OutlineReader.ASM, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
            return methods.contains(name + descriptor) ? change.apply(code) : code;
          }
        },
        ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  @Test
  void bodies_ofEachKind_areAsTheyCame() {
    byte[] bytes = WovenClasses.bytesOf(Bodies.class);
    byte[] woven = WovenClasses.weaveAll(bytes);

    assertThat(text(unwoven(woven))).isEqualTo(text(written(bytes, WovenMethods.in(woven))));
    WovenClasses.check(unwoven(woven));
  }

  @Test
  void methods_thatAreTargetsStill_stayWoven() {
    byte[] bytes = WovenClasses.bytesOf(Bodies.class);
    Map<String, TargetSpec> all = WovenClasses.everyMethod(bytes);
    String one = all.keySet().iterator().next();
    Map<String, TargetSpec> others = new HashMap<>(all);
    others.remove(one);

    byte[] less =
        WEAVER.weave(
            WovenClasses.weaveAll(bytes),
            others,
            Gate.Decision.LOOK_FOR_TARGETS,
            all.keySet(),
            Set.of(one));

    assertThat(WovenMethods.in(less)).isEqualTo(others.keySet());
    WovenClasses.check(less);
  }

  /** Instructions that another agent has put among ours, each in another place. */
  @Test
  void methods_thatAnotherHasChanged_stayAsTheyAre() {
    byte[] woven = WovenClasses.weaveAll(WovenClasses.bytesOf(Bodies.class));
    Set<String> methods = WovenMethods.in(woven);
    for (UnaryOperator<MethodVisitor> other :
        List.<UnaryOperator<MethodVisitor>>of(
            TargetUnweaverTest::beginning, TargetUnweaverTest::returning)) {
      byte[] changed = changed(woven, methods, other);
      byte[] unwoven = unwoven(changed);
      assertThat(unwoven).isNull();
    }
  }

  private static MethodVisitor beginning(MethodVisitor code) {
    return new MethodVisitor(OutlineReader.ASM, code) {
      @Override
      public void visitCode() {
        super.visitCode();
        super.visitInsn(Opcodes.NOP);
      }
    };
  }

  private static MethodVisitor returning(MethodVisitor code) {
    return new MethodVisitor(OutlineReader.ASM, code) {
      @Override
      public void visitInsn(int opcode) {
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
          super.visitInsn(Opcodes.NOP);
        }
        super.visitInsn(opcode);
      }
    };
  }
}
