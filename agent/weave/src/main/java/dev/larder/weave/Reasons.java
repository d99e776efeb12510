/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.match.MethodPattern;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
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

  /**
   * An interface that asks for a method.
   *
   * @param mark the annotation by which it does; null where a pattern names it
   * @param looksUp whether the method is to be cached, and not only to evict or put
   * @param askedFor whether just this method is asked for
   */
  record Asking(Outline anInterface, Mark mark, boolean looksUp, boolean askedFor) {}

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
        return new Asking(anInterface, mark, true, true);
      }
    }
    return null;
  }

  /**
   * The interfaces of a class that ask for a method whose body it inherits; one for look-ups, one
   * for evictions and puts.
   */
  List<Asking> ofInherited(Outline type, MethodOutline method, Hierarchy hierarchy) {
    List<Asking> asking = new ArrayList<>();
    if (method.is(Opcodes.ACC_PUBLIC)) {
      Asking annotated = throughInterface(method, hierarchy, false);
      addFirst(asking, annotated, named(type, method, hierarchy, true));
      addFirst(asking, evictsOrPuts(method, hierarchy), named(type, method, hierarchy, false));
    }
    return asking;
  }

  private static void addFirst(List<Asking> all, Asking first, Asking second) {
    if (first != null || second != null) {
      all.add(first == null ? second : first);
    }
  }

  /** The nearest interface that has calls of a method evict or put by an annotation, or null. */
  private static Asking evictsOrPuts(MethodOutline method, Hierarchy hierarchy) {
    for (Outline anInterface : hierarchy.interfaces()) {
      MethodOutline declared = hierarchy.declaredIn(anInterface, method);
      Mark mark = declared == null ? null : evictsOrPuts(declared);
      if (mark != null) {
        return new Asking(anInterface, mark, false, true);
      }
    }
    return null;
  }

  /** The annotation by which calls of a method evict or put; null for none. */
  static Mark evictsOrPuts(MethodOutline method) {
    for (String each :
        List.of(Annotations.EVICT, Annotations.EVICTS, Annotations.PUT, Annotations.PUTS)) {
      Mark mark = method.annotation(each);
      if (mark != null) {
        return mark;
      }
    }
    return null;
  }

  /** The interface that a pattern names by which it means a method; null for none. */
  private Asking named(Outline type, MethodOutline method, Hierarchy hierarchy, boolean looksUp) {
    for (Selection.CachePatterns cache : selection.caches()) {
      MethodPattern pattern =
          PatternMatches.first(
              looksUp ? cache.methods() : cache.evictOn(), type, method, hierarchy);
      if (pattern == null
          || PatternMatches.namesType(pattern, type)
          || (isWild(pattern) && isNobodys(type, method))
          || (looksUp && PatternMatches.first(cache.except(), type, method, hierarchy) != null)) {
        continue;
      }
      for (Outline anInterface : hierarchy.interfaces()) {
        if (PatternMatches.namesType(pattern, anInterface)) {
          return new Asking(anInterface, null, looksUp, !pattern.hasWildcardMethod());
        }
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

  /** Whether a pattern names a constructor. */
  boolean nameConstructor(Outline type, MethodOutline constructor, Hierarchy hierarchy) {
    for (Selection.CachePatterns cache : selection.caches()) {
      if (PatternMatches.first(cache.methods(), type, constructor, hierarchy) != null
          || PatternMatches.first(cache.evictOn(), type, constructor, hierarchy) != null) {
        return true;
      }
    }
    return false;
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
