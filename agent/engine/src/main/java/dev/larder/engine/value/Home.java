/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

/**
 * The class loader of the methods that values are kept for, and which classes those may hold.
 *
 * <p>A container's shared library may be given, or make, objects of one of the applications above
 * it. Kept for the library they would keep that application's loader from being collected, and be
 * given to another application, in which a class of the same name is another class. So a value may
 * hold what the methods' own class could name: classes of its loader, of those above, and such as
 * it finds elsewhere under their names.
 */
public final class Home {

  private static final ClassLoader SYSTEM = ClassLoader.getSystemClassLoader();

  private final ClassLoader loader;
  private final ClassValue<Boolean> known =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isAbove(type.getClassLoader()) || isFound(type);
        }
      };

  /** Of methods of one class loader; null for the bootstrap loader. */
  public Home(ClassLoader loader) {
    this.loader = loader;
  }

  /** Whether values may hold instances of a class. */
  public boolean holds(Class<?> type) {
    ClassLoader of = type.getClassLoader(); // of an array that of its elements
    return of == null || of == loader || of == SYSTEM || JdkTypes.isJdk(type) || known.get(type);
  }

  private boolean isAbove(ClassLoader other) {
    for (ClassLoader each = loader; each != null; each = each.getParent()) {
      if (each == other) {
        return true;
      }
    }
    return false;
  }

  private boolean isFound(Class<?> type) {
    try {
      return Class.forName(type.getName(), false, loader) == type;
    } catch (ClassNotFoundException | LinkageError | RuntimeException hidden) {
      return false;
    }
  }
}
