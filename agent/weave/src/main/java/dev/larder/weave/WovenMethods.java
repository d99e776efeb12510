/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;

/** Finds the methods of a class that ask at call sites of ours already. */
final class WovenMethods extends ClassVisitor {

  private final Set<String> found = new HashSet<>();

  private WovenMethods() {
    super(OutlineReader.ASM);
  }

  /** Their names and descriptors. */
  static Set<String> in(byte[] bytes) {
    WovenMethods reading = new WovenMethods();
    new ClassReader(bytes).accept(reading, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return reading.found;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    return new MethodVisitor(OutlineReader.ASM) {
      @Override
      public void visitInvokeDynamicInsn(
          String site, String type, Handle bootstrap, Object... constants) {
        if (bootstrap.getOwner().equals(Bootstrap.DISPATCHER)) {
          found.add(name + descriptor);
        }
      }
    };
  }
}
