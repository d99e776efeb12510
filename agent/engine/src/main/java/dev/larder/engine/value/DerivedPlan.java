/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.key.FieldAccess;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Copies instances of the application's subclasses of the JDK's collections.
 *
 * <p>The fields of the subclass are copied one by one. The JDK's part is made by the JDK's own
 * constructor and filled by its own methods, called past what the subclass overrides: so no
 * constructor or method of the application runs, and what lies in hash tables is hashed anew.
 */
@SuppressWarnings("JdkObsolete") // these are what it copies
final class DerivedPlan extends Plan {

  private static final Set<Class<?>> SORTED =
      Set.of(TreeMap.class, TreeSet.class, PriorityQueue.class);

  private static final Set<Class<?>> MAPS =
      Set.of(
          HashMap.class,
          LinkedHashMap.class,
          TreeMap.class,
          Hashtable.class,
          Properties.class,
          ConcurrentHashMap.class);

  /** The JDK's collections, and which of their methods adds an element without calling another. */
  private static final Map<Class<?>, String> ADDERS =
      Map.of(
          ArrayList.class, "add",
          LinkedList.class, "add",
          Vector.class, "add",
          Stack.class, "add",
          HashSet.class, "add",
          LinkedHashSet.class, "add",
          TreeSet.class, "add",
          CopyOnWriteArrayList.class, "add",
          PriorityQueue.class, "offer",
          ArrayDeque.class, "addLast");

  private static final MethodType FILL =
      MethodType.methodType(void.class, Object.class, Object.class, Copying.class);
  private static final MethodType READ = MethodType.methodType(Object.class, Object.class);

  private final List<FieldCopy> fields;
  private final boolean isMap;
  private final MethodHandle make;
  private final MethodHandle fill;
  private final MethodHandle read;
  private final MethodHandle add;

  private DerivedPlan(
      List<FieldCopy> fields,
      boolean isMap,
      MethodHandle make,
      MethodHandle fill,
      MethodHandle read,
      MethodHandle add) {
    this.fields = fields;
    this.isMap = isMap;
    this.make = make;
    this.fill = fill;
    this.read = read;
    this.add = add;
  }

  /** The plan for a subclass of one of the JDK's collections; null if it is none. */
  static Plan of(Class<?> type, Class<?> base, List<FieldCopy> fields, FieldAccess access)
      throws ReflectiveOperationException {
    boolean isMap = MAPS.contains(base);
    if (!isMap && !ADDERS.containsKey(base)) {
      return null;
    }
    Class<?> first = type;
    while (first.getSuperclass() != base) {
      first = first.getSuperclass();
    }
    MethodHandles.Lookup lookup = access.lookupIn(first);
    boolean sorted = SORTED.contains(base);
    MethodHandle make =
        Allocator.of(
            type,
            sorted ? base.getDeclaredConstructor(Comparator.class) : base.getDeclaredConstructor());
    if (!sorted) {
      make = MethodHandles.dropArguments(make, 0, Comparator.class);
    }
    MethodHandle read =
        isMap
            ? lookup.findSpecial(base, "entrySet", MethodType.methodType(Set.class), first)
            : lookup.findSpecial(base, "toArray", MethodType.methodType(Object[].class), first);
    return new DerivedPlan(
        fields,
        isMap,
        make,
        FieldPlan.chain(type, fields).asType(FILL),
        read.asType(READ),
        adder(base, isMap, lookup, first));
  }

  private static MethodHandle adder(
      Class<?> base, boolean isMap, MethodHandles.Lookup lookup, Class<?> first)
      throws ReflectiveOperationException {
    if (isMap) {
      return lookup
          .findSpecial(
              base, "put", MethodType.methodType(Object.class, Object.class, Object.class), first)
          .asType(MethodType.methodType(void.class, Object.class, Object.class, Object.class));
    }
    String name = ADDERS.get(base);
    Class<?> returned = name.equals("addLast") ? void.class : boolean.class;
    return lookup
        .findSpecial(base, name, MethodType.methodType(returned, Object.class), first)
        .asType(MethodType.methodType(void.class, Object.class, Object.class));
  }

  @Override
  boolean scan(Object value, Scan scan) throws Refusal {
    for (FieldCopy each : fields) {
      if (!each.isPlain() && !each.isDropped()) {
        scan.visit(each.read(value), "." + each.name());
      }
    }
    scan.visit(Comparators.of(value), ".comparator()");
    Object[] held = read(value);
    for (int i = 0; i < held.length; i++) {
      scan.visit(held[i], isMap ? i / 2 : i);
    }
    return false;
  }

  @Override
  Object copy(Object value, Copying to) {
    try {
      Object made = make.invokeExact((Comparator<?>) to.copy(Comparators.of(value)));
      to.begun(value, made);
      fill.invokeExact(made, value, to);
      Object[] held = to.copyAll(read(value));
      to.whenWhole(() -> addAll(made, held));
      return made;
    } catch (Throwable e) {
      throw Failures.of(value, e);
    }
  }

  private Object[] read(Object value) {
    try {
      Object content = read.invokeExact(value);
      if (!isMap) {
        return ((Object[]) content).clone();
      }
      List<Object> flat = new ArrayList<>();
      for (Object each : (Set<?>) content) {
        Map.Entry<?, ?> entry = (Map.Entry<?, ?>) each;
        flat.add(entry.getKey());
        flat.add(entry.getValue());
      }
      return flat.toArray();
    } catch (Throwable e) {
      throw Failures.of(value, e);
    }
  }

  private void addAll(Object made, Object[] held) {
    try {
      for (int i = 0; i < held.length; i += isMap ? 2 : 1) {
        if (isMap) {
          add.invokeExact(made, held[i], held[i + 1]);
        } else {
          add.invokeExact(made, held[i]);
        }
      }
    } catch (Throwable e) {
      throw Failures.of(made, e);
    }
  }
}
