/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.match.MethodPattern;
import dev.larder.weave.Outline.Mark;
import dev.larder.weave.Outline.MethodOutline;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Which methods of a class the patterns of the file mean. */
final class PatternMatches {

  private PatternMatches() {}

  /** The first of some patterns that means a class's method; null for none. */
  static MethodPattern first(
      List<MethodPattern> patterns, Outline type, MethodOutline method, Hierarchy hierarchy) {
    for (MethodPattern pattern : patterns) {
      if (matches(pattern, type, method, hierarchy)) {
        return pattern;
      }
    }
    return null;
  }

  private static boolean matches(
      MethodPattern pattern, Outline type, MethodOutline method, Hierarchy hierarchy) {
    if (pattern.asksForAnnotation() && !carriesAnnotation(pattern, method)) {
      return false;
    }
    boolean described = describes(pattern, method, hierarchy);
    if (described && namesType(pattern, type)) {
      return true;
    }
    if (method.is(Opcodes.ACC_STATIC) || method.is(Opcodes.ACC_PRIVATE)) {
      return false;
    }
    for (Outline anInterface : hierarchy.interfaces()) {
      if (namesType(pattern, anInterface)) {
        boolean meant =
            described
                ? pattern.withSubtypes() || hierarchy.implemented(method, anInterface) != null
                : describesAsDeclared(pattern, method, anInterface, hierarchy);
        if (meant) {
          return true;
        }
      }
    }
    if (described && pattern.withSubtypes()) {
      for (Outline above : hierarchy.superclasses()) {
        if (namesType(pattern, above)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Whether a pattern names an interface and means a method of it, or of one that it extends,
   * wherever that is implemented.
   */
  static boolean meansOfInterface(
      MethodPattern pattern, Outline anInterface, MethodOutline method, Hierarchy hierarchy) {
    return namesType(pattern, anInterface)
        && (!pattern.asksForAnnotation() || carriesAnnotation(pattern, method))
        && (describes(pattern, method, hierarchy)
            || describesAsDeclared(pattern, method, anInterface, hierarchy));
  }

  private static boolean describes(
      MethodPattern pattern, MethodOutline method, Hierarchy hierarchy) {
    return describes(pattern, method, SourceTypes.parameters(method.descriptor()), hierarchy);
  }

  private static boolean describes(
      MethodPattern pattern, MethodOutline method, List<String> parameters, Hierarchy hierarchy) {
    return pattern.matchesMethod(method.name(), parameters, hierarchy::supertypesOf);
  }

  /**
   * Whether a pattern has the parameters of what a method implements of an interface: where there
   * are type variables, those of the method are others, and a proxy's are nobody's.
   */
  private static boolean describesAsDeclared(
      MethodPattern pattern, MethodOutline method, Outline anInterface, Hierarchy hierarchy) {
    return pattern.matchesMethodName(method.name())
        && DeclaredParameters.of(method, anInterface, hierarchy).stream()
            .anyMatch(parameters -> describes(pattern, method, parameters, hierarchy));
  }

  private static boolean carriesAnnotation(MethodPattern pattern, MethodOutline method) {
    for (Mark mark : method.annotations()) {
      if (pattern.matchesAnnotation(Type.getType(mark.descriptor()).getClassName())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a pattern names a type, not only one above it. */
  static boolean namesType(MethodPattern pattern, Outline type) {
    return pattern.matchesTypeName(type.binaryName());
  }
}
