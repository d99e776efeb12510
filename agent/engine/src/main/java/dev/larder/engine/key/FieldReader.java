/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/** Reads one field of the objects that have it. */
final class FieldReader {

  private final String name;
  private final char kind;
  private final MethodHandle getter;

  private FieldReader(String name, Class<?> type, MethodHandle getter) {
    this.name = name;
    this.kind = type.isPrimitive() ? type.descriptorString().charAt(0) : 'L';
    Class<?> read = type.isPrimitive() ? type : Object.class;
    this.getter = getter.asType(MethodType.methodType(read, Object.class));
  }

  static FieldReader of(Field field, MethodHandles.Lookup lookup) throws IllegalAccessException {
    return new FieldReader(field.getName(), field.getType(), lookup.unreflectGetter(field));
  }

  /** The field of this name that the class or one of its superclasses has; null if none has. */
  static FieldReader find(Class<?> type, String name, FieldAccess access)
      throws IllegalAccessException {
    for (Class<?> next = type; next != null; next = next.getSuperclass()) {
      for (Field field : next.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return of(field, access.lookupIn(next));
        }
      }
    }
    return null;
  }

  String name() {
    return name;
  }

  /** What the field of an object holds, in its box if it is primitive. */
  Object read(Object holder) {
    try {
      return kind == 'L' ? (Object) getter.invokeExact(holder) : getter.invoke(holder);
    } catch (Throwable e) {
      throw unread(e);
    }
  }

  /** Writes what the field of an object holds; a primitive one without a tag. */
  void write(Object holder, Walk walk) throws NoKeyException {
    if (kind == 'L') {
      Object value = read(holder);
      walk.step(name);
      walk.value(value);
      return;
    }
    Bytes out = walk.out();
    try {
      switch (kind) {
        case 'I' -> out.putInt((int) getter.invokeExact(holder));
        case 'J' -> out.putLong((long) getter.invokeExact(holder));
        case 'Z' -> out.put((boolean) getter.invokeExact(holder) ? 1 : 0);
        case 'D' -> out.putLong(Double.doubleToLongBits((double) getter.invokeExact(holder)));
        case 'F' -> out.putInt(Float.floatToIntBits((float) getter.invokeExact(holder)));
        case 'B' -> out.put((byte) getter.invokeExact(holder));
        case 'S' -> out.putShort((short) getter.invokeExact(holder));
        case 'C' -> out.putShort((char) getter.invokeExact(holder));
        default -> throw new IllegalStateException("no primitive type is called " + kind);
      }
    } catch (Throwable e) {
      throw unread(e);
    }
  }

  private IllegalStateException unread(Throwable e) {
    return new IllegalStateException("field " + name + " cannot be read", e);
  }
}
