/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.entry;

import dev.larder.engine.key.FieldAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Estimates what entries take of the heap, in bytes: right in its order of size, on a 64-bit JVM
 * with compressed references, and not to the byte.
 *
 * <p>Asked for each entry where a cache has a bound in bytes, else for a sample. Classes, enums and
 * what the JDK keeps for itself count as shared, and of very large values the walk goes on in
 * proportion rather than to the end.
 */
public final class Footprint {

  private static final int HEADER = 16;
  private static final int REFERENCE = 4;
  private static final int ENTRY = 200;
  private static final int MOST_OBJECTS = 20_000;
  private static final MethodType GETTER = MethodType.methodType(Object.class, Object.class);

  private final FieldAccess access;
  private final ClassValue<Shape> shapes =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return shape(type);
        }
      };

  public Footprint(FieldAccess access) {
    this.access = access;
  }

  /** What an instance takes by itself, and the fields that lead to others. */
  private record Shape(long own, List<MethodHandle> references) {}

  /** The weight of an entry with its key's share. */
  public long of(Entry entry) {
    return ENTRY + ofValue(entry.value);
  }

  private long ofValue(Object root) {
    long bytes = 0;
    int objects = 0;
    IdentityHashMap<Object, Object> seen = new IdentityHashMap<>();
    Deque<Object> left = new ArrayDeque<>();
    add(root, seen, left);
    while (!left.isEmpty() && objects < MOST_OBJECTS) {
      bytes += weigh(left.pop(), seen, left);
      objects++;
    }
    return left.isEmpty() ? bytes : bytes / objects * (objects + left.size());
  }

  private static void add(Object value, IdentityHashMap<Object, Object> seen, Deque<Object> left) {
    if (value != null
        && !(value instanceof Class)
        && !(value instanceof Enum)
        && seen.put(value, value) == null) {
      left.push(value);
    }
  }

  private long weigh(Object value, IdentityHashMap<Object, Object> seen, Deque<Object> left) {
    Class<?> type = value.getClass();
    if (value instanceof String text) {
      return 2L * HEADER + 8 + text.length();
    }
    if (type.isArray()) {
      return weighArray(value, type.getComponentType(), seen, left);
    }
    if (value instanceof Collection<?> collection) {
      collection.forEach(element -> add(element, seen, left));
      return 3 * HEADER + (long) collection.size() * (HEADER + 3 * REFERENCE);
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, element) -> {
            add(key, seen, left);
            add(element, seen, left);
          });
      return 3 * HEADER + (long) map.size() * (2 * HEADER + 4 * REFERENCE);
    }
    Shape shape = shapes.get(type);
    for (MethodHandle reference : shape.references()) {
      add(read(reference, value), seen, left);
    }
    return shape.own();
  }

  private static long weighArray(
      Object array, Class<?> component, IdentityHashMap<Object, Object> seen, Deque<Object> left) {
    int length = Array.getLength(array);
    if (component.isPrimitive()) {
      return HEADER + (long) length * sizeOf(component);
    }
    for (Object element : (Object[]) array) {
      add(element, seen, left);
    }
    return HEADER + (long) length * REFERENCE;
  }

  private static Object read(MethodHandle getter, Object value) {
    try {
      return (Object) getter.invokeExact(value);
    } catch (Throwable unreadable) { // an estimate does without it
      return null;
    }
  }

  private Shape shape(Class<?> type) {
    long own = HEADER;
    List<MethodHandle> references = new ArrayList<>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          own += sizeOf(field.getType());
          addReference(each, field, references);
        }
      }
    }
    return new Shape(own, references);
  }

  /**
   * Fields of the JDK's own classes are not followed: their size is in the estimate of the class.
   */
  private void addReference(Class<?> type, Field field, List<MethodHandle> references) {
    if (field.getType().isPrimitive() || type.getClassLoader() == null) {
      return;
    }
    try {
      MethodHandles.Lookup lookup = access.lookupIn(type);
      references.add(lookup.unreflectGetter(field).asType(GETTER));
    } catch (IllegalAccessException closed) {
      // an estimate does without it
    }
  }

  private static int sizeOf(Class<?> type) {
    if (type == long.class || type == double.class) {
      return 8;
    }
    if (type == int.class || type == float.class) {
      return 4;
    }
    if (type == short.class || type == char.class) {
      return 2;
    }
    return type.isPrimitive() ? 1 : REFERENCE;
  }
}
