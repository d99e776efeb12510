/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.TargetSpec;
import java.util.HashMap;
import java.util.Map;
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
   * The class with its targets woven, and its servlet methods where that is asked for.
   *
   * @param targets by name and descriptor
   * @return null where nothing was to be woven
   */
  byte[] weave(byte[] bytes, Map<String, TargetSpec> targets, boolean servletMethods) {
    Map<String, TargetSpec> remaining = new HashMap<>(targets);
    while (!remaining.isEmpty() || servletMethods) {
      try {
        return weaveAll(bytes, remaining, servletMethods);
      } catch (MethodTooLargeException tooLarge) {
        TargetSpec left = remaining.remove(tooLarge.getMethodName() + tooLarge.getDescriptor());
        if (left == null) {
          return null;
        }
        refusals.refuse(
            left.declaringClass(),
            left.method(),
            "its "
                + tooLarge.getCodeSize()
                + " bytes of code with Larder's are more than a method may have (65535); move a"
                + " part of it to a method of its own",
            left.traits().contains(TargetSpec.Trait.ASKED_FOR));
      }
    }
    return null;
  }

  private static byte[] weaveAll(
      byte[] bytes, Map<String, TargetSpec> targets, boolean servletMethods) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Rewriting rewriting = new Rewriting(writer, targets, servletMethods);
    reader.accept(rewriting, ClassReader.EXPAND_FRAMES);
    return rewriting.wove ? writer.toByteArray() : null;
  }

  private static final class Rewriting extends ClassVisitor {
    private final Map<String, TargetSpec> targets;
    private final boolean servletMethods;
    private String owner;
    private boolean wove;

    Rewriting(ClassVisitor next, Map<String, TargetSpec> targets, boolean servletMethods) {
      super(OutlineReader.ASM, next);
      this.targets = targets;
      this.servletMethods = servletMethods;
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String superName, String[] above) {
      owner = name;
      super.visit(version, access, name, signature, superName, above);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor code = super.visitMethod(access, name, descriptor, signature, exceptions);
      if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) {
        return code;
      }
      if (servletMethods
          && (access & Opcodes.ACC_STATIC) == 0
          && (ServletMethods.isService(name, descriptor)
              || ServletMethods.isDoFilter(name, descriptor))) {
        wove = true;
        return new ExchangeWeaver(access, code, owner, name, descriptor);
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
