/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.CallArguments;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/** Which method of a {@link HitSite} answers calls with arguments of these types. */
final class HitShapes {

  private static final MethodHandles.Lookup HERE = MethodHandles.lookup();
  private static final MethodType TO_OBJECT = MethodType.methodType(Object.class, long.class);
  private static final MethodHandle OF_BOOLEAN;
  private static final MethodHandle BOX;

  static {
    try {
      OF_BOOLEAN =
          HERE.findStatic(
              CallArguments.class, "ofBoolean", MethodType.methodType(long.class, boolean.class));
      BOX = HERE.findStatic(Long.class, "valueOf", MethodType.methodType(Long.class, long.class));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private HitShapes() {}

  /**
   * The method for a site's type.
   *
   * @param type {@code (receiver, arguments)Object}, without the receiver of a static method
   * @param first where the arguments begin
   * @return {@code (HitSite, receiver, arguments)Object}, each argument as it is or an object
   */
  static MethodHandle of(CachedTarget cached, MethodType type, int first)
      throws ReflectiveOperationException {
    int count = type.parameterCount() - first;
    if (count == 0) {
      return find(Object.class);
    }
    if (count == 1) {
      Class<?> only = type.parameterType(first);
      if (CallArguments.isIntegral(only)) {
        return only == boolean.class
            ? MethodHandles.filterArguments(find(Object.class, long.class), 2, OF_BOOLEAN)
            : find(Object.class, long.class);
      }
      if (cached.isAtomParameter(0)) {
        return find(Object.class, Object.class);
      }
    }
    MethodHandle site = several(cached, type, first, count);
    for (int i = 0; i < count; i++) {
      Class<?> parameter = type.parameterType(first + i);
      if (CallArguments.isIntegral(parameter)) {
        site = MethodHandles.filterArguments(site, 2 + i, number(parameter, site, 2 + i));
      }
    }
    return site;
  }

  /** For several arguments; it takes a {@code long} or an object for each. */
  private static MethodHandle several(CachedTarget cached, MethodType type, int first, int count)
      throws ReflectiveOperationException {
    boolean areAtoms = true;
    boolean hasLong = false;
    int at = -1;
    for (int i = 0; i < count; i++) {
      Class<?> parameter = type.parameterType(first + i);
      boolean isIntegral = CallArguments.isIntegral(parameter);
      areAtoms &= isIntegral || cached.isAtomParameter(i);
      if (at < 0 && !hasLong && isIntegral) {
        at = i;
      }
      hasLong |= isIntegral || parameter == Long.class;
    }
    if (count <= 3 && areAtoms && at >= 0) {
      return numbered(at, count);
    }
    if (count <= 3 && areAtoms && !hasLong) {
      return count == 2
          ? find(Object.class, Object.class, Object.class)
          : find(Object.class, Object.class, Object.class, Object.class);
    }
    return find(Object.class, Object[].class).asCollector(Object[].class, count);
  }

  /** For two or three arguments of which the one at this place is a {@code long}. */
  private static MethodHandle numbered(int at, int count) throws ReflectiveOperationException {
    MethodHandle site =
        find(Object.class, int.class, int.class, long.class, Object.class, Object.class);
    site = MethodHandles.insertArguments(site, 2, at, count);
    if (count == 2) {
      site = MethodHandles.insertArguments(site, 4, (Object) null);
    }
    Class<?>[] types = new Class<?>[count];
    Arrays.fill(types, Object.class);
    types[at] = long.class;
    int[] order =
        count == 2
            ? new int[] {0, 1, 2 + at, at == 0 ? 3 : 2}
            : new int[] {0, 1, 2 + at, at == 0 ? 3 : 2, at == 2 ? 3 : 4};
    MethodType inOrder =
        MethodType.methodType(Object.class, HitSite.class, Object.class)
            .appendParameterTypes(types);
    return MethodHandles.permuteArguments(site, inOrder, order);
  }

  /** From an integral primitive to what a site takes there: a {@code long}, or a {@code Long}. */
  private static MethodHandle number(Class<?> parameter, MethodHandle site, int place) {
    Class<?> taken = site.type().parameterType(place);
    MethodHandle made =
        taken == long.class ? MethodHandles.identity(long.class) : BOX.asType(TO_OBJECT);
    return parameter == boolean.class
        ? MethodHandles.filterReturnValue(OF_BOOLEAN, made)
        : made.asType(MethodType.methodType(taken, parameter));
  }

  private static MethodHandle find(Class<?>... parameters) throws ReflectiveOperationException {
    return HERE.findVirtual(HitSite.class, "hit", MethodType.methodType(Object.class, parameters));
  }
}
