/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.weave;

import dev.larder.engine.match.MethodPattern;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * The classes that are there already: loaded by an archive, by an earlier agent, or by an
 * application that runs when Larder is attached or its configuration changes.
 */
final class LoadedClasses {

  /** So many are transformed at one stop of the JVM. */
  private static final int AT_ONCE = 50;

  private LoadedClasses() {}

  /**
   * Those that a gate lets pass, which learns their supertypes by it. One without a class file,
   * made as the application runs, passes: its bytes are seen only when it is transformed.
   */
  static List<Class<?>> passing(List<Class<?>> types, Gate gate) {
    List<Class<?>> passing = new ArrayList<>();
    List<Class<?>> open = new ArrayList<>();
    List<Glance> glances = new ArrayList<>();
    LibraryClasses libraries = new LibraryClasses(gate.selection().allPatterns());
    for (Class<?> type : types) {
      if (libraries.canLeave(type)) {
        continue;
      }
      byte[] bytes = ClassFiles.read(type.getClassLoader(), Gate.internalName(type));
      Glance glance = bytes == null ? null : gate.glance(bytes);
      if (glance == null) {
        passing.add(type);
      } else {
        open.add(type);
        glances.add(glance);
      }
    }
    // In no order, but what a class inherits must be known when it is decided on: so again, as
    // long as anything new was learnt.
    int learnt;
    do {
      learnt = gate.inheritedCount();
      for (int i = open.size() - 1; i >= 0; i--) {
        Class<?> type = open.get(i);
        if (!gate.decide(glances.get(i), type.getClassLoader(), true).leaves()) {
          passing.add(type);
          open.remove(i);
          glances.remove(i);
        }
      }
    } while (gate.inheritedCount() > learnt);
    return passing;
  }

  /** Those that a pattern may mean, by their own name or a supertype's. */
  static List<Class<?>> meantBy(List<MethodPattern> patterns, List<Class<?>> types) {
    List<Class<?>> meant = new ArrayList<>();
    List<String> annotations = Gate.annotations(patterns);
    Wanted marks = new Wanted(List.of(annotations));
    for (Class<?> type : types) {
      if (isNamed(type, patterns) || (!annotations.isEmpty() && isMarked(type, marks))) {
        meant.add(type);
      }
    }
    return meant;
  }

  private static boolean isMarked(Class<?> type, Wanted marks) {
    byte[] bytes = ClassFiles.read(type.getClassLoader(), Gate.internalName(type));
    Glance glance = bytes == null ? null : Glance.at(bytes, marks);
    return glance != null && glance.has(0);
  }

  private static boolean isNamed(Class<?> type, List<MethodPattern> patterns) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (MethodPattern pattern : patterns) {
        if (!pattern.asksForAnnotation() && pattern.matchesTypeName(each.getName())) {
          return true;
        }
      }
      for (Class<?> above : each.getInterfaces()) {
        if (isNamed(above, patterns)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Has classes transformed again; one that cannot be is left as it is, with a line. */
  static void retransform(List<Class<?>> types, Instrumentation instrumentation) {
    for (int from = 0; from < types.size(); from += AT_ONCE) {
      List<Class<?>> some = types.subList(from, Math.min(from + AT_ONCE, types.size()));
      if (some.size() == 1 || !retransform(instrumentation, some.toArray(new Class<?>[0]), false)) {
        for (Class<?> type : some) {
          retransform(instrumentation, new Class<?>[] {type}, true);
        }
      }
    }
  }

  private static boolean retransform(
      Instrumentation instrumentation, Class<?>[] types, boolean tell) {
    try {
      instrumentation.retransformClasses(types);
      return true;
    } catch (UnmodifiableClassException | LinkageError | RuntimeException refused) {
      if (tell) {
        LoggerFactory.getLogger(LoadedClasses.class)
            .warn(
                "{} is loaded already and cannot be transformed again ({}); its methods stay as"
                    + " they are",
                types[0].getName(),
                refused.toString());
      }
      return false;
    }
  }
}
