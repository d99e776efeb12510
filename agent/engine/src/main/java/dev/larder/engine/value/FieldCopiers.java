/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How the contents of fields are copied, by the fields' declared types.
 *
 * <p>What a field declares is what it most often holds: where that is so, the copy is compiled into
 * the holder's own, and no plan has to be looked up.
 */
final class FieldCopiers {

  private static final MethodType TYPE =
      MethodType.methodType(Object.class, Object.class, Copying.class);
  private static final MethodHandle ANY = method("copy");
  private static final MethodHandle LIST = method("copyList");
  private static final MethodHandle MAP = method("copyMap");
  private static final MethodHandle UNLESS = method("copyUnless", Class.class);
  private static final MethodHandle IS_TREE_OF = method("isTreeOf", Class.class);

  private final Predicate<Class<?>> frozen;
  private final Function<Class<?>, MethodHandle> direct;

  /**
   * Copies by these answers.
   *
   * @param frozen whether whatever a field of a declared type holds is shared
   * @param direct takes (instance of exactly that class, {@link Copying}) and returns its copy in a
   *     tree; null where there is no such
   */
  FieldCopiers(Predicate<Class<?>> frozen, Function<Class<?>, MethodHandle> direct) {
    this.frozen = frozen;
    this.direct = direct;
  }

  /** Those of fields that are only read. */
  static FieldCopiers none() {
    return new FieldCopiers(type -> true, type -> null);
  }

  /** Takes (content, {@link Copying}) and returns its copy; null where the content is shared. */
  MethodHandle of(Class<?> declared) {
    if (frozen.test(declared)) {
      return null;
    }
    if (SharedTypes.contains(declared)) {
      return MethodHandles.insertArguments(UNLESS, 2, declared).asType(TYPE);
    }
    if (declared == List.class || declared == Collection.class || declared == ArrayList.class) {
      return LIST;
    }
    if (declared == Map.class || declared == HashMap.class) {
      return MAP;
    }
    if (declared.isInterface() || Modifier.isAbstract(declared.getModifiers())) {
      return ANY;
    }
    MethodHandle known = direct.apply(declared);
    return known == null
        ? ANY
        : MethodHandles.guardWithTest(
            MethodHandles.insertArguments(IS_TREE_OF, 2, declared), known, ANY);
  }

  /** A method of {@link Copying} as (content, Copying, more …). */
  private static MethodHandle method(String name, Class<?>... more) {
    try {
      MethodType type =
          MethodType.methodType(name.startsWith("is") ? boolean.class : Object.class, more)
              .appendParameterTypes(Object.class);
      MethodHandle method = MethodHandles.lookup().findVirtual(Copying.class, name, type);
      MethodType wanted =
          MethodType.methodType(type.returnType(), Object.class, Copying.class)
              .appendParameterTypes(more);
      return more.length == 0
          ? MethodHandles.permuteArguments(method, wanted, 1, 0)
          : MethodHandles.permuteArguments(method, wanted, 1, 2, 0);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
