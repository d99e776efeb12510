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

  private static final String COLLECTIONS = "java.util.Collections$";
  private static final String IMMUTABLE = "java.util.ImmutableCollections$";
  private static final String UNMODIFIABLE = COLLECTIONS + "Unmodifiable";
  private static final String SYNCHRONIZED = COLLECTIONS + "Synchronized";

  private JdkPlans() {}

  /**
   * The plan for a class of the JDK's; null if it is not known.
   *
   * <p>It is made when it is asked for, and the classes that an application does not cache cost its
   * start nothing.
   */
  static Plan of(Class<?> type) {
    Plan known = ofName(type.getName());
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

  private static Plan ofName(String name) {
    if (name.startsWith(UNMODIFIABLE)) {
      return unmodifiable(name.substring(UNMODIFIABLE.length()));
    }
    if (name.startsWith(SYNCHRONIZED)) {
      return synchronised(name.substring(SYNCHRONIZED.length()));
    }
    if (name.startsWith(COLLECTIONS)) {
      return small(name.substring(COLLECTIONS.length()));
    }
    if (name.startsWith(IMMUTABLE)) {
      return immutable(name.substring(IMMUTABLE.length()));
    }
    Plan plan = collection(name);
    plan = plan != null ? plan : map(name);
    plan = plan != null ? plan : entry(name);
    return plan != null ? plan : JdkLeaves.plan(name);
  }

  private static Plan collection(String name) {
    return switch (name) {
      case "java.util.ArrayList" -> new ArrayListPlan();
      case "java.util.LinkedList" -> filled(from -> new LinkedList<>());
      case "java.util.Vector" -> filled(from -> new Vector<>(from.size()));
      case "java.util.Stack" -> filled(from -> new Stack<>());
      case "java.util.ArrayDeque" -> filled(from -> new ArrayDeque<>(from.size()));
      case "java.util.concurrent.ConcurrentLinkedQueue" ->
          filled(from -> new ConcurrentLinkedQueue<>());
      case "java.util.concurrent.ConcurrentLinkedDeque" ->
          filled(from -> new ConcurrentLinkedDeque<>());
      case "java.util.concurrent.CopyOnWriteArrayList" ->
          filled(from -> new CopyOnWriteArrayList<>());
      case "java.util.PriorityQueue" ->
          hashed(from -> new PriorityQueue<>(Comparators.ofAny(from)));
      case "java.util.Arrays$ArrayList" ->
          new HolderPlan<>(
              List.class, Holds.OPEN, List::toArray, (list, held) -> Arrays.asList(held));
      case "java.util.HashSet" ->
          new CollectionPlan<>(
              from -> new HashSet<>(room(from.size())), true, set -> ((HashSet<?>) set).clone());
      case "java.util.LinkedHashSet" -> hashed(from -> new LinkedHashSet<>(room(from.size())));
      case "java.util.TreeSet" -> hashed(from -> new TreeSet<>(Comparators.ofAny(from)));
      case "java.util.concurrent.ConcurrentSkipListSet" ->
          hashed(from -> new ConcurrentSkipListSet<>(Comparators.ofAny(from)));
      case "java.util.concurrent.CopyOnWriteArraySet" ->
          hashed(from -> new CopyOnWriteArraySet<>());
      // Of the application's map behind it nothing is known but that it is a set by hash.
      case "java.util.concurrent.ConcurrentHashMap$KeySetView" ->
          hashed(from -> ConcurrentHashMap.newKeySet(room(from.size())));
      default -> null;
    };
  }

  private static Plan map(String name) {
    return switch (name) {
      case "java.util.HashMap" ->
          new MapPlan<>(
              from -> new HashMap<>(room(from.size())), map -> ((HashMap<?, ?>) map).clone());
      case "java.util.LinkedHashMap" ->
          new MapPlan<>(
              from -> new LinkedHashMap<>(room(from.size())),
              map -> ((LinkedHashMap<?, ?>) map).clone());
      case "java.util.TreeMap" -> new MapPlan<>(from -> new TreeMap<>(Comparators.ofAny(from)));
      case "java.util.concurrent.ConcurrentHashMap" ->
          new MapPlan<>(from -> new ConcurrentHashMap<>(room(from.size())));
      case "java.util.concurrent.ConcurrentSkipListMap" ->
          new MapPlan<>(from -> new ConcurrentSkipListMap<>(Comparators.ofAny(from)));
      case "java.util.Hashtable" -> new MapPlan<>(from -> new Hashtable<>(room(from.size())));
      case "java.util.IdentityHashMap" -> new MapPlan<>(from -> new IdentityHashMap<>(from.size()));
      case "java.util.EnumMap" -> new MapPlan<>(from -> emptyLike((EnumMap<?, ?>) from));
      case "java.util.Properties" -> new MapPlan<>(JdkPlans::emptyProperties);
      case "java.util.stream.Collectors$Partition" ->
          ofMap(Holds.FAST, (m, held) -> Collections.unmodifiableMap(mapOf(held)));
      default -> null;
    };
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

  /** Of {@code Collections.unmodifiable…}. */
  private static Plan unmodifiable(String kind) {
    return switch (kind) {
      case "Collection" ->
          ofCollection(Holds.VIEW, (c, held) -> Collections.unmodifiableCollection(listOf(held)));
      case "List", "RandomAccessList", "SequencedCollection" ->
          ofCollection(Holds.VIEW, (c, held) -> Collections.unmodifiableList(listOf(held)));
      case "Set", "SequencedSet" ->
          ofCollection(Holds.VIEW, (c, held) -> Collections.unmodifiableSet(setOf(held)));
      case "SortedSet", "NavigableSet" ->
          ofCollection(
              Holds.VIEW, (c, held) -> Collections.unmodifiableNavigableSet(sortedSet(c, held)));
      case "Map", "SequencedMap" ->
          ofMap(Holds.VIEW, (m, held) -> Collections.unmodifiableMap(mapOf(held)));
      case "SortedMap", "NavigableMap" ->
          ofMap(Holds.VIEW, (m, held) -> Collections.unmodifiableNavigableMap(sortedMap(m, held)));
      case "Map$UnmodifiableEntrySet$UnmodifiableEntry" ->
          ofEntry(Holds.VIEW, held -> new AbstractMap.SimpleImmutableEntry<>(held[0], held[1]));
      default -> null;
    };
  }

  /** Of {@code Collections.synchronized…}. */
  private static Plan synchronised(String kind) {
    return switch (kind) {
      case "Collection" ->
          ofCollection(Holds.OPEN, (c, held) -> Collections.synchronizedCollection(listOf(held)));
      case "List", "RandomAccessList" ->
          ofCollection(Holds.OPEN, (c, held) -> Collections.synchronizedList(listOf(held)));
      case "Set" -> ofCollection(Holds.OPEN, (c, held) -> Collections.synchronizedSet(setOf(held)));
      case "SortedSet", "NavigableSet" ->
          ofCollection(
              Holds.OPEN, (c, held) -> Collections.synchronizedNavigableSet(sortedSet(c, held)));
      case "Map" -> ofMap(Holds.OPEN, (m, held) -> Collections.synchronizedMap(mapOf(held)));
      case "SortedMap", "NavigableMap" ->
          ofMap(Holds.OPEN, (m, held) -> Collections.synchronizedNavigableMap(sortedMap(m, held)));
      default -> null;
    };
  }

  /** Of the other classes in {@code Collections}. */
  private static Plan small(String kind) {
    return switch (kind) {
      case "SetFromMap" -> ofCollection(Holds.OPEN, (c, held) -> new HashSet<>(listOf(held)));
      case "SingletonList" ->
          ofCollection(Holds.FAST, (c, held) -> Collections.singletonList(held[0]));
      case "SingletonSet" -> ofCollection(Holds.FAST, (c, held) -> Collections.singleton(held[0]));
      case "SingletonMap" ->
          ofMap(Holds.FAST, (m, held) -> Collections.singletonMap(held[0], held[1]));
      case "CopiesList" ->
          ofCollection(
              Holds.FAST,
              (c, held) ->
                  held.length == 0 ? List.of() : Collections.nCopies(held.length, held[0]));
      default -> null;
    };
  }

  /** Of {@code List.of} and its kin. */
  private static Plan immutable(String kind) {
    return switch (kind) {
      case "List12", "ListN", "SubList" ->
          ofCollection(Holds.FAST, (c, held) -> immutableList(held));
      case "Set12", "SetN" -> ofCollection(Holds.FAST, (c, held) -> Set.of(held));
      case "Map1", "MapN" -> ofMap(Holds.FAST, (m, held) -> Map.copyOf(mapOf(held)));
      default -> null;
    };
  }

  /** As {@code Stream.toList} makes it where there are nulls, which {@code List.of} refuses. */
  private static List<Object> immutableList(Object[] held) {
    return Arrays.asList(held).contains(null) ? Arrays.stream(held).toList() : List.of(held);
  }

  private static Plan entry(String name) {
    return switch (name) {
      case "java.util.KeyValueHolder" -> ofEntry(Holds.FAST, held -> Map.entry(held[0], held[1]));
      case "java.util.AbstractMap$SimpleImmutableEntry" ->
          ofEntry(Holds.FAST, held -> new AbstractMap.SimpleImmutableEntry<>(held[0], held[1]));
      case "java.util.AbstractMap$SimpleEntry",
          "java.util.HashMap$Node",
          "java.util.HashMap$TreeNode",
          "java.util.LinkedHashMap$Entry",
          "java.util.TreeMap$Entry",
          "java.util.concurrent.ConcurrentHashMap$MapEntry" ->
          ofEntry(Holds.OPEN, held -> new AbstractMap.SimpleEntry<>(held[0], held[1]));
      case "java.util.Optional" ->
          new HolderPlan<>(
              Optional.class,
              Holds.FAST,
              value -> value.isPresent() ? new Object[] {value.get()} : new Object[0],
              (value, held) -> held.length == 0 ? value : Optional.of(held[0]));
      default -> null;
    };
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

  private static <C extends Collection<Object>> Plan filled(Function<Collection<?>, C> empty) {
    return new CollectionPlan<>(empty, false);
  }

  /** Of a collection that looks into its elements as they are added. */
  private static <C extends Collection<Object>> Plan hashed(Function<Collection<?>, C> empty) {
    return new CollectionPlan<>(empty, true);
  }

  private static Plan ofCollection(Holds holds, BiFunction<Collection<?>, Object[], Object> maker) {
    return new HolderPlan<>(Collection.class, holds, Collection::toArray, maker::apply);
  }

  private static Plan ofMap(Holds holds, BiFunction<Map<?, ?>, Object[], Object> maker) {
    return new HolderPlan<>(Map.class, holds, MapPlan::flat, maker::apply);
  }

  private static Plan ofEntry(Holds holds, Function<Object[], Object> maker) {
    return new HolderPlan<>(
        Map.Entry.class,
        holds,
        entry -> new Object[] {entry.getKey(), entry.getValue()},
        (entry, held) -> maker.apply(held));
  }

  private static List<Object> listOf(Object[] held) {
    return new ArrayList<>(Arrays.asList(held));
  }

  private static Set<Object> setOf(Object[] held) {
    return new LinkedHashSet<>(listOf(held));
  }

  private static TreeSet<Object> sortedSet(Collection<?> like, Object[] held) {
    TreeSet<Object> set = new TreeSet<>(Comparators.ofAny(like));
    set.addAll(listOf(held));
    return set;
  }

  private static Map<Object, Object> mapOf(Object[] held) {
    Map<Object, Object> map = new LinkedHashMap<>(room(held.length / 2));
    MapPlan.fill(map, held);
    return map;
  }

  private static TreeMap<Object, Object> sortedMap(Map<?, ?> like, Object[] held) {
    TreeMap<Object, Object> map = new TreeMap<>(Comparators.ofAny(like));
    MapPlan.fill(map, held);
    return map;
  }

  /** The capacity at which a hash table of that size need not grow. */
  static int room(int size) {
    return (int) Math.min(size / 0.75 + 1, Integer.MAX_VALUE);
  }
}
