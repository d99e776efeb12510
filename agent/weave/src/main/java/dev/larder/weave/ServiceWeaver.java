/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes into the method by which the JDK gives a {@link Service} that the agent is handed it too,
 * before whoever asked has it.
 *
 * <p>By a plain call, and not by a call site: to link one would take the JDK's method longer than
 * all else that is done in it.
 */
final class ServiceWeaver extends MethodVisitor {

  private final Service service;

  private ServiceWeaver(MethodVisitor code, Service service) {
    super(OutlineReader.ASM, code);
    this.service = service;
  }

  /** The class as woven; null where its method is not as it is known. */
  static byte[] weave(Service service, byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Rewriting rewriting = new Rewriting(writer, service);
    reader.accept(rewriting, 0);
    return rewriting.wove ? writer.toByteArray() : null;
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.ARETURN) {
      super.visitInsn(Opcodes.DUP);
      super.visitInsn(Opcodes.ICONST_1);
      super.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
      super.visitInsn(Opcodes.DUP_X1); // given, all, given, all
      super.visitInsn(Opcodes.SWAP);
      super.visitInsn(Opcodes.ICONST_0);
      super.visitInsn(Opcodes.SWAP);
      super.visitInsn(Opcodes.AASTORE);
      super.visitLdcInsn(service.request);
      super.visitInsn(Opcodes.SWAP);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          Bootstrap.DISPATCHER,
          "call",
          "(Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/Object;",
          false);
      super.visitInsn(Opcodes.POP);
    }
    super.visitInsn(opcode);
  }

  private static final class Rewriting extends ClassVisitor {
    private final Service service;
    private boolean wove;

    Rewriting(ClassVisitor next, Service service) {
      super(OutlineReader.ASM, next);
      this.service = service;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
      if (!name.equals(service.method) || !descriptor.startsWith("()L")) {
        return code;
      }
      wove = true;
      return new ServiceWeaver(code, service);
    }
  }
}
