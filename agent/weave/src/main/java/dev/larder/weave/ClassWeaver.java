/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.method.TargetSpec;
import dev.larder.weave.TransactionMethods.Telling;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites one class.
 *
 * <p>Plain ASM, and not a library above it: the first class that is woven then costs some 15
 * milliseconds of the application's start, where Byte Buddy's advice costs 350.
 */
final class ClassWeaver {

  private final Refusals refusals;

  ClassWeaver(Refusals refusals) {
    this.refusals = refusals;
  }

  /**
   * The class with its targets woven, and its methods of other kinds where that is asked for. A
   * method that does not take it is left as it is, and its neighbours are woven all the same.
   *
   * @param targets by name and descriptor
   * @param decision which other methods are looked for
   * @param done what is woven already, by name and descriptor
   * @return null where nothing was to be woven
   */
  byte[] weave(
      byte[] bytes, Map<String, TargetSpec> targets, Gate.Decision decision, Set<String> done) {
    return weave(bytes, targets, decision, done, Set.of());
  }

  /**
   * The same, and what is woven already but is no target any more, as it came.
   *
   * @param stale those of {@code done}
   */
  byte[] weave(
      byte[] bytes,
      Map<String, TargetSpec> targets,
      Gate.Decision decision,
      Set<String> done,
      Set<String> stale) {
    Set<String> left = new HashSet<>(done);
    while (decision.servletMethods()
        || decision.transactions()
        || !stale.isEmpty()
        || !left.containsAll(targets.keySet())) {
      try {
        return weaveAll(bytes, targets, decision, left, stale);
      } catch (MethodTooLargeException tooLarge) {
        String method = tooLarge.getMethodName() + tooLarge.getDescriptor();
        if (!left.add(method)) {
          throw tooLarge; // it is too large as it came, which no compiler's is
        }
        refuse(tooLarge, targets.get(method));
      }
    }
    return null;
  }

  /** Tells of a method that is too large; a null target is a servlet's method or a filter's. */
  private void refuse(MethodTooLargeException tooLarge, TargetSpec target) {
    String reason =
        "its "
            + tooLarge.getCodeSize()
            + " bytes of code with Larder's are more than a method may have (65535); move a"
            + " part of it to a method of its own";
    if (target == null) {
      refusals.refuse(
          tooLarge.getClassName().replace('/', '.'),
          tooLarge.getMethodName(),
          "path rules do not reach it, since " + reason,
          true);
    } else {
      refusals.refuse(
          target.declaringClass(),
          target.method(),
          reason,
          target.traits().contains(TargetSpec.Trait.ASKED_FOR));
    }
  }

  private static byte[] weaveAll(
      byte[] bytes,
      Map<String, TargetSpec> targets,
      Gate.Decision decision,
      Set<String> left,
      Set<String> stale) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Rewriting rewriting = new Rewriting(writer, targets, decision, left, stale);
    reader.accept(rewriting, ClassReader.EXPAND_FRAMES);
    return rewriting.wove ? writer.toByteArray() : null;
  }

  private static final class Rewriting extends ClassVisitor {
    private final Map<String, TargetSpec> targets;
    private final Gate.Decision decision;
    private final Set<String> left;
    private final Set<String> stale;
    private int version;
    private String owner;
    private String[] interfaces;
    private boolean wove;

    Rewriting(
        ClassVisitor next,
        Map<String, TargetSpec> targets,
        Gate.Decision decision,
        Set<String> left,
        Set<String> stale) {
      super(OutlineReader.ASM, next);
      this.targets = targets;
      this.decision = decision;
      this.left = left;
      this.stale = stale;
    }

    @Override
    public void visit(
        int format, int access, String name, String signature, String superName, String[] above) {
      version = format;
      owner = name;
      interfaces = above;
      super.visit(format, access, name, signature, superName, above);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
      if (stale.contains(name + descriptor)) {
        return new TargetUnweaver(
            code, access, name, descriptor, signature, exceptions, () -> wove = true);
      }
      if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0
          || left.contains(name + descriptor)) {
        return code;
      }
      if (decision.servletMethods()
          && (access & Opcodes.ACC_STATIC) == 0
          && (ServletMethods.isService(name, descriptor)
              || ServletMethods.isDoFilter(name, descriptor))) {
        wove = true;
        return new ExchangeWeaver(access, code, owner, name, descriptor);
      }
      Telling telling =
          decision.transactions()
              ? TransactionMethods.of(owner, interfaces, name, descriptor)
              : null;
      if (telling != null) {
        wove = true;
        code = new TellingWeaver(code, telling, owner, version);
      }
      TargetSpec spec = targets.get(name + descriptor);
      if (spec == null) {
        return code;
      }
      wove = true;
      return new TargetWeaver(access, code, owner, spec);
    }
  }
}
