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
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Estimates what entries take of the heap, in bytes: right in its order of size, on a 64-bit JVM
 * with compressed references, and not to the byte.
 *
 * <p>Asked for each entry where a cache has a bound in bytes, else for a sample. Classes, enums and
 * what the JDK keeps for itself count as shared, and of very large values the walk goes on in
 * proportion rather than to the end.
 *
 * <p>It runs no code of the application's, which might go on for ever, ask for what is far away, or
 * wait for a lock, while others wait for the entry. The JDK's own collections are asked for what
 * they hold. Those of the application's, and the JDK's views, behind which may be one of these, are
 * read by their fields.
 */
public final class Footprint {

  private static final int HEADER = 16;
  private static final int REFERENCE = 4;
  private static final int ENTRY = 200;
  private static final int MOST_OBJECTS = 20_000;
  private static final Set<String> OF_COLLECTIONS =
      Set.of("java.util", "java.util.concurrent", "java.util.concurrent.atomic");
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
    Walk walk = new Walk();
    walk.add(root);
    while (!walk.left.isEmpty() && walk.objects < MOST_OBJECTS) {
      long before = walk.leftOut;
      long own = weigh(walk.left.pop(), walk);
      walk.count(own, walk.leftOut > before);
    }
    return walk.inProportion();
  }

  /** What has been met of one value. */
  private static final class Walk {
    final Deque<Object> left = new ArrayDeque<>();
    private final IdentityHashMap<Object, Object> seen = new IdentityHashMap<>();
    private long leftOut;
    private long bytes;
    private long whole;
    private int objects;

    void add(Object value) {
      if (value == null || value instanceof Class || value instanceof Enum) {
        return;
      }
      if (left.size() >= MOST_OBJECTS) { // more than will be looked at
        leftOut++;
      } else if (seen.put(value, value) == null) {
        left.push(value);
      }
    }

    /** Adds what a collection of the JDK's holds, or one side of a map. */
    void addAll(Collection<?> values) {
      int rest = values.size();
      try {
        Iterator<?> each = values.iterator();
        while (left.size() < MOST_OBJECTS && each.hasNext()) {
          add(each.next());
          rest--;
        }
      } catch (ConcurrentModificationException meanwhile) {
        // it is shared with the application, and the rest counts as what was met
      }
      leftOut += Math.max(0, rest);
    }

    /** Counts what was looked at: what holds more than that stands for itself alone. */
    void count(long own, boolean holdsMore) {
      if (holdsMore) {
        whole += own;
      } else {
        bytes += own;
      }
      objects++;
    }

    long inProportion() {
      double all = (double) objects + left.size() + leftOut;
      return whole + (long) (bytes / (double) objects * all);
    }
  }

  private long weigh(Object value, Walk walk) {
    Class<?> type = value.getClass();
    if (value instanceof String text) {
      return 2L * HEADER + 8 + text.length();
    }
    if (type.isArray()) {
      return weighArray(value, type.getComponentType(), walk);
    }
    if (holdsWhatItGives(type)) {
      if (value instanceof Collection<?> collection) {
        walk.addAll(collection);
        return 3 * HEADER + (long) collection.size() * (HEADER + 3 * REFERENCE);
      }
      if (value instanceof Map<?, ?> map) {
        walk.addAll(map.keySet());
        walk.addAll(map.values());
        return 3 * HEADER + (long) map.size() * (2 * HEADER + 4 * REFERENCE);
      }
    }
    Shape shape = shapes.get(type);
    for (MethodHandle reference : shape.references()) {
      walk.add(read(reference, value));
    }
    return shape.own();
  }

  /** Whether it is the JDK's, and no view: these are nested classes all. */
  private static boolean holdsWhatItGives(Class<?> type) {
    return type.getClassLoader() == null && type.getEnclosingClass() == null;
  }

  private static long weighArray(Object array, Class<?> component, Walk walk) {
    int length = Array.getLength(array);
    if (component.isPrimitive()) {
      return HEADER + (long) length * sizeOf(component);
    }
    for (Object element : (Object[]) array) {
      walk.add(element);
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
   * Fields of the JDK's own classes are not followed, but for those of collections: their size is
   * in the estimate of the class.
   */
  private void addReference(Class<?> type, Field field, List<MethodHandle> references) {
    if (field.getType().isPrimitive()
        || (type.getClassLoader() == null && !OF_COLLECTIONS.contains(type.getPackageName()))) {
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
