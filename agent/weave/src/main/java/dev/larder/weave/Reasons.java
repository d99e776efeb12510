/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.TargetSpec;
import dev.larder.engine.TargetSpec.Operation;
import dev.larder.engine.match.MethodPattern;
import dev.larder.weave.Outline.Mark;
import dev.larder.weave.Outline.MethodOutline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;

/** Why methods are targets: what annotations and the file ask for, and which of them counts. */
final class Reasons {

  private static final Set<String> OF_OBJECT =
      Set.of(
          "equals(Ljava/lang/Object;)",
          "hashCode()",
          "toString()",
          "clone()",
          "finalize()",
          "getClass()");

  /** What the compiler gives each enum. */
  private static final Set<String> OF_ENUM = Set.of("values()", "valueOf(Ljava/lang/String;)");

  private final Selection selection;

  Reasons(Selection selection) {
    this.selection = selection;
  }

  /** Why a method is cached, and in which cache. */
  record Reason(Operation operation, boolean throughInterface, boolean askedFor) {}

  /** An interface that asks for a method by an annotation. */
  record Asking(Outline anInterface, Mark mark) {}

  /**
   * Why a method is cached; null where nothing asks for it.
   *
   * @param evictsOrPuts whether its calls do, which no wildcard and no type's annotation means
   */
  Reason of(Outline type, MethodOutline method, Hierarchy hierarchy, boolean evictsOrPuts) {
    Reason annotated = annotated(type, method, hierarchy, evictsOrPuts);
    for (Selection.CachePatterns cache : selection.caches()) {
      MethodPattern pattern = PatternMatches.first(cache.methods(), type, method, hierarchy);
      if (pattern == null
          || PatternMatches.first(cache.except(), type, method, hierarchy) != null
          || (annotated != null && !pattern.takesOver())
          || (isWild(pattern) && isLeftOut(type, method, evictsOrPuts))) {
        continue;
      }
      return new Reason(
          new Operation(cache.cache(), Map.of()),
          !PatternMatches.namesType(pattern, type),
          !pattern.hasWildcardMethod());
    }
    return annotated;
  }

  /**
   * What an annotation asks for: the method's own, the type's, an interface method's or an
   * interface's.
   */
  private static Reason annotated(
      Outline type, MethodOutline method, Hierarchy hierarchy, boolean evictsOrPuts) {
    Mark here = annotated(type, method, evictsOrPuts);
    if (here != null) {
      return new Reason(
          Annotations.operation(here, type.binaryName() + "." + method.name()), false, true);
    }
    Asking asking = throughInterface(method, hierarchy, evictsOrPuts);
    if (asking == null) {
      return null;
    }
    String name = asking.anInterface().binaryName() + "." + method.name();
    return new Reason(Annotations.operation(asking.mark(), name), true, true);
  }

  /** What the method's own annotation or its type's asks for; null for nothing. */
  private static Mark annotated(Outline type, MethodOutline method, boolean evictsOrPuts) {
    Mark own = method.annotation(Annotations.CACHE);
    return own != null
        ? own
        : isCoveredByType(method, evictsOrPuts) ? type.annotation(Annotations.CACHE) : null;
  }

  /** The nearest interface that asks for a method; null for none. */
  static Asking throughInterface(MethodOutline method, Hierarchy hierarchy, boolean evictsOrPuts) {
    if (method.is(Opcodes.ACC_STATIC) || !method.is(Opcodes.ACC_PUBLIC)) {
      return null;
    }
    for (Outline anInterface : hierarchy.interfaces()) {
      MethodOutline declared = hierarchy.declaredIn(anInterface, method);
      if (declared == null) {
        continue;
      }
      Mark mark = declared.annotation(Annotations.CACHE);
      if (mark == null && isCoveredByType(declared, evictsOrPuts)) {
        mark = anInterface.annotation(Annotations.CACHE);
      }
      if (mark != null) {
        return new Asking(anInterface, mark);
      }
    }
    return null;
  }

  private static boolean isCoveredByType(MethodOutline method, boolean evictsOrPuts) {
    return method.is(Opcodes.ACC_PUBLIC)
        && !method.is(Opcodes.ACC_STATIC)
        && !method.is(Opcodes.ACC_SYNTHETIC)
        && !evictsOrPuts
        && !method.descriptor().endsWith(")V")
        && !OF_OBJECT.contains(method.signature());
  }

  /** What a method's calls remove by the file. */
  List<Operation> evictions(Outline type, MethodOutline method, Hierarchy hierarchy) {
    List<Operation> evictions = new ArrayList<>();
    for (Selection.CachePatterns cache : selection.caches()) {
      MethodPattern pattern = PatternMatches.first(cache.evictOn(), type, method, hierarchy);
      if (pattern != null && !(isWild(pattern) && isNobodys(type, method))) {
        evictions.add(new Operation(cache.cache(), Map.of(TargetSpec.BY_FILE, "true")));
      }
    }
    return evictions;
  }

  private static boolean isWild(MethodPattern pattern) {
    return !pattern.takesOver();
  }

  private static boolean isLeftOut(Outline type, MethodOutline method, boolean evictsOrPuts) {
    return evictsOrPuts || isNobodys(type, method);
  }

  /**
   * Whether no wildcard means it: the compiler has made it, or it is one that {@code Object} has.
   */
  private static boolean isNobodys(Outline type, MethodOutline method) {
    return method.is(Opcodes.ACC_SYNTHETIC)
        || OF_OBJECT.contains(method.signature())
        || (type.isEnum() && method.is(Opcodes.ACC_STATIC) && OF_ENUM.contains(method.signature()));
  }
}
