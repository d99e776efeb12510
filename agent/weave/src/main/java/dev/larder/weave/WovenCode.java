/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Reads a woven method from its begin to its end, and takes for ours what it is asked for by name.
 */
final class WovenCode {

  private static final Set<String> SITES =
      Set.of(
          Bootstrap.HIT,
          Bootstrap.MISS,
          Bootstrap.ANSWERED,
          Bootstrap.ANSWER,
          Bootstrap.EXIT,
          Bootstrap.FAIL);

  /** What is executed, in its order. */
  private final List<AbstractInsnNode> code = new ArrayList<>();

  private final Set<AbstractInsnNode> ours = new HashSet<>();
  private int at;

  WovenCode(InsnList instructions) {
    for (AbstractInsnNode each : instructions) {
      if (each.getOpcode() >= 0) {
        code.add(each);
      }
    }
  }

  /** What was written, and is to go. */
  Set<AbstractInsnNode> ours() {
    return ours;
  }

  /** How many instructions come yet. */
  int left() {
    return code.size() - at;
  }

  /** The next instruction; there must be one. */
  AbstractInsnNode next() {
    return code.get(at);
  }

  /** Passes over the next instruction, which is the body's own. */
  void pass() {
    at++;
  }

  /** Takes the next instruction for ours. */
  AbstractInsnNode take() {
    AbstractInsnNode taken = code.get(at++);
    ours.add(taken);
    return taken;
  }

  boolean isNext(int opcode) {
    return left() > 0 && next().getOpcode() == opcode;
  }

  /** Takes the next instruction if it is such a one. */
  boolean takes(int opcode) {
    if (!isNext(opcode)) {
      return false;
    }
    take();
    return true;
  }

  /** Takes the next instruction if it is such a one of a variable. */
  boolean takes(int opcode, int variable) {
    return isNext(opcode) && ((VarInsnNode) next()).var == variable && takes(opcode);
  }

  /** Takes the next instruction if it calls a site of that name. */
  boolean takes(String site) {
    if (!isSite(at, site)) {
      return false;
    }
    take();
    return true;
  }

  /** Takes the next two instructions if they give a variable to a site of that name. */
  boolean takes(int variable, String site) {
    return isNext(Opcodes.ALOAD)
        && ((VarInsnNode) next()).var == variable
        && isSite(at + 1, site)
        && takes(Opcodes.ALOAD)
        && takes(site);
  }

  private boolean isSite(int index, String site) {
    return index < code.size()
        && isAnySite(code.get(index))
        && ((InvokeDynamicInsnNode) code.get(index)).name.equals(site);
  }

  private static boolean isAnySite(AbstractInsnNode each) {
    return each instanceof InvokeDynamicInsnNode call
        && call.bsm.getOwner().equals(Bootstrap.DISPATCHER)
        && SITES.contains(call.name);
  }

  /** Whether anything but what is taken calls a site of a target, or uses a variable. */
  boolean hasMore(int variable) {
    for (AbstractInsnNode each : code) {
      if (!ours.contains(each)
          && (isAnySite(each) || (each instanceof VarInsnNode use && use.var == variable))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a label leads to the next instruction. */
  boolean isBehind(LabelNode label) {
    return left() > 0 && isBehind(label, next());
  }

  /** Whether a label leads to an instruction, or to what describes the frame there. */
  static boolean isBehind(LabelNode label, AbstractInsnNode to) {
    AbstractInsnNode each = to;
    do {
      each = each.getPrevious();
      if (each == label) {
        return true;
      }
    } while (each != null && each.getOpcode() < 0);
    return false;
  }
}
