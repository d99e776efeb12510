/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.util.List;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LocalVariableAnnotationNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Takes out of a method what {@link TargetWeaver} has put in, which leaves the instructions that it
 * came with.
 *
 * <p>What was woven as a class was loaded lies beneath what others have woven since, and no JVM
 * gives back what was there before. So what stands there is compared, instruction for instruction,
 * with what is known to have been written; where anything else has come in between, as by another
 * agent's transformer of the same kind behind ours, the method stays as it is.
 */
final class TargetUnweaver extends MethodNode {

  private final MethodVisitor next;
  private final Runnable done;
  private final Type returned;
  private final int ticket;

  private WovenCode code;
  private TryCatchBlockNode guard;

  /**
   * A visitor of a method.
   *
   * @param next is given the method as it is then
   * @param done is run where that is without what was woven
   */
  TargetUnweaver(
      MethodVisitor next,
      int access,
      String name,
      String descriptor,
      String signature,
      String[] exceptions,
      Runnable done) {
    super(OutlineReader.ASM, access, name, descriptor, signature, exceptions);
    this.next = next;
    this.done = done;
    this.returned = Type.getReturnType(descriptor);
    this.ticket = RoomForTicket.ticket(access, descriptor);
  }

  @Override
  public void visitEnd() {
    code = new WovenCode(instructions);
    if (takesQuestion() && takesExits() && takesGuard() && !code.hasMore(ticket) && takesFrames()) {
      remove();
      moveUp();
      done.run();
    }
    accept(next);
  }

  /** Takes what stands before the body. */
  private boolean takesQuestion() {
    boolean gives = returned.getSort() != Type.VOID;
    LabelNode give = null;
    if (gives) {
      if (!takesAsking(Bootstrap.HIT)
          || !code.takes(Opcodes.DUP)
          || !code.isNext(Opcodes.IFNONNULL)) {
        return false;
      }
      give = ((JumpInsnNode) code.take()).label;
      if (!code.takes(Opcodes.POP)) {
        return false;
      }
    }
    if (!takesAsking(Bootstrap.MISS) || !code.takes(Opcodes.ASTORE, ticket)) {
      return false;
    }
    if (gives) {
      if (!code.takes(ticket, Bootstrap.ANSWERED) || !code.isNext(Opcodes.IFEQ)) {
        return false;
      }
      LabelNode body = ((JumpInsnNode) code.take()).label;
      if (!code.takes(ticket, Bootstrap.ANSWER)
          || !code.isBehind(give)
          || !takesUnboxing()
          || !code.takes(returned.getOpcode(Opcodes.IRETURN))
          || !code.isBehind(body)) {
        return false;
      }
    }
    return code.takes(Opcodes.NOP);
  }

  private boolean takesAsking(String site) {
    int slot = 0;
    if ((access & Opcodes.ACC_STATIC) == 0 && !code.takes(Opcodes.ALOAD, slot++)) {
      return false;
    }
    for (Type parameter : Type.getArgumentTypes(desc)) {
      if (!code.takes(parameter.getOpcode(Opcodes.ILOAD), slot)) {
        return false;
      }
      slot += parameter.getSize();
    }
    return code.takes(site);
  }

  /** Takes what makes an object what the method returns. */
  private boolean takesUnboxing() {
    return isReference()
        ? takesCast()
        : code.takes(Opcodes.CHECKCAST) && code.takes(Opcodes.INVOKEVIRTUAL);
  }

  private boolean isReference() {
    return returned.getSort() >= Type.ARRAY;
  }

  /** Takes the cast of what a site gives; there is none of primitives, and none to an Object. */
  private boolean takesCast() {
    return !isReference() || returned.equals(Bootstrap.OBJECT) || code.takes(Opcodes.CHECKCAST);
  }

  /** Takes what stands before each return of the body; false where one has nothing before it. */
  private boolean takesExits() {
    int guarding = isReference() && !returned.equals(Bootstrap.OBJECT) ? 4 : 3;
    int returning = returned.getOpcode(Opcodes.IRETURN);
    while (code.left() > guarding) {
      if (code.takes(ticket, Bootstrap.EXIT)) {
        if (!takesCast() || !code.isNext(returning)) {
          return false;
        }
      } else if (code.isNext(returning)) {
        return false;
      }
      code.pass();
    }
    return code.left() == guarding;
  }

  /** Takes what stands behind the body, and catches what it throws. */
  private boolean takesGuard() {
    for (TryCatchBlockNode each : tryCatchBlocks) {
      if (code.isBehind(each.handler)) {
        if (guard != null || !"java/lang/Throwable".equals(each.type)) {
          return false;
        }
        guard = each;
      }
    }
    return guard != null
        && code.takes(ticket, Bootstrap.FAIL)
        && takesCast()
        && code.takes(returned.getOpcode(Opcodes.IRETURN))
        && code.left() == 0;
  }

  /**
   * Takes what describes the frames before the body and behind it; false where one of the body has
   * not the ticket in its place.
   */
  private boolean takesFrames() {
    boolean inBody = false;
    for (AbstractInsnNode each : instructions) {
      if (each instanceof FrameNode frame) {
        if (!inBody || WovenCode.isBehind(guard.handler, each)) {
          code.ours().add(each);
        } else if (indexOfTicket(frame.local) < 0) {
          return false;
        }
      }
      inBody |= each.getOpcode() == Opcodes.NOP && code.ours().contains(each);
    }
    return true;
  }

  /** Where the ticket is among a frame's variables; -1 for nowhere. */
  private int indexOfTicket(List<Object> locals) {
    int slot = 0;
    int i = 0;
    while (i < locals.size() && slot < ticket) {
      slot += RoomForTicket.sizeOf(locals.get(i++));
    }
    return i < locals.size()
            && slot == ticket
            && locals.get(i).equals(Bootstrap.OBJECT.getInternalName())
        ? i
        : -1;
  }

  /** Has all that comes behind the ticket move up, in what describes the frames as well. */
  private void moveUp() {
    for (AbstractInsnNode each : instructions) {
      if (each instanceof FrameNode frame) {
        leaveOut(frame.local);
      } else if (each instanceof VarInsnNode variable) {
        variable.var = movedUp(variable.var);
      } else if (each instanceof IincInsnNode counter) {
        counter.var = movedUp(counter.var);
      }
    }
    if (localVariables != null) {
      for (LocalVariableNode each : localVariables) {
        each.index = movedUp(each.index);
      }
    }
    moveUp(visibleLocalVariableAnnotations);
    moveUp(invisibleLocalVariableAnnotations);
  }

  private void moveUp(List<LocalVariableAnnotationNode> annotations) {
    if (annotations != null) {
      for (LocalVariableAnnotationNode each : annotations) {
        each.index.replaceAll(this::movedUp);
      }
    }
  }

  private int movedUp(int variable) {
    return variable > ticket ? variable - RoomForTicket.MOVED : variable;
  }

  /** Leaves the ticket out of a frame, the place before it, and what says nothing behind it. */
  private void leaveOut(List<Object> locals) {
    int index = indexOfTicket(locals);
    locals.remove(index);
    if (Opcodes.TOP.equals(locals.get(index - 1))) {
      locals.remove(index - 1);
    } // else a long or a double reaches into it
    while (!locals.isEmpty() && Opcodes.TOP.equals(locals.get(locals.size() - 1))) {
      locals.remove(locals.size() - 1);
    }
  }

  private void remove() {
    tryCatchBlocks.remove(guard);
    for (AbstractInsnNode each : code.ours()) {
      instructions.remove(each);
    }
  }
}
