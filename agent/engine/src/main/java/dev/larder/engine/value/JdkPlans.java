/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.value;

import dev.larder.engine.value.HolderPlan.Holds;
import java.text.Format;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TimeZone;
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
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The plans for the JDK's own classes. */
@SuppressWarnings({
  "JdkObsolete",
  "JavaUtilDate",
  "rawtypes",
  "NonApiType"
}) // these are what it copies
final class JdkPlans {

  private static final Map<String, Plan> BY_NAME = new HashMap<>();

  static {
    lists();
    sets();
    maps();
    wrappers();
    immutable();
    entries();
    BY_NAME.putAll(JdkLeaves.plans());
  }

  private JdkPlans() {}

  /** The plan for a class of the JDK's; null if it is not known. */
  static Plan of(Class<?> type) {
    Plan known = BY_NAME.get(type.getName());
    if (known != null) {
      return known;
    }
    if (Format.class.isAssignableFrom(type)) {
      return new LeafPlan<>(Format.class, value -> (Format) value.clone());
    }
    if (Calendar.class.isAssignableFrom(type)) {
      return new LeafPlan<>(Calendar.class, value -> (Calendar) value.clone());
    }
    if (TimeZone.class.isAssignableFrom(type)) {
      return new LeafPlan<>(TimeZone.class, value -> (TimeZone) value.clone());
    }
    if (Date.class.isAssignableFrom(type)) {
      return new LeafPlan<>(Date.class, value -> (Date) value.clone());
    }
    if (EnumSet.class.isAssignableFrom(type)) {
      return new LeafPlan<>(EnumSet.class, (UnaryOperator<EnumSet>) EnumSet::clone);
    }
    return view(type);
  }

  private static void lists() {
    BY_NAME.put(ArrayList.class.getName(), new ArrayListPlan());
    filled(LinkedList.class, from -> new LinkedList<>(), false);
    filled(Vector.class, from -> new Vector<>(from.size()), false);
    filled(Stack.class, from -> new Stack<>(), false);
    filled(ArrayDeque.class, from -> new ArrayDeque<>(from.size()), false);
    filled(ConcurrentLinkedQueue.class, from -> new ConcurrentLinkedQueue<>(), false);
    filled(ConcurrentLinkedDeque.class, from -> new ConcurrentLinkedDeque<>(), false);
    filled(CopyOnWriteArrayList.class, from -> new CopyOnWriteArrayList<>(), false);
    filled(PriorityQueue.class, from -> new PriorityQueue<>(Comparators.ofAny(from)), true);
    BY_NAME.put(
        "java.util.Arrays$ArrayList",
        new HolderPlan<>(
            List.class, Holds.OPEN, List::toArray, (list, held) -> Arrays.asList(held)));
  }

  private static void sets() {
    BY_NAME.put(
        HashSet.class.getName(),
        new CollectionPlan<>(
            from -> new HashSet<>(room(from.size())), true, set -> ((HashSet<?>) set).clone()));
    filled(LinkedHashSet.class, from -> new LinkedHashSet<>(room(from.size())), true);
    filled(TreeSet.class, from -> new TreeSet<>(Comparators.ofAny(from)), true);
    filled(
        ConcurrentSkipListSet.class,
        from -> new ConcurrentSkipListSet<>(Comparators.ofAny(from)),
        true);
    filled(CopyOnWriteArraySet.class, from -> new CopyOnWriteArraySet<>(), true);
    // Of the application's map behind it nothing is known but that it is a set by hash.
    BY_NAME.put(
        "java.util.concurrent.ConcurrentHashMap$KeySetView",
        new CollectionPlan<>(from -> ConcurrentHashMap.newKeySet(room(from.size())), true));
  }

  private static void maps() {
    BY_NAME.put(
        HashMap.class.getName(),
        new MapPlan<>(
            from -> new HashMap<>(room(from.size())), map -> ((HashMap<?, ?>) map).clone()));
    BY_NAME.put(
        LinkedHashMap.class.getName(),
        new MapPlan<>(
            from -> new LinkedHashMap<>(room(from.size())),
            map -> ((LinkedHashMap<?, ?>) map).clone()));
    put(TreeMap.class, from -> new TreeMap<>(Comparators.ofAny(from)));
    put(ConcurrentHashMap.class, from -> new ConcurrentHashMap<>(room(from.size())));
    put(ConcurrentSkipListMap.class, from -> new ConcurrentSkipListMap<>(Comparators.ofAny(from)));
    put(Hashtable.class, from -> new Hashtable<>(room(from.size())));
    put(IdentityHashMap.class, from -> new IdentityHashMap<>(from.size()));
    put(EnumMap.class, from -> emptyLike((EnumMap<?, ?>) from));
    put(Properties.class, JdkPlans::emptyProperties);
  }

