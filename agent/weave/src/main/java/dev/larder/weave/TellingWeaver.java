/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.weave.TransactionMethods.Telling;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes into a method that it tells its beginning, or its return, and nothing else. */
final class TellingWeaver extends MethodVisitor {

  private final Telling telling;
  private final String owner;
  private final boolean knowsCallSites;

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
    if (!telling.atExit()) {
      tell();
    }
  }

  @Override
  public void visitInsn(int opcode) {
    if (telling.atExit() && opcode == Opcodes.RETURN) {
      tell();
    }
    super.visitInsn(opcode);
  }

  private void tell() {
    if (!knowsCallSites) {
      PlainTelling.call(mv, telling, owner);
    } else if (telling.withReceiver()) {
      super.visitVarInsn(Opcodes.ALOAD, 0);
      Bootstrap.call(mv, telling.site(), "(Ljava/lang/Object;)V");
    } else {
      Bootstrap.call(mv, telling.site(), "()V");
    }
  }
}
