/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.key.TypeNames;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Set;

/**
 * What each object of a class written in Groovy knows of its class: by default the class's own meta
 * class, in a transient field that Groovy fills when it is asked for and empty.
 */
final class MetaClasses {

  static final String NAME = "groovy.lang.MetaClass";

  private static final Set<String> NAMES = Set.of(NAME);
  private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

  private MetaClasses() {}

  static boolean isOne(Object value) {
    return value != null && TypeNames.isAmong(NAMES, value.getClass());
  }

  /**
   * What an object gives as its meta class; null where it gives none, which then counts as lost.
   */
  static Object of(Object object, FieldAccess access) {
    try {
      Method getter = object.getClass().getMethod("getMetaClass");
      MethodHandle handle = access.lookupIn(getter.getDeclaringClass()).unreflect(getter);
      return (Object) handle.asType(GETTER).invokeExact(object);
    } catch (Throwable e) { // the application's, or no object of Groovy's
      return null;
    }
  }
}
