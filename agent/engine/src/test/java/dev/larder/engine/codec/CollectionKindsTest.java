/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.value.Differences;
import dev.larder.spi.CodecException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.Deque;
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
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections come back as what callers can tell that they were. */
class CollectionKindsTest {

  private static final ClassLoader LOADER = CollectionKindsTest.class.getClassLoader();

  private final FieldAccess access = FieldAccess.plain();
  private final Differences differences = new Differences(access);
  private final JsonCodec codec =
      new JsonCodec(LOADER, access, new OpenTypes(name -> false, "dev.larder.engine.codec"));

  record Money(long cents) {}

  record Holder(List<String> list, Object open) {}

  /** Each method declares a type and gives a value of a class that comes back as that class. */
  @SuppressWarnings({"unused", "JdkObsolete"}) // found by reflection
  static final class SameClass {
    List<String> linkedList() {
      return new LinkedList<>(List.of("a"));
    }

    Deque<String> arrayDeque() {
      return new ArrayDeque<>(List.of("a"));
    }

    Collection<String> arrayDequeAsCollection() {
      return new ArrayDeque<>(List.of("a"));
    }

    List<String> vector() {
      return new Vector<>(List.of("a"));
    }

    List<String> stack() {
      Stack<String> stack = new Stack<>();
      stack.push("a");
      return stack;
    }

    List<String> copyOnWriteList() {
      return new CopyOnWriteArrayList<>(List.of("a"));
    }

    Set<String> copyOnWriteSet() {
      return new CopyOnWriteArraySet<>(List.of("a"));
    }

    Queue<String> concurrentQueue() {
      return new ConcurrentLinkedQueue<>(List.of("a"));
    }

    Set<String> concurrentSet() {
      Set<String> set = ConcurrentHashMap.newKeySet();
      set.add("a");
      return set;
    }

    Map<String, Money> concurrentMap() {
      return new ConcurrentHashMap<>(Map.of("a", new Money(1)));
    }

    Map<String, String> hashtable() {
      return new Hashtable<>(Map.of("a", "b"));
    }

    Map<Object, Object> properties() {
      Properties properties = new Properties();
      properties.setProperty("a", "b");
      return properties;
    }

    Map<TimeUnit, Money> enumMap() {
      return new EnumMap<>(Map.of(TimeUnit.DAYS, new Money(1)));
    }

    Set<TimeUnit> enumSet() {
      return EnumSet.of(TimeUnit.DAYS);
    }

    EnumMap<TimeUnit, List<Money>> declaredEnumMap() {
      return new EnumMap<>(Map.of(TimeUnit.DAYS, List.of()));
    }

    List<Object> inTheOpen() {
      return new ArrayList<>(List.of(new Vector<>(List.of(1L)), new Hashtable<>(Map.of(1, 2))));
    }

    Object bytesInTheOpen() {
      return new byte[] {1, -1};
    }

    Object textsInTheOpen() {
      return new String[][] {{"a"}, null};
    }

    Object[] arraysInTheOpen() {
      return new Object[] {new int[] {1}, new Object[] {2L}, new Money[] {new Money(1)}};
    }

    List<String> synchronisedList() {
      return Collections.synchronizedList(new ArrayList<>(List.of("a")));
    }

    Map<String, Integer> synchronisedMap() {
      return Collections.synchronizedMap(new TreeMap<>(Map.of("a", 1)));
    }

    List<String> unmodifiableList() {
      return Collections.unmodifiableList(new ArrayList<>(List.of("a")));
    }

