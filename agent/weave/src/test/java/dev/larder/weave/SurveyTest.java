/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Cache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What is found on a class path that nobody runs. */
final class SurveyTest {

  @TempDir private Path classes;

  private final List<String> targets = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  @Test
  void methodTooLargeToWeave_isRefused_andItsNeighbourIsNot() throws IOException {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Large", null, "java/lang/Object", null);
    annotated(writer, "small", 0);
    annotated(writer, "large", 65_530);
    Files.write(classes.resolve("Large.class"), writer.toByteArray());

    try (Survey survey = new Survey(new Selection(List.of()), classes.toString())) {
      survey.run(
          spec -> targets.add(spec.method()),
          (type, method, reason, askedFor) -> refused.add(type + "." + method + ": " + reason));
    }

    assertThat(targets).containsExactly("small");
    assertThat(refused).singleElement().asString().startsWith("Large.large: ").contains("65535");
  }

  private static void annotated(ClassWriter writer, String name, int nops) {
    MethodVisitor code =
        writer.visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, "()Ljava/lang/String;", null, null);
    code.visitAnnotation(Type.getDescriptor(Cache.class), true).visitEnd();
    code.visitCode();
    for (int i = 0; i < nops; i++) {
      code.visitInsn(Opcodes.NOP);
    }
    code.visitInsn(Opcodes.ACONST_NULL);
    code.visitInsn(Opcodes.ARETURN);
    code.visitMaxs(1, 0);
    code.visitEnd();
  }
}