  private static Properties emptyProperties(Map<?, ?> from) {
    Properties defaults = new Properties();
    Properties given = (Properties) from;
    for (String name : given.stringPropertyNames()) {
      if (!given.containsKey(name)) {
        defaults.setProperty(name, given.getProperty(name));
      }
    }
    return new Properties(defaults.isEmpty() ? null : defaults);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Map<Object, Object> emptyLike(EnumMap from) {
    EnumMap copy = from.clone();
    copy.clear();
    return copy;
  }

  private static void wrappers() {
    String in = "java.util.Collections$";
    for (String kind : List.of("Unmodifiable", "Synchronized")) {
      Holds holds = kind.equals("Unmodifiable") ? Holds.VIEW : Holds.OPEN;
      boolean fast = holds == Holds.VIEW;
      collection(
          in + kind + "Collection",
          holds,
          (c, held) -> {
            List<Object> all = listOf(held);
            return fast
                ? Collections.unmodifiableCollection(all)
                : Collections.synchronizedCollection(all);
          });
      for (String list : List.of("List", "RandomAccessList")) {
        collection(
            in + kind + list,
            holds,
            (c, held) -> {
              List<Object> all = listOf(held);
              return fast ? Collections.unmodifiableList(all) : Collections.synchronizedList(all);
            });
      }
      collection(
          in + kind + "Set",
          holds,
          (c, held) -> {
            Set<Object> all = new LinkedHashSet<>(listOf(held));
            return fast ? Collections.unmodifiableSet(all) : Collections.synchronizedSet(all);
          });
      for (String set : List.of("SortedSet", "NavigableSet")) {
        collection(
            in + kind + set,
            holds,
            (c, held) -> {
              TreeSet<Object> all = new TreeSet<>(Comparators.ofAny(c));
              all.addAll(listOf(held));
              return fast
                  ? Collections.unmodifiableNavigableSet(all)
                  : Collections.synchronizedNavigableSet(all);
            });
      }
      map(
          in + kind + "Map",
          holds,
          (m, held) -> {
            Map<Object, Object> all = mapOf(held);
            return fast ? Collections.unmodifiableMap(all) : Collections.synchronizedMap(all);
          });
      for (String map : List.of("SortedMap", "NavigableMap")) {
        map(
            in + kind + map,
            holds,
            (m, held) -> {
              TreeMap<Object, Object> all = new TreeMap<>(Comparators.ofAny(m));
              MapPlan.fill(all, held);
              return fast
                  ? Collections.unmodifiableNavigableMap(all)
                  : Collections.synchronizedNavigableMap(all);
            });
      }
    }
    collection(
        in + "UnmodifiableSequencedCollection",
        Holds.VIEW,
        (c, held) -> Collections.unmodifiableList(listOf(held)));
    collection(
        in + "UnmodifiableSequencedSet",
        Holds.VIEW,
        (c, held) -> Collections.unmodifiableSet(new LinkedHashSet<>(listOf(held))));
    map(
        in + "UnmodifiableSequencedMap",
        Holds.VIEW,
        (m, held) -> Collections.unmodifiableMap(mapOf(held)));
    collection(in + "SetFromMap", Holds.OPEN, (c, held) -> new HashSet<>(listOf(held)));
  }

  private static void immutable() {
    String in = "java.util.Collections$";
    collection(in + "SingletonList", Holds.FAST, (c, held) -> Collections.singletonList(held[0]));
    collection(in + "SingletonSet", Holds.FAST, (c, held) -> Collections.singleton(held[0]));
    map(in + "SingletonMap", Holds.FAST, (m, held) -> Collections.singletonMap(held[0], held[1]));
    collection(
        in + "CopiesList",
        Holds.FAST,
        (c, held) -> held.length == 0 ? List.of() : Collections.nCopies(held.length, held[0]));
    in = "java.util.ImmutableCollections$";
    for (String list : List.of("List12", "ListN", "SubList")) {
      collection(in + list, Holds.FAST, (c, held) -> immutableList(held));
    }
    for (String set : List.of("Set12", "SetN")) {
      collection(in + set, Holds.FAST, (c, held) -> Set.of(held));
    }
    for (String map : List.of("Map1", "MapN")) {
      map(in + map, Holds.FAST, (m, held) -> Map.copyOf(mapOf(held)));
    }
  }

  /** As {@code Stream.toList} makes it where there are nulls, which {@code List.of} refuses. */
  private static List<Object> immutableList(Object[] held) {
    return Arrays.asList(held).contains(null) ? Arrays.stream(held).toList() : List.of(held);
  }

  private static void entries() {
    entry("java.util.KeyValueHolder", Holds.FAST, held -> Map.entry(held[0], held[1]));
    entry(
        AbstractMap.SimpleImmutableEntry.class.getName(),
        Holds.FAST,
        held -> new AbstractMap.SimpleImmutableEntry<>(held[0], held[1]));
    for (String open :
        List.of(
            AbstractMap.SimpleEntry.class.getName(),
            "java.util.HashMap$Node",
            "java.util.HashMap$TreeNode",
            "java.util.LinkedHashMap$Entry",
            "java.util.TreeMap$Entry",
            "java.util.concurrent.ConcurrentHashMap$MapEntry")) {
      entry(open, Holds.OPEN, held -> new AbstractMap.SimpleEntry<>(held[0], held[1]));
    }
    entry(
        "java.util.Collections$UnmodifiableMap$UnmodifiableEntrySet$UnmodifiableEntry",
        Holds.VIEW,
        held -> new AbstractMap.SimpleImmutableEntry<>(held[0], held[1]));
    BY_NAME.put(
        Optional.class.getName(),
        new HolderPlan<>(
            Optional.class,
            Holds.FAST,
            value -> value.isPresent() ? new Object[] {value.get()} : new Object[0],
            (value, held) -> held.length == 0 ? value : Optional.of(held[0])));
  }

  /** Views of the JDK's collections, such as a sub-list or a key set, become what they show. */
  private static Plan view(Class<?> type) {
    if (!type.getPackageName().equals("java.util") || type.getEnclosingClass() == null) {
      return null;
    }
    if (SortedMap.class.isAssignableFrom(type)) {
      return new MapPlan<>(from -> new TreeMap<>(Comparators.ofAny(from)));
    }
    if (Map.class.isAssignableFrom(type)) {
      return new MapPlan<>(from -> new LinkedHashMap<>(room(from.size())));
    }
    if (SortedSet.class.isAssignableFrom(type)) {
      return new CollectionPlan<>(from -> new TreeSet<>(Comparators.ofAny(from)), true);
    }
    if (Set.class.isAssignableFrom(type)) {
      return new CollectionPlan<>(from -> new LinkedHashSet<>(room(from.size())), true);
    }
    return Collection.class.isAssignableFrom(type)
        ? new CollectionPlan<>(from -> new ArrayList<>(from.size()), false)
        : null;
  }

  private static void filled(
      Class<?> type, Function<Collection<?>, Collection<Object>> empty, boolean hashed) {
    BY_NAME.put(type.getName(), new CollectionPlan<>(empty, hashed));
  }

  private static void put(Class<?> type, Function<Map<?, ?>, Map<Object, Object>> empty) {
    BY_NAME.put(type.getName(), new MapPlan<>(empty));
  }

  private static void collection(
      String name, Holds holds, BiFunction<Collection<?>, Object[], Object> maker) {
    BY_NAME.put(name, new HolderPlan<>(Collection.class, holds, Collection::toArray, maker::apply));
  }

  private static void map(String name, Holds holds, BiFunction<Map<?, ?>, Object[], Object> maker) {
    BY_NAME.put(name, new HolderPlan<>(Map.class, holds, MapPlan::flat, maker::apply));
  }

  private static void entry(String name, Holds holds, Function<Object[], Object> maker) {
    BY_NAME.put(
        name,
        new HolderPlan<>(
            Map.Entry.class,
            holds,
            entry -> new Object[] {entry.getKey(), entry.getValue()},
            (entry, held) -> maker.apply(held)));
  }

  private static List<Object> listOf(Object[] held) {
    return new ArrayList<>(Arrays.asList(held));
  }

  private static Map<Object, Object> mapOf(Object[] held) {
    Map<Object, Object> map = new LinkedHashMap<>(room(held.length / 2));
    MapPlan.fill(map, held);
    return map;
  }

  /** The capacity at which a hash table of that size need not grow. */
  static int room(int size) {
    return (int) Math.min(size / 0.75 + 1, Integer.MAX_VALUE);
  }
}
