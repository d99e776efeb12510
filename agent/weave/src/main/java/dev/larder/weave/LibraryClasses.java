/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.match.MethodPattern;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Tells of loaded classes of well-known libraries whether there can be anything to weave in them,
 * by their names and their supertypes', which are loaded too: no class file is read.
 *
 * <p>An archive of the JVM's loads thousands of classes before the agent, nearly all of them
 * libraries'. To read their files took longer than all else that the agent does at a start.
 */
final class LibraryClasses {

  private static final Set<String> SERVLETS =
      Set.of(
          "jakarta.servlet.Servlet",
          "jakarta.servlet.Filter",
          "javax.servlet.Servlet",
          "javax.servlet.Filter");

  private final List<MethodPattern> patterns;
  private final boolean anyAnnotation;
  private final IdentityHashMap<Class<?>, Boolean> known = new IdentityHashMap<>();

  /**
   * What a gate looks for.
   *
   * @param patterns of the selection; one that asks for an annotation can mean any class
   */
  LibraryClasses(List<MethodPattern> patterns) {
    this.patterns = patterns;
    this.anyAnnotation = !Gate.annotations(patterns).isEmpty();
  }

  /** Whether it is a library's class in which nothing can be to weave. */
  boolean canLeave(Class<?> type) {
    return !anyAnnotation && !matters(type) && !Gate.mayTellOfTransactions(type);
  }

  /** Whether it, or what inherits from it, may have to be woven. */
  private boolean matters(Class<?> type) {
    if (type == null || Gate.isOfTheJdk(type.getClassLoader())) {
      return false;
    }
    Boolean before = known.get(type);
    if (before != null) {
      return before;
    }
    boolean matters = mattersByName(type.getName()) || matters(type.getSuperclass());
    if (!matters) {
      for (Class<?> above : type.getInterfaces()) {
        matters |= matters(above);
      }
    }
    known.put(type, matters);
    return matters;
  }

  private boolean mattersByName(String name) {
    if (!Libraries.have(name.replace('.', '/')) || SERVLETS.contains(name)) {
      return true;
    }
    for (MethodPattern pattern : patterns) {
      if (pattern.matchesTypeName(name)) {
        return true;
      }
    }
    return false;
  }
}
