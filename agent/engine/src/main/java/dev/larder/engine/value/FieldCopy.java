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

/**
 * Takes one field from an instance to its copy.
 *
 * @param name the field's name
 * @param isFinal whether it is final
 * @param isPlain whether it is taken as it is, for nothing that it can hold changes
 * @param isDropped whether a copy has null in it
 * @param copier takes (what it holds, {@link Copying}) and returns the copy of that
 * @param getter takes the instance and returns the field's type
 * @param setter takes the instance and the field's type; null for a record's
 */
record FieldCopy(
    String name,
    boolean isFinal,
    boolean isPlain,
    boolean isDropped,
    MethodHandle copier,
    MethodHandle getter,
    MethodHandle setter) {

  /** The field's type, which tells it from others of its name that an obfuscator gave one class. */
  Class<?> type() {
    return getter.type().returnType();
  }

  /** What the field holds, in its box if it is primitive. */
  Object read(Object holder) {
    try {
      return getter.invoke(holder);
    } catch (Throwable e) {
      throw new IllegalStateException("field " + name + " cannot be read", e);
    }
  }

  /** The instance fields of an application's class and of its superclasses but the JDK's. */
  static List<FieldCopy> allOf(Class<?> type, FieldAccess access, FieldCopiers copiers)
      throws IllegalAccessException {
    List<FieldCopy> all = new ArrayList<>();
    for (Class<?> next = type; !JdkTypes.isJdk(next); next = next.getSuperclass()) {
      MethodHandles.Lookup lookup = access.lookupIn(next);
      for (Field field : next.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          all.add(of(field, lookup, copiers));
        }
      }
    }
    return all;
  }

  private static FieldCopy of(Field field, MethodHandles.Lookup lookup, FieldCopiers copiers)
      throws IllegalAccessException {
    boolean isFinal = Modifier.isFinal(field.getModifiers());
    // The fields of records are final for good; these are made by their constructor.
    boolean isSettable = !field.getDeclaringClass().isRecord();
    if (isFinal && isSettable) {
      field.setAccessible(true);
    }
    MethodHandle copier = copiers.of(field.getType());
    return new FieldCopy(
        field.getName(),
        isFinal,
        copier == null,
        LazyPlans.isBookkeeping(field),
        copier,
        lookup.unreflectGetter(field),
        isSettable ? lookup.unreflectSetter(field) : null);
  }

  /** Takes (copy, instance, {@link Copying}) and fills the field of the copy. */
  MethodHandle mover(Class<?> holder) {
    return MethodHandles.collectArguments(setter, 1, source())
        .asType(MethodType.methodType(void.class, holder, holder, Copying.class));
  }

  /** Takes (instance, {@link Copying}) and returns what the copy's field is to hold. */
  MethodHandle source() {
    if (isPlain) {
      return MethodHandles.dropArguments(getter, 1, Copying.class);
    }
    MethodHandle get = getter.asType(getter.type().changeReturnType(Object.class));
    MethodHandle copy = MethodHandles.filterArguments(copier, 0, get);
    return copy.asType(copy.type().changeReturnType(type()));
  }
}