    Map<String, Integer> unmodifiableMap() {
      return Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("a", 1)));
    }

    Map<String, Integer> unmodifiableSortedMap() {
      return Collections.unmodifiableNavigableMap(new TreeMap<>(Map.of("a", 1)));
    }

    Collection<String> unmodifiableSet() {
      return Collections.unmodifiableSet(new LinkedHashSet<>(List.of("a")));
    }

    List<String> fixedSize() {
      return Arrays.asList("a", null);
    }

    List<String> none() {
      return Collections.emptyList();
    }

    Map<String, List<String>> noEntry() {
      return Collections.emptyMap();
    }

    Set<String> one() {
      return Collections.singleton("a");
    }

    Holder fields() {
      return new Holder(Collections.singletonList("a"), new CopyOnWriteArrayList<>(List.of(1)));
    }
  }

  static Stream<Method> sameClass() {
    return Stream.of(SameClass.class.getDeclaredMethods())
        .filter(method -> !method.isSynthetic() && !Modifier.isStatic(method.getModifiers()))
        .peek(method -> method.setAccessible(true));
  }

  @ParameterizedTest
  @MethodSource("sameClass")
  void decode_collection_isOfTheClassThatItWas(Method method) throws Exception {
    Object value = method.invoke(new SameClass());

    Object back = roundTrip(value, method.getGenericReturnType());

    assertThat(back.getClass()).isEqualTo(value.getClass());
    if (value instanceof Holder mine && back instanceof Holder its) {
      assertThat(its.list().getClass()).isEqualTo(mine.list().getClass());
      assertThat(its.open().getClass()).isEqualTo(mine.open().getClass());
    }
  }

  /** Maps whose keys no text stands for; each method declares a type. */
  @SuppressWarnings({
    "unused",
    "JavaUtilDate",
    "NonApiType",
    "TypeParameterUnusedInFormals"
  }) // found by reflection
  static final class Keys {
    Map<String, String> nullAndText() {
      return map(null, "a", "null", "b", "", "c");
    }

    HashMap<Long, String> nullAndNumber() {
      return map(null, "a", 2L, "b");
    }

    Map<Money, List<Money>> nullAndRecord() {
      return map(new Money(1), List.of(new Money(2)), null, null);
    }

    Map<TimeUnit, Money> nullAndConstant() {
      return map(TimeUnit.DAYS, new Money(1), null, new Money(2));
    }

    Map<Object, String> any() {
      return map(1L, "a", "1", "b", new Money(1), "c");
    }

    Map<String, String> halfPairs() {
      return map("\ud800", "a", "x\udc00\ud800", "b", "\ud83d\ude00", "c");
    }

    Map<Object, String> texts() {
      return map("a", "b");
    }

    Map<Number, String> numbers() {
      return map(1L, "a", 1, "b", 1.0, "c");
    }

    Map<Optional<String>, String> optionals() {
      return map(Optional.of("a"), "a", Optional.empty(), "b");
    }

    Map<List<String>, Map<Path, Integer>> lists() {
      return map(List.of("a"), map(Path.of("b"), 1));
    }

    Map<Date, Date> dates() {
      return map(new Date(1), new java.sql.Timestamp(2), new java.sql.Timestamp(3), new Date(4));
    }

    Object inTheOpen() {
      return map(null, 1L, "x", new TreeMap<>(Map.of(1L, 2L)));
    }

    List<Object> namesOfTypes() {
      return List.of(map("@type", "java.util.Date", "a", 1));
    }

    private static <K, V, M extends Map<K, V>> M map(Object... all) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < all.length; i += 2) {
        map.put(all[i], all[i + 1]);
      }
      @SuppressWarnings("unchecked") // as each method says
      M made = (M) map;
      return made;
    }
  }

  static Stream<Method> keys() {
    return Stream.of(Keys.class.getDeclaredMethods())
        .filter(method -> !method.isSynthetic() && !Modifier.isStatic(method.getModifiers()))
        .peek(method -> method.setAccessible(true));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void decode_mapWithAnyKeys_isAsItWas(Method method) throws Exception {
    roundTrip(method.invoke(new Keys()), method.getGenericReturnType());
  }

  /** Of the JDK's private classes, which all forbid the same. */
  static Stream<Arguments> unmodifiable() {
    return Stream.of(
        Arguments.of(List.class, List.of("a")),
        Arguments.of(List.class, Arrays.stream(new String[] {"a", null}).toList()),
        Arguments.of(List.class, Collections.nCopies(3, "a")),
        Arguments.of(Object.class, List.of("a")),
        Arguments.of(Collection.class, Set.of("a")),
        Arguments.of(Set.class, Set.of("a")),
        Arguments.of(Map.class, Map.of("a", "b")),
        Arguments.of(Object.class, Map.of("a", "b")),
        Arguments.of(Map.class, Stream.of("a").collect(Collectors.partitioningBy("a"::equals))));
  }

  @ParameterizedTest
  @MethodSource("unmodifiable")
  void decode_collectionThatCannotBeChanged_cannotBeChanged(Class<?> declared, Object value)
      throws CodecException {
    Object back = roundTrip(value, declared);

    assertThatThrownBy(
            () -> {
              if (back instanceof Map<?, ?> map) {
                map.clear();
              } else {
                ((Collection<?>) back).clear();
              }
            })
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void decode_collectionThatCanBeChanged_canBeChanged() throws CodecException {
    List<?> list = (List<?>) roundTrip(new ArrayList<>(List.of("a")).subList(0, 1), List.class);
    Set<?> set = (Set<?>) roundTrip(new HashMap<>(Map.of("a", 1)).keySet(), Set.class);

    assertThatCode(list::clear).doesNotThrowAnyException();
    assertThatCode(set::clear).doesNotThrowAnyException();
  }

  @Test
  void decode_declaredByAClassWithoutOrder_keepsTheOrder() throws CodecException {
    List<Integer> order = List.of(3, 1, 2, 17, 33);
    HashSet<Integer> set = new LinkedHashSet<>(order);

    assertThat((Set<?>) roundTrip(set, HashSet.class))
        .extracting(Object::toString)
        .containsExactly("3", "1", "2", "17", "33");
  }

  @Test
  @SuppressWarnings("IdentityHashMapUsage") // as applications declare them
  void encode_mapByIdentity_isRefused() {
    assertThatThrownBy(() -> codec.encode(new IdentityHashMap<>(Map.of("a", 1)), Map.class))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("identity");
  }

  @Test
  void encode_propertiesWithDefaults_areRefused() {
    Properties defaults = new Properties();
    defaults.setProperty("a", "b");

    assertThatThrownBy(() -> codec.encode(new Properties(defaults), Properties.class))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("defaults");
  }

  /** What the bytes say is a view is one that the declared type may be. */
  @ParameterizedTest
  @MethodSource("wrong")
  void decode_kindThatMayNotStandThere_isRefused(Type declared, String json) {
    assertThatThrownBy(() -> codec.decode(json.getBytes(StandardCharsets.UTF_8), declared, LOADER))
        .isInstanceOf(CodecException.class);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(ArrayList.class, "{\"unmodifiable\":[]}"),
        Arguments.of(List.class, "{\"singleton\":[]}"),
        Arguments.of(List.class, "{\"singleton\":null}"),
        Arguments.of(Set.class, "{\"java.util.EnumSet\":[\"A\"]}"),
        Arguments.of(Map.class, "[\"entries\",[null]]"),
        Arguments.of(Map.class, "[\"entries\",null]"),
        Arguments.of(Map.class, "[\"entries\",[]"),
        Arguments.of(Map.class, "[\"unmodifiable\",5]"),
        Arguments.of(Object.class, "[\"java.lang.Thread[]\",[]]"),
        Arguments.of(Object.class, "[\"[]\",[]]"),
        Arguments.of(Object.class, "[\"[][]\",[]]"));
  }

  private Object roundTrip(Object value, Type type) throws CodecException {
    byte[] bytes = new ShapeTrust(codec, type, LOADER, differences).encode(value);
    Object back = codec.decode(bytes, type, LOADER);
    assertThat(differences.between(value, back))
        .as(new String(bytes, StandardCharsets.UTF_8))
        .isNull();
    return back;
  }
}
