/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Compares values field by field, without their {@code equals}.
 *
 * <p>The JDK's collections are equal by content, whichever of its classes they are of; objects of
 * the application's are equal if they are of one class and their fields are, transient ones too.
 */
public final class Differences {

  private final ClassValue<List<FieldCopy>> fields;
  private final FieldAccess access;

  /**
   * Compares values of classes that can be looked into.
   *
   * @param access gives access to the fields of the application's classes
   */
  public Differences(FieldAccess access) {
    this.access = access;
    this.fields =
        new ClassValue<>() {
          @Override
          protected List<FieldCopy> computeValue(Class<?> type) {
            try {
              return FieldCopy.allOf(type, access, FieldCopiers.none());
            } catch (IllegalAccessException e) {
              throw new IllegalStateException(type.getName() + " cannot be looked into", e);
            }
          }
        };
  }

  /**
   * Where two values differ first.
   *
   * @return the place and both classes or what else differs; null if the values are equal
   */
  public String between(Object one, Object other) {
    return new Comparison().compare("result", one, other);
  }

  private final class Comparison {
    private final IdentityHashMap<Object, Object> seen = new IdentityHashMap<>();

    String compare(String path, Object one, Object other) {
      if (one == other) {
        return null;
      }
      if (one == null || other == null) {
        return path + (one == null ? " was null" : " is lost");
      }
      Object known = seen.putIfAbsent(one, other);
      if (known == other) {
        return null;
      }
      if (one instanceof Collection && other instanceof Collection && arePlain(one, other)) {
        return elements(path, (Collection<?>) one, (Collection<?>) other);
      }
      if (one instanceof Map && other instanceof Map && arePlain(one, other)) {
        return entries(path, (Map<?, ?>) one, (Map<?, ?>) other);
      }
      if (isEntry(one) && isEntry(other)) {
        String difference =
            compare(
                path + ".key",
                ((Map.Entry<?, ?>) one).getKey(),
                ((Map.Entry<?, ?>) other).getKey());
        return difference != null
            ? difference
            : compare(
                path + ".value",
                ((Map.Entry<?, ?>) one).getValue(),
                ((Map.Entry<?, ?>) other).getValue());
      }
      if (one.getClass() != other.getClass()) {
        return path
            + " was of "
            + one.getClass().getTypeName()
            + " and comes back as "
            + other.getClass().getTypeName();
      }
      return parts(path, one, other);
    }

    private String parts(String path, Object one, Object other) {
      if (one.getClass().isArray()) {
        return array(path, one, other);
      }
      if (one instanceof Optional) {
        return compare(path, ((Optional<?>) one).orElse(null), ((Optional<?>) other).orElse(null));
      }
      if (one instanceof AtomicReference) {
        return compare(path, ((AtomicReference<?>) one).get(), ((AtomicReference<?>) other).get());
      }
      if (one instanceof Enum) { // of which there is one each, whatever its fields hold
        return path + " was " + one + " and comes back as another constant";
      }
      if (JdkTypes.isJdk(one.getClass())) {
        return JdkEquality.areEqual(one, other)
            ? null
            : path + " comes back as another " + one.getClass().getName();
      }
      List<FieldCopy> state = fields.get(one.getClass());
      if (state.isEmpty() && Singletons.has(one, access)) {
        return path
            + " is a constant of "
            + one.getClass().getName()
            + " and comes back as another";
      }
      for (FieldCopy each : state) {
        Object mine = each.read(one);
        Object its = each.read(other);
        if (its == null && MetaClasses.isOne(mine)) {
          its = MetaClasses.of(other, access);
        }
        String difference = compare(path + "." + each.name(), mine, its);
        if (difference != null) {
          return difference;
        }
      }
      return null;
    }

    private String array(String path, Object one, Object other) {
      int length = Array.getLength(one);
      if (length != Array.getLength(other)) {
        return path + " comes back with another length";
      }
      if (one.getClass().getComponentType().isPrimitive()) {
        int at = mismatch(one, other);
        return at < 0
            ? null
            : compare(path + "[" + at + "]", Array.get(one, at), Array.get(other, at));
      }
      for (int i = 0; i < length; i++) {
        String difference = compare(path + "[" + i + "]", Array.get(one, i), Array.get(other, i));
        if (difference != null) {
          return difference;
        }
      }
      return null;
    }

