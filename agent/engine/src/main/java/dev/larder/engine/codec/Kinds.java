/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import dev.larder.engine.value.PlainCollections;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kinds of the JDK's collections, by the names that are written of them.
 *
 * <p>A kind is a class that anybody can make, or what a view of the JDK's makes of a collection:
 * that it cannot be changed, say. The JDK's private classes have no other name.
 */
@SuppressWarnings({"JdkObsolete", "rawtypes"}) // these are what applications have
final class Kinds {

  private static final String UNMODIFIABLE = "unmodifiable";
  private static final String SYNCHRONIZED = "synchronized";

  /** What can be cleared and sorted, as nothing comes of it, and not be added to. */
  private static final String EMPTY = "empty";

  /** What can be sorted, and not be changed. */
  private static final String SINGLE = "singleton";

  /** Of which elements can be set, and none be added. */
  private static final String FIXED = "asList";

  /** A set that several threads may change. */
  private static final String CONCURRENT = "concurrent";

  private static final Map<String, Class<?>> CLASSES =
      Stream.of(
              TreeMap.class,
              TreeSet.class,
              ConcurrentSkipListMap.class,
              ConcurrentSkipListSet.class,
              PriorityQueue.class,
              LinkedHashSet.class,
              LinkedList.class,
              ArrayDeque.class,
              Vector.class,
              Stack.class,
              CopyOnWriteArrayList.class,
              CopyOnWriteArraySet.class,
              ConcurrentLinkedQueue.class,
              ConcurrentLinkedDeque.class,
              ConcurrentHashMap.class,
              Hashtable.class,
              Properties.class,
              EnumMap.class,
              EnumSet.class)
          .collect(Collectors.toUnmodifiableMap(Class::getName, each -> each));

  private static final Map<String, UnaryOperator<Object>> VIEWS =
      Map.of(
          UNMODIFIABLE, Kinds::unmodifiable,
          EMPTY, Kinds::empty,
          SINGLE, Kinds::single,
          SYNCHRONIZED, Kinds::synchronised,
          FIXED, Kinds::fixed,
          CONCURRENT, Kinds::concurrent);

  private Kinds() {}

  /** The class of a kind; null where the name is that of none. */
  static Class<?> classOf(String name) {
    return CLASSES.get(name);
  }

  /** What makes a view of a collection; null where the name is that of none. */
  static UnaryOperator<Object> viewOf(String name) {
    return VIEWS.get(name);
  }

  /** The name of the view that a collection or map is; null where it is none. */
  static String view(Class<?> type) {
    String name = type.getName();
    if (name.startsWith("java.util.ImmutableCollections$")
        || name.startsWith("java.util.Collections$Unmodifiable")
        || name.equals("java.util.Collections$CopiesList")
        || name.equals("java.util.stream.Collectors$Partition")
        || (!TypeIds.isJdk(type) && PlainCollections.has(type))) {
      return UNMODIFIABLE;
    }
    if (name.startsWith("java.util.Collections$Synchronized")) {
      return SYNCHRONIZED;
    }
    if (name.startsWith("java.util.Collections$Empty")) {
      return EMPTY;
    }
    if (name.startsWith("java.util.Collections$Singleton")) {
      return SINGLE;
    }
    if (name.equals("java.util.concurrent.ConcurrentHashMap$KeySetView")) {
      return CONCURRENT;
    }
    return name.equals("java.util.Arrays$ArrayList") ? FIXED : null;
  }

  /**
   * The name of what a collection or map is, or is a view of; null where its kind goes without
   * saying.
   *
   * @param asCollection whether a collection of no kind is declared
   * @param keyed whether its keys, or elements, are declared as those of one enum
   */
  static String base(Object value, boolean asCollection, boolean keyed) {
    Class<?> type = value.getClass();
    if (value instanceof EnumSet) {
      return keyed ? EnumSet.class.getName() : null;
    }
    if (type != LinkedHashSet.class && CLASSES.containsKey(type.getName())) {
      return type != EnumMap.class || keyed ? type.getName() : null;
    }
    if (value instanceof SortedMap) { // a part or a view of one
      return TreeMap.class.getName();
    }
    if (value instanceof SortedSet) {
      return TreeSet.class.getName();
    }
    return asCollection && value instanceof Set ? LinkedHashSet.class.getName() : null;
  }

  /** The interface that a view comes back as, where the declared type says nothing. */
  static Class<?> face(Object value) {
    if (value instanceof Map) {
      return value instanceof SortedMap ? SortedMap.class : Map.class;
    }
    if (value instanceof Set) {
      return value instanceof SortedSet ? SortedSet.class : Set.class;
    }
    return value instanceof List ? List.class : Collection.class;
  }

  /** Refuses what would not be the same map any more. */
  static void check(Object value) {
    if (value instanceof IdentityHashMap) {
      throw new IllegalArgumentException("a map that tells its keys by identity");
    }
    if (value instanceof Properties properties
        && properties.stringPropertyNames().size()
            > properties.keySet().stream().filter(properties::containsKey).count()) {
      throw new IllegalArgumentException("properties that have defaults");
    }
  }

  @SuppressWarnings("unchecked")
  private static Object unmodifiable(Object value) {
    if (value instanceof Map map) {
      return map instanceof NavigableMap sorted
          ? Collections.unmodifiableNavigableMap(sorted)
          : Collections.unmodifiableMap(map);
    }
    if (value instanceof Set set) {
      return set instanceof NavigableSet sorted
          ? Collections.unmodifiableNavigableSet(sorted)
          : Collections.unmodifiableSet(set);
    }
    return value instanceof List list
        ? Collections.unmodifiableList(list)
        : Collections.unmodifiableCollection((Collection) value);
  }

  private static Object empty(Object value) {
    if (value instanceof Map) {
      return Collections.emptyMap();
    }
    return value instanceof Set ? Collections.emptySet() : Collections.emptyList();
  }

  /** Fails where it is none. */
  @SuppressWarnings("unchecked")
  private static Object single(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map.Entry<?, ?> only = map.entrySet().iterator().next();
      return Collections.singletonMap(only.getKey(), only.getValue());
    }
    Object only = ((Collection) value).iterator().next();
    return value instanceof Set ? Collections.singleton(only) : Collections.singletonList(only);
  }

  @SuppressWarnings("unchecked")
  private static Object synchronised(Object value) {
    if (value instanceof Map map) {
      return map instanceof NavigableMap sorted
          ? Collections.synchronizedNavigableMap(sorted)
          : Collections.synchronizedMap(map);
    }
    if (value instanceof Set set) {
      return set instanceof NavigableSet sorted
          ? Collections.synchronizedNavigableSet(sorted)
          : Collections.synchronizedSet(set);
    }
    return value instanceof List list
        ? Collections.synchronizedList(list)
        : Collections.synchronizedCollection((Collection) value);
  }

  @SuppressWarnings("unchecked")
  private static Object fixed(Object value) {
    return Arrays.asList(((Collection) value).toArray());
  }

  @SuppressWarnings("unchecked")
  private static Object concurrent(Object value) {
    Set<Object> set = ConcurrentHashMap.newKeySet();
    set.addAll((Collection) value);
    return set;
  }
}
