/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.weave.Outline.MethodOutline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a method and the methods of interfaces that it implements say together: the class of a
 * repository that a framework makes has neither annotations nor names of parameters.
 */
final class Declarations {

  private final Outline type;
  private final MethodOutline method;

  /** Near ones first. */
  private final List<Declaration> implemented = new ArrayList<>();

  private record Declaration(Outline anInterface, MethodOutline method) {}

  Declarations(Outline type, MethodOutline method, Hierarchy hierarchy) {
    this.type = type;
    this.method = method;
    if (!method.is(Opcodes.ACC_STATIC) && method.is(Opcodes.ACC_PUBLIC)) {
      for (Outline anInterface : hierarchy.interfaces()) {
        MethodOutline declared = hierarchy.declaredIn(anInterface, method);
        if (declared != null) {
          implemented.add(new Declaration(anInterface, declared));
        }
      }
    }
  }

  /**
   * What annotations of a kind ask for: the method's own, else those of the nearest interface that
   * has any.
   *
   * @param inherited whether those of interfaces count
   */
  List<Operation> operations(String single, String several, boolean inherited) {
    List<Operation> own = operations(type, method, single, several);
    if (own.isEmpty() && inherited) {
      for (Declaration each : implemented) {
        List<Operation> theirs = operations(each.anInterface, each.method, single, several);
        if (!theirs.isEmpty()) {
          return theirs;
        }
      }
    }
    return own;
  }

  private static List<Operation> operations(
      Outline type, MethodOutline method, String single, String several) {
    return Annotations.operations(
        method.annotations(), single, several, type.binaryName() + "." + method.name());
  }

  /**
   * The parameters' names: the method's own, or, for what an annotation of an interface says, the
   * interface's where its class file has them.
   */
  List<String> parameterNames() {
    for (Declaration each : implemented) {
      if (!each.method.parameterNames().isEmpty()
          && (method.parameterNames().isEmpty() || isAnnotated(each.method))) {
        return each.method.parameterNames();
      }
    }
    return method.parameterNames();
  }

  private boolean isAnnotated(MethodOutline declared) {
    return !hasOurs(method) && hasOurs(declared);
  }

  private static boolean hasOurs(MethodOutline method) {
    return Annotations.OURS.stream().anyMatch(each -> method.annotation(each) != null);
  }

  /** The positions that do not count: of a suspend function, who continues with its value too. */
  Set<Integer> ignored() {
    Set<Integer> ignored = new TreeSet<>(method.ignored());
    for (Declaration each : implemented) {
      if (isAnnotated(each.method)) {
        ignored.addAll(each.method.ignored());
      }
    }
    if (TargetSpec.isSuspending(method.descriptor())) {
      ignored.add(Type.getArgumentTypes(method.descriptor()).length - 1);
    }
    return ignored;
  }
}