    /** Where two arrays of one primitive type differ; below 0 if nowhere. Files are so long. */
    private static int mismatch(Object one, Object other) {
      if (one instanceof byte[] bytes) {
        return Arrays.mismatch(bytes, (byte[]) other);
      }
      if (one instanceof int[] ints) {
        return Arrays.mismatch(ints, (int[]) other);
      }
      if (one instanceof long[] longs) {
        return Arrays.mismatch(longs, (long[]) other);
      }
      if (one instanceof double[] doubles) {
        return Arrays.mismatch(doubles, (double[]) other);
      }
      if (one instanceof float[] floats) {
        return Arrays.mismatch(floats, (float[]) other);
      }
      if (one instanceof char[] chars) {
        return Arrays.mismatch(chars, (char[]) other);
      }
      if (one instanceof short[] shorts) {
        return Arrays.mismatch(shorts, (short[]) other);
      }
      return Arrays.mismatch((boolean[]) one, (boolean[]) other);
    }

    /** Whether both sort by the same comparator; what sorts as by none counts as none. */
    private String order(String path, Object one, Object other) {
      Comparator<?> mine = Comparators.of(one);
      Comparator<?> its = Comparators.of(other);
      Object natural = Comparator.naturalOrder();
      return compare(
          path + ".comparator()", mine == natural ? null : mine, its == natural ? null : its);
    }

    private String elements(String path, Collection<?> one, Collection<?> other) {
      if (kind(one) != kind(other) || one.size() != other.size()) {
        return path + " comes back as another kind of collection, or with another size";
      }
      String order = order(path, one, other);
      if (order != null) {
        return order;
      }
      Iterator<?> others = (one instanceof Set ? inOrderOf(one, other) : other).iterator();
      int index = 0;
      for (Object each : one) {
        String difference = compare(path + "[" + index++ + "]", each, others.next());
        if (difference != null) {
          return difference;
        }
      }
      return null;
    }

    private String entries(String path, Map<?, ?> one, Map<?, ?> other) {
      if (one.size() != other.size() || one instanceof SortedMap != other instanceof SortedMap) {
        return path + " comes back as another kind of map, or with another size";
      }
      String order = order(path, one, other);
      if (order != null) {
        return order;
      }
      IdentityHashMap<Object, Object> values = new IdentityHashMap<>();
      other.forEach(values::put);
      Iterator<?> keys = inOrderOf(one.keySet(), other.keySet()).iterator();
      for (Map.Entry<?, ?> each : one.entrySet()) {
        Object key = keys.next();
        String difference = compare(path + ".key", each.getKey(), key);
        if (difference == null) {
          difference = compare(path + ".value", each.getValue(), values.get(key));
        }
        if (difference != null) {
          return difference;
        }
      }
      return null;
    }
  }

  /**
   * The elements of a set in the order in which another has equal ones; as they come where it has
   * not. That they are equal says nothing of what they hold, but which are to be compared.
   */
  private static Collection<?> inOrderOf(Collection<?> one, Collection<?> other) {
    Map<Object, Object> byEquality = new HashMap<>();
    for (Object each : other) {
      byEquality.put(each, each);
    }
    List<Object> ordered = new ArrayList<>(one.size());
    for (Object each : one) {
      if (!byEquality.containsKey(each)) {
        return other;
      }
      ordered.add(byEquality.get(each));
    }
    return ordered;
  }

  private static boolean arePlain(Object one, Object other) {
    return PlainCollections.has(one.getClass()) && PlainCollections.has(other.getClass());
  }

  /** Whether it is one of the JDK's, of which there are many that count as one. */
  private static boolean isEntry(Object value) {
    return value instanceof Map.Entry && JdkTypes.isJdk(value.getClass());
  }

  private static int kind(Collection<?> collection) {
    if (collection instanceof SortedSet) {
      return 1;
    }
    if (collection instanceof Set) {
      return 2;
    }
    return collection instanceof Queue && !(collection instanceof Deque) ? 3 : 4;
  }
}
