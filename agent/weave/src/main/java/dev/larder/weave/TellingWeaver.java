/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.weave.TransactionMethods.Telling;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes into a method that it tells its beginning, or its end, and nothing else. */
final class TellingWeaver extends MethodVisitor {

  private static final String THROWABLE = "java/lang/Throwable";

  private final Telling telling;
  private final String owner;
  private final boolean knowsCallSites;
  private final Label bodyStart = new Label();

  /**
   * Writes into one method.
   *
   * @param version the class file's
   */
  TellingWeaver(MethodVisitor code, Telling telling, String owner, int version) {
    super(OutlineReader.ASM, code);
    this.telling = telling;
    this.owner = owner;
    this.knowsCallSites = (version & 0xFFFF) >= Opcodes.V1_7;
  }

  @Override
  public void visitCode() {
    super.visitCode();
    if (telling.entry() != null) {
      tell(telling.entry(), telling.withReceiver());
    }
    if (telling.failing()) {
      super.visitLabel(bodyStart);
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (telling.exit() != null && opcode == Opcodes.RETURN) {
      tell(telling.exit(), telling.withReceiver() && !telling.failing());
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    if (telling.failing()) {
      Label bodyEnd = new Label();
      super.visitLabel(bodyEnd);
      super.visitTryCatchBlock(bodyStart, bodyEnd, bodyEnd, THROWABLE);
      super.visitFrame(Opcodes.F_NEW, 0, new Object[0], 1, new Object[] {THROWABLE});
      tell(telling.exit(), false);
      super.visitInsn(Opcodes.ATHROW);
    }
    super.visitMaxs(maxStack, maxLocals);
  }

  private void tell(String site, boolean withReceiver) {
    if (!knowsCallSites) {
      PlainTelling.call(mv, site, owner, withReceiver);
    } else if (withReceiver) {
      super.visitVarInsn(Opcodes.ALOAD, 0);
      Bootstrap.call(mv, site, "(Ljava/lang/Object;)V");
    } else {
      Bootstrap.call(mv, site, "()V");
    }
  }
}
