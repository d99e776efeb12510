/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.TypePath;

/**
 * Makes room for one local variable, the ticket, behind a method's parameters: all variables of the
 * body move down by two places, and can be moved up again by as many.
 *
 * <p>By two, since a body that no Java compiler made may keep a long or a double that begins in the
 * last parameter's place and reaches into the next one.
 */
abstract class RoomForTicket extends MethodVisitor {

  /** By how many places the body's variables move. */
  static final int MOVED = 2;

  private final int parameters;

  RoomForTicket(int access, String descriptor, MethodVisitor code) {
    super(OutlineReader.ASM, code);
    this.parameters = sizeOfParameters(access, descriptor);
  }

  /** How many places the receiver and the parameters of a method take. */
  private static int sizeOfParameters(int access, String descriptor) {
    int withReceiver = Type.getArgumentsAndReturnSizes(descriptor) >> 2;
    return (access & Opcodes.ACC_STATIC) == 0 ? withReceiver : withReceiver - 1;
  }

  /** The ticket's place in a method. */
  static int ticket(int access, String descriptor) {
    return sizeOfParameters(access, descriptor) + 1;
  }

  private int moved(int variable) {
    return variable < parameters ? variable : variable + MOVED;
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    super.visitVarInsn(opcode, moved(variable));
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    super.visitIincInsn(moved(variable), increment);
  }

  @Override
  public void visitLocalVariable(
      String name, String descriptor, String signature, Label start, Label end, int index) {
    super.visitLocalVariable(name, descriptor, signature, start, end, moved(index));
  }

  @Override
  public AnnotationVisitor visitLocalVariableAnnotation(
      int type,
      TypePath path,
      Label[] start,
      Label[] end,
      int[] index,
      String descriptor,
      boolean visible) {
    int[] moved = new int[index.length];
    for (int i = 0; i < index.length; i++) {
      moved[i] = moved(index[i]);
    }
    return super.visitLocalVariableAnnotation(type, path, start, end, moved, descriptor, visible);
  }

  @Override
  public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
    List<Object> all = new ArrayList<>(numLocal + MOVED);
    int slot = 0;
    int i = 0;
    while (i < numLocal && slot < parameters) {
      slot += sizeOf(local[i]);
      all.add(local[i++]);
    }
    for (; slot <= parameters; slot++) {
      all.add(Opcodes.TOP);
    }
    all.add(Bootstrap.OBJECT.getInternalName());
    while (i < numLocal) {
      all.add(local[i++]);
    }
    super.visitFrame(type, all.size(), all.toArray(), numStack, stack);
  }

  /** How many places a variable of a frame takes. */
  static int sizeOf(Object type) {
    return Opcodes.LONG.equals(type) || Opcodes.DOUBLE.equals(type) ? 2 : 1;
  }
}
