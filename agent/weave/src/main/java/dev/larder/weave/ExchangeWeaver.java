/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.util.Arrays;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.LocalVariablesSorter;

/**
 * Puts the HTTP part's question before the body of a servlet's {@code service} or a filter's {@code
 * doFilter}: the body sees the request and the response that it gives, or is skipped where the
 * answer is given already.
 */
final class ExchangeWeaver extends LocalVariablesSorter {

  private static final String OBJECT = "java/lang/Object";

  private final String owner;
  private final boolean servlet;
  private final Type[] parameters;
  private final Label bodyStart = new Label();
  private int exchange;

  ExchangeWeaver(int access, MethodVisitor code, String owner, String name, String descriptor) {
    super(OutlineReader.ASM, access, descriptor, code);
    this.owner = owner;
    this.servlet = name.equals("service");
    this.parameters = Type.getArgumentTypes(descriptor);
  }

  @Override
  public void visitCode() {
    super.visitCode();
    exchange = newLocal(Bootstrap.OBJECT);
    Label body = new Label();
    Label goOn = new Label();
    mv.visitVarInsn(Opcodes.ALOAD, 0);
    mv.visitVarInsn(Opcodes.ALOAD, 1);
    mv.visitVarInsn(Opcodes.ALOAD, 2);
    Bootstrap.call(
        mv,
        servlet ? Bootstrap.EXCHANGE_ENTER_SERVLET : Bootstrap.EXCHANGE_ENTER_FILTER,
        "(Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;");
    mv.visitVarInsn(Opcodes.ASTORE, exchange);
    mv.visitVarInsn(Opcodes.ALOAD, exchange);
    mv.visitJumpInsn(Opcodes.IFNULL, body);
    mv.visitVarInsn(Opcodes.ALOAD, exchange);
    Bootstrap.call(mv, Bootstrap.EXCHANGE_ANSWERED, "(Ljava/lang/Object;)Z");
    mv.visitJumpInsn(Opcodes.IFEQ, goOn);
    mv.visitInsn(Opcodes.RETURN);
    mv.visitLabel(goOn);
    entryFrame();
    replace(1, Bootstrap.EXCHANGE_REQUEST);
    replace(2, Bootstrap.EXCHANGE_RESPONSE);
    mv.visitLabel(body);
    entryFrame();
    mv.visitInsn(Opcodes.NOP); // the body may begin with a frame of its own
    mv.visitLabel(bodyStart);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode == Opcodes.RETURN) {
      mv.visitInsn(Opcodes.ACONST_NULL);
      leave();
      mv.visitInsn(Opcodes.POP);
    }
    super.visitInsn(opcode);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    Label bodyEnd = new Label();
    mv.visitLabel(bodyEnd);
    mv.visitTryCatchBlock(bodyStart, bodyEnd, bodyEnd, "java/lang/Throwable");
    failureFrame();
    mv.visitInsn(Opcodes.DUP);
    leave();
    Label rethrow = new Label();
    mv.visitJumpInsn(Opcodes.IFEQ, rethrow);
    mv.visitInsn(Opcodes.POP);
    mv.visitInsn(Opcodes.RETURN);
    mv.visitLabel(rethrow);
    failureFrame();
    mv.visitInsn(Opcodes.ATHROW);
    super.visitMaxs(maxStack, maxLocals);
  }

  private void failureFrame() {
    Object[] locals = new Object[exchange + 1];
    Arrays.fill(locals, Opcodes.TOP);
    locals[exchange] = OBJECT;
    mv.visitFrame(Opcodes.F_NEW, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
  }

  /**
   * Tells the end, with the failure on the stack, or null there; leaves on it whether the failure
   * has been made good.
   */
  private void leave() {
    mv.visitVarInsn(Opcodes.ALOAD, exchange);
    Bootstrap.call(mv, Bootstrap.EXCHANGE_EXIT, "(Ljava/lang/Throwable;Ljava/lang/Object;)Z");
  }

  private void replace(int slot, String site) {
    mv.visitVarInsn(Opcodes.ALOAD, exchange);
    Bootstrap.call(mv, site, "(Ljava/lang/Object;)Ljava/lang/Object;");
    mv.visitTypeInsn(Opcodes.CHECKCAST, parameters[slot - 1].getInternalName());
    mv.visitVarInsn(Opcodes.ASTORE, slot);
  }

  private void entryFrame() {
    Object[] locals = new Object[parameters.length + 2];
    locals[0] = owner;
    for (int i = 0; i < parameters.length; i++) {
      locals[i + 1] = parameters[i].getInternalName();
    }
    locals[parameters.length + 1] = OBJECT;
    mv.visitFrame(Opcodes.F_NEW, locals.length, locals, 0, new Object[0]);
  }
}
