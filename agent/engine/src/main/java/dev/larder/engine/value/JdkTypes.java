/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractQueue;
import java.util.AbstractSequentialList;
import java.util.AbstractSet;
import java.util.Set;

/** What belongs to the JDK. */
final class JdkTypes {

  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

  private static final Set<Class<?>> STATELESS =
      Set.of(
          Object.class,
          Number.class,
          Record.class,
          AbstractCollection.class,
          AbstractList.class,
          AbstractSequentialList.class,
          AbstractSet.class,
          AbstractQueue.class,
          AbstractMap.class);

  private JdkTypes() {}

  static boolean isJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == PLATFORM;
  }

  /** The nearest superclass of an application's class that is the JDK's. */
  static Class<?> baseOf(Class<?> type) {
    Class<?> next = type;
    while (!isJdk(next)) {
      next = next.getSuperclass();
    }
    return next;
  }

  /** Whether instances of this superclass have nothing of their own that a copy would miss. */
  static boolean isStateless(Class<?> type) {
    return STATELESS.contains(type);
  }
}
