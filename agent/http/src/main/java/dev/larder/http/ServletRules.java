/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The rules of servlets whose {@code doGet} carries {@code @Cache}, by the class that declares it:
 * one of the same name in another web application has nothing to do with it, nor has a {@code
 * doGet} that overrides it.
 */
final class ServletRules {

  private record Bound(WeakReference<ClassLoader> loader, Rule rule) {}

  /** By the class's name; most often one each. Copied when it changes. */
  private final Map<String, List<Bound>> byName = new ConcurrentHashMap<>();

  /**
   * The class whose {@code doGet} a servlet of a class runs; a name that is no class's for none.
   */
  private final ClassValue<Class<?>> declaring =
      new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> servlet) {
          for (Class<?> type = servlet; type != null; type = type.getSuperclass()) {
            // What a framework generates stands before the servlet's own.
            if (!type.getName().contains("$$") && declaresDoGet(type)) {
              return type;
            }
          }
          return Object.class;
        }
      };

  private static boolean declaresDoGet(Class<?> type) {
    try {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals("doGet")
            && method.getParameterCount() == 2
            && method
                .getParameterTypes()[0]
                .getName()
                .endsWith(".servlet.http.HttpServletRequest")) {
          return true;
        }
      }
    } catch (LinkageError unreadable) {
      // A class of which a part is missing has been woven all the same, and named before.
      return true;
    }
    return false;
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  /** Takes a class's rule, in place of the one that it has. */
  void put(ClassLoader loader, String className, Rule rule) {
    byName.compute(
        className, (name, before) -> without(loader, before, new Bound(of(loader), rule)));
  }

  /** Takes a class's rule away. */
  void remove(ClassLoader loader, String className) {
    byName.computeIfPresent(className, (name, before) -> without(loader, before, null));
  }

  private static WeakReference<ClassLoader> of(ClassLoader loader) {
    return new WeakReference<>(loader);
  }

  /** The others, without those of loaders that are gone, and one more; null for none. */
  private static List<Bound> without(ClassLoader loader, List<Bound> before, Bound added) {
    List<Bound> bound = new ArrayList<>();
    if (before != null) {
      for (Bound each : before) {
        if (!each.loader().refersTo(loader) && !each.loader().refersTo(null)) {
          bound.add(each);
        }
      }
    }
    if (added != null) {
      bound.add(added);
    }
    return bound.isEmpty() ? null : List.copyOf(bound);
  }

  /** The rule of a servlet; null for none. */
  Rule of(Object servlet) {
    if (byName.isEmpty()) {
      return null;
    }
    Class<?> type = declaring.get(servlet.getClass());
    List<Bound> bound = byName.get(type.getName());
    if (bound != null) {
      for (Bound each : bound) {
        if (each.loader().refersTo(type.getClassLoader())) {
          return each.rule();
        }
      }
    }
    return null;
  }

  void forEach(Consumer<Rule> action) {
    byName.values().forEach(bound -> bound.forEach(each -> action.accept(each.rule())));
  }
}
