/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes one field from an instance to its copy.
 *
 * @param name the field's name
 * @param isFinal whether it is final
 * @param isPlain whether it is taken as it is, for nothing that it can hold changes
 * @param isDropped whether a copy has null in it
 * @param getter takes the instance and returns the field's type
 * @param setter takes the instance and the field's type
 */
record FieldCopy(
    String name,
    boolean isFinal,
    boolean isPlain,
    boolean isDropped,
    MethodHandle getter,
    MethodHandle setter) {

  /** What the field holds, in its box if it is primitive. */
  Object read(Object holder) {
    try {
      return getter.invoke(holder);
    } catch (Throwable e) {
      throw new IllegalStateException("field " + name + " cannot be read", e);
    }
  }

  /** The instance fields of an application's class and of its superclasses but the JDK's. */
  static List<FieldCopy> allOf(Class<?> type, FieldAccess access, Predicate<Class<?>> frozen)
      throws IllegalAccessException {
    List<FieldCopy> all = new ArrayList<>();
    for (Class<?> next = type; !JdkTypes.isJdk(next); next = next.getSuperclass()) {
      MethodHandles.Lookup lookup = access.lookupIn(next);
      for (Field field : next.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          all.add(of(field, lookup, frozen));
        }
      }
    }
    return all;
  }

  private static FieldCopy of(Field field, MethodHandles.Lookup lookup, Predicate<Class<?>> frozen)
      throws IllegalAccessException {
    boolean isFinal = Modifier.isFinal(field.getModifiers());
    if (isFinal) {
      field.setAccessible(true);
    }
    return new FieldCopy(
        field.getName(),
        isFinal,
        frozen.test(field.getType()),
        LazyPlans.isBookkeeping(field),
        lookup.unreflectGetter(field),
        lookup.unreflectSetter(field));
  }

  /** Takes (copy, instance, {@link Copying}) and fills the field of the copy. */
  MethodHandle mover(Class<?> holder) {
    MethodHandle source = isPlain ? getter : copied();
    MethodHandle mover =
        isPlain
            ? MethodHandles.dropArguments(
                MethodHandles.filterArguments(setter, 1, source), 2, Copying.class)
            : MethodHandles.collectArguments(setter, 1, source);
    return mover.asType(MethodType.methodType(void.class, holder, holder, Copying.class));
  }

  private MethodHandle copied() {
    Class<?> type = getter.type().returnType();
    MethodHandle get = getter.asType(getter.type().changeReturnType(Object.class));
    MethodHandle copy = MethodHandles.filterArguments(COPY, 0, get);
    return copy.asType(copy.type().changeReturnType(type));
  }

  private static final MethodHandle COPY = copy();

  private static MethodHandle copy() {
    try {
      MethodHandle copy =
          MethodHandles.lookup()
              .findVirtual(
                  Copying.class, "copy", MethodType.methodType(Object.class, Object.class));
      return MethodHandles.permuteArguments(
          copy, MethodType.methodType(Object.class, Object.class, Copying.class), 1, 0);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
