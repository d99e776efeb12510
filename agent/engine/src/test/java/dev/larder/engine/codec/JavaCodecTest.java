/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.key.FieldAccess;
import dev.larder.engine.value.Differences;
import dev.larder.spi.CodecException;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JavaCodecTest {

  private static final ClassLoader LOADER = JavaCodecTest.class.getClassLoader();

  record Allowed(BigDecimal amount, List<String> tags) implements Serializable {}

  record Other(int number) implements Serializable {}

  record Pair(Object left, Object right) implements Serializable {}

  static final class Family implements Serializable {
    final Set<Child> children = new HashSet<>();
  }

  static final class Child implements Serializable {
    final Family family;

    Child(Family family) {
      this.family = family;
    }
  }

  private static final Set<Class<?>> CLASSES =
      Set.of(Allowed.class, Pair.class, Family.class, Child.class, Allowable.class);

  /** Nanoseconds that pass with each look at the clock. */
  private long pace;

  private long now;
  private final JavaCodec codec =
      new JavaCodec(FieldAccess.plain(), CLASSES::contains, () -> now += pace);

  @Test
  void decode_allowedClass_isAsItWas() throws CodecException {
    Map<String, Object> value = new HashMap<>();
    value.put("a", new Allowed(new BigDecimal("1.10"), new ArrayList<>(List.of("x"))));
    value.put("b", new Object[] {LocalDate.EPOCH, 5L, List.of(1)});

    Object back = codec.decode(codec.encode(value, Map.class), Map.class, LOADER);

    assertThat(back).usingRecursiveComparison().isEqualTo(value);
  }

  /** With all that the JDK writes of them. */
  @SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // as applications have them
  static Stream<Object> jdk() {
    Set<String> concurrent = ConcurrentHashMap.newKeySet();
    concurrent.add("a");
    return Stream.of(
        new ConcurrentHashMap<>(Map.of("a", 1)),
        concurrent,
        EnumSet.of(Allowable.YES),
        new EnumMap<>(Map.of(Allowable.YES, 1)),
        new CopyOnWriteArrayList<>(List.of(1)),
        new ConcurrentLinkedQueue<>(List.of(1)),
        Collections.synchronizedMap(new TreeMap<>(Map.of("a", 1))),
        new AbstractMap.SimpleEntry<>("a", 1),
        BitSet.valueOf(new long[] {5}),
        Pattern.compile("a"),
        new java.sql.Date(5));
  }

  enum Allowable {
    YES
  }

  @ParameterizedTest
  @MethodSource("jdk")
  void decode_jdkValue_isAsItWas(Object value) throws CodecException {
    Object back = codec.decode(codec.encode(value, Object.class), Object.class, LOADER);

    assertThat(back.getClass()).isEqualTo(value.getClass());
    assertThat(new Differences(FieldAccess.plain()).between(value, back)).isNull();
  }

  @Test
  void decode_otherClass_isRefused() throws CodecException {
    byte[] bytes = codec.encode(new ArrayList<>(List.of(new Other(1))), List.class);

    assertThatThrownBy(() -> codec.decode(bytes, List.class, LOADER))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("codec-allow");
  }

  @Test
  void decode_proxy_isRefused() throws CodecException {
    Object proxy =
        Proxy.newProxyInstance(
            LOADER,
            new Class<?>[] {Runnable.class, Serializable.class},
            (java.lang.reflect.InvocationHandler & Serializable) (self, method, args) -> null);
    byte[] bytes = codec.encode(proxy, Runnable.class);

    assertThatThrownBy(() -> codec.decode(bytes, Runnable.class, LOADER))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void decode_anythingElse_isRefused() {
    assertThatThrownBy(() -> codec.decode(new byte[] {1, 2, 3}, List.class, LOADER))
        .isInstanceOf(CodecException.class);
  }

  /** Each level holds the next one twice, so that a hash of the first one is one of 2^60. */
  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void decode_setsThatShareTheirSets_isRefused() throws CodecException {
    Set<Object> top = new HashSet<>();
    Set<Object> one = top;
    Set<Object> other = new LinkedHashSet<>();
    for (int level = 0; level < 60; level++) {
      Set<Object> nextOne = new HashSet<>(Set.of("level"));
      Set<Object> nextOther = new LinkedHashSet<>();
      for (Set<Object> each : List.of(one, other)) {
        each.add(nextOne); // while that is small, and cheap to hash
        each.add(nextOther);
      }
      one = nextOne;
      other = nextOther;
    }

    assertRefused(codec.encode(top, Set.class), "so often");
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void decode_recordsThatShareTheirRecords_isRefused() throws CodecException {
    Object pair = "leaf";
    for (int level = 0; level < 60; level++) {
      pair = new Pair(pair, pair);
    }
    List<Object> hashed = new ArrayList<>();
    Map<Object, Object> map = new HashMap<>();
    map.put(hashed, 1);
    hashed.add(pair);

    assertRefused(codec.encode(map, Map.class), "so often");
  }

  /** 100,000 lists, each the only element of the one before; no stream of Java's writes such. */
  @Test
  void decode_listsTooDeep_isRefused() throws CodecException {
    byte[] lists = codec.encode(new ArrayList<>(List.of(new ArrayList<>(List.of()))), List.class);
    byte[] innermost = HexFormat.of().parseHex("7371007e0000" + "00000000" + "770400000000" + "78");
    int head = lists.length - innermost.length - 1;
    assertThat(Arrays.copyOfRange(lists, head, lists.length - 1)).isEqualTo(innermost);
    ByteArrayOutputStream deep = new ByteArrayOutputStream();
    deep.write(lists, 0, head);
    for (int level = 0; level < 100_000; level++) {
      deep.writeBytes(HexFormat.of().parseHex("7371007e0000" + "00000001" + "770400000001"));
    }

    assertRefused(deep.toByteArray(), "REJECTED");
  }

  @Test
  void decode_listOfMoreElementsThanBytes_isRefusedUnmade() throws CodecException {
    byte[] bytes = codec.encode(new ArrayList<>(List.of("x")), List.class);
    int size = bytes.length - 1 - 4 - 6 - 4; // before the capacity's block, the element, the end
    ByteBuffer.wrap(bytes).putInt(size, Integer.MAX_VALUE - 8);

    assertRefused(bytes, "REJECTED");
  }

  @Test
  void decode_thatTakesTooLong_isRefused() throws CodecException {
    List<Object> value = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      value.add(new ArrayList<>());
    }
    byte[] bytes = codec.encode(value, List.class);
    pace = TimeUnit.MILLISECONDS.toNanos(100);

    assertRefused(bytes, "REJECTED");
  }

  @Test
  void decode_valueThatSharesMuch_isAsItWas() throws CodecException {
    List<String> shared = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      shared.add("element " + i);
    }
    List<Object> value = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      value.add(new Pair(i, shared));
    }

    Object back = codec.decode(codec.encode(value, List.class), List.class, LOADER);

    assertThat(back).isEqualTo(value);
  }

  @Test
  void decode_familyWhoseMembersKnowEachOther_isAsItWas() throws CodecException {
    Family family = new Family();
    for (int i = 0; i < 20_000; i++) {
      family.children.add(new Child(family));
    }

    Family back = (Family) codec.decode(codec.encode(family, Family.class), Family.class, LOADER);

    assertThat(back.children).hasSize(20_000).allMatch(child -> child.family == back);
  }

  private void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> codec.decode(bytes, Object.class, LOADER))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(reason);
  }
}
