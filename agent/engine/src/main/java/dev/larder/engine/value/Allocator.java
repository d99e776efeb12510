/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;

/**
 * Makes instances without running the constructors of the application's classes, as deserialization
 * does.
 *
 * <p>Where nothing is to be run at all this is {@code sun.misc.Unsafe.allocateInstance}, which the
 * compiler turns into what {@code new} is; it is no part of what the JDK has deprecated there.
 * Else, and where it is missing, it is the supported {@code sun.reflect.ReflectionFactory}.
 *
 * <p>Both are reached by reflection since the compiler warns of their packages whatever one does.
 */
final class Allocator {

  private static final MethodHandle CONSTRUCTOR_OF = constructorOf();

  /** Takes a class and returns an instance of it; null where that is not to be had. */
  private static final MethodHandle ALLOCATE = allocate();

  private Allocator() {}

  /**
   * Makes instances of a class by the constructor of a superclass of its.
   *
   * @return takes what the constructor takes, and returns {@code Object}
   */
  static MethodHandle of(Class<?> type, Constructor<?> constructor)
      throws ReflectiveOperationException {
    if (ALLOCATE != null && constructor.getDeclaringClass() == Object.class) {
      return MethodHandles.insertArguments(ALLOCATE, 0, type);
    }
    Constructor<?> made;
    try {
      made = (Constructor<?>) CONSTRUCTOR_OF.invokeExact(type, constructor);
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    // Not Lookup.unreflectConstructor: it makes an instance of the constructor's own class.
    return MethodHandles.lookup()
        .findVirtual(
            Constructor.class, "newInstance", MethodType.methodType(Object.class, Object[].class))
        .bindTo(made)
        .asCollector(Object[].class, constructor.getParameterCount())
        .asType(MethodType.methodType(Object.class, constructor.getParameterTypes()));
  }

  /**
   * The supported one; where an application of modules alone has left out {@code jdk.unsupported},
   * the one behind it, which the agent has opened then.
   */
  private static Class<?> factory() throws ClassNotFoundException {
    try {
      return Class.forName("sun.reflect.ReflectionFactory");
    } catch (ClassNotFoundException leftOut) {
      return Class.forName("jdk.internal.reflect.ReflectionFactory");
    }
  }

  private static MethodHandle allocate() {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field instance = unsafe.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      return MethodHandles.lookup()
          .findVirtual(unsafe, "allocateInstance", MethodType.methodType(Object.class, Class.class))
          .bindTo(instance.get(null));
    } catch (ReflectiveOperationException | RuntimeException missing) {
      return null;
    }
  }

  private static MethodHandle constructorOf() {
    try {
      Class<?> factory = factory();
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Object instance = factory.getMethod("getReflectionFactory").invoke(null);
      return lookup
          .findVirtual(
              factory,
              "newConstructorForSerialization",
              MethodType.methodType(Constructor.class, Class.class, Constructor.class))
          .bindTo(instance);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
