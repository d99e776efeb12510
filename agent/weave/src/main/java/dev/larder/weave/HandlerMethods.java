/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.weave.Outline.Mark;
import dev.larder.weave.Outline.MethodOutline;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/**
 * Which methods answer GET requests for a framework, by its annotations: the method's own, those
 * that it inherits from what it overrides or implements, as both Spring MVC and JAX-RS have it, and
 * those that a composed annotation carries.
 */
final class HandlerMethods {

  private static final Set<String> MARKS =
      Set.of(
          "Lorg/springframework/web/bind/annotation/RequestMapping;",
          "Lorg/springframework/web/bind/annotation/GetMapping;",
          "Lorg/springframework/web/service/annotation/HttpExchange;",
          "Lorg/springframework/web/service/annotation/GetExchange;",
          "Ljakarta/ws/rs/GET;",
          "Ljavax/ws/rs/GET;");

  /** Spring's own composed ones that answer something else. */
  private static final Set<String> OTHERS =
      Set.of(
          "Lorg/springframework/web/bind/annotation/PostMapping;",
          "Lorg/springframework/web/bind/annotation/PutMapping;",
          "Lorg/springframework/web/bind/annotation/PatchMapping;",
          "Lorg/springframework/web/bind/annotation/DeleteMapping;",
          "Lorg/springframework/web/service/annotation/PostExchange;",
          "Lorg/springframework/web/service/annotation/PutExchange;",
          "Lorg/springframework/web/service/annotation/PatchExchange;",
          "Lorg/springframework/web/service/annotation/DeleteExchange;");

  /** Deep enough for annotations that people write, and an end to those that carry each other. */
  private static final int DEEPEST = 3;

  private final Outlines outlines;

  HandlerMethods(Outlines outlines) {
    this.outlines = outlines;
  }

  /**
   * Whether a method is one.
   *
   * @param generatedProxy whether its class was made at run time: what that implements may be the
   *     interface of a client, which has the very annotations of the handler that it calls
   */
  boolean isOne(
      MethodOutline method, Hierarchy hierarchy, boolean generatedProxy, ClassLoader loader) {
    if (isMarked(method.annotations(), loader)) {
      return true;
    }
    if (generatedProxy || method.is(Opcodes.ACC_STATIC) || method.is(Opcodes.ACC_PRIVATE)) {
      return false;
    }
    for (Outline anInterface : hierarchy.interfaces()) {
      MethodOutline declared = hierarchy.declaredIn(anInterface, method);
      if (declared != null && isMarked(declared.annotations(), loader)) {
        return true;
      }
    }
    for (Outline above : hierarchy.superclasses()) {
      for (MethodOutline overridden : above.methods()) {
        if (overridden.signature().equals(method.signature())
            && isMarked(overridden.annotations(), loader)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isMarked(List<Mark> annotations, ClassLoader loader) {
    for (Mark mark : annotations) {
      if (isMark(mark.descriptor(), loader, 0)) {
        return true;
      }
    }
    return false;
  }

  private boolean isMark(String descriptor, ClassLoader loader, int depth) {
    if (MARKS.contains(descriptor)) {
      return true;
    }
    if (depth == DEEPEST
        || OTHERS.contains(descriptor)
        || descriptor.startsWith("Ljava/")
        || descriptor.startsWith("Ldev/larder/Cache")) {
      return false;
    }
    Outline type = outlines.find(descriptor.substring(1, descriptor.length() - 1), loader);
    if (type == null) {
      return false;
    }
    for (Mark carried : type.annotations()) {
      if (isMark(carried.descriptor(), loader, depth + 1)) {
        return true;
      }
    }
    return false;
  }
}
