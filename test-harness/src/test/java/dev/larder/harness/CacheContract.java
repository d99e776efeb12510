/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.Engine;
import dev.larder.harness.CachingJvm.Figure;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a cache promises wherever its entries are kept, with a near cache before that and without.
 */
abstract class CacheContract extends CacheUsers {

  private static final long PRECISION = 20;

  CacheContract(BackendContractTest place) {
    super(place);
  }

  // Values

  @ParameterizedTest
  @MethodSource("layouts")
  void value_ofEachType_isReadByTheOtherAsItWas(Layout layout) {
    Pair pair = pair(layout);
    List<Method> methods =
        Arrays.stream(Wares.class.getDeclaredMethods())
            .filter(each -> !each.isSynthetic() && !Modifier.isStatic(each.getModifiers()))
            .filter(each -> each.getParameterCount() == 0 && !each.getName().equals("runs"))
            .sorted(Comparator.comparing(Method::getName))
            .toList();
    assertThat(methods).hasSizeGreaterThan(30);
    for (Method method : methods) {
      Object first = wares(pair.one(), method);
      int before = pair.other().wares.runs();
      for (int i = 0; i < 3; i++) {
        assertThat(wares(pair.other(), method)).as(method.getName()).isEqualTo(first);
      }
      assertThat(pair.other().wares.runs()).as("runs of %s", method.getName()).isEqualTo(before);
    }
  }

  private static Object wares(Jvm jvm, Method method) {
    return jvm.caches.call(jvm.wares, "types", method.getName());
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void value_ofEachLength_isReadByTheOtherToTheLastByte(Layout layout) {
    Pair pair = pair(layout);
    int largest = isRemote() ? place().largeValue() / 4 * 3 - 2_000 : 1_000_000;
    for (long length : new long[] {0, 1, 1_000, 70_000, largest}) {
      byte[] value = random((int) length);
      pair.one().body = asked -> value;
      assertThat((byte[]) pair.one().call("lengths", "bytes", length)).isEqualTo(value);
      pair.other().body = never -> new byte[] {1, 2, 3, 4};
      for (int i = 0; i < 3; i++) {
        assertThat((byte[]) pair.other().call("lengths", "bytes", length)).isEqualTo(value);
      }
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  // Keys

  @ParameterizedTest
  @MethodSource("layouts")
  void key_ofAnyText_isApartFromEachOther(Layout layout) {
    Pair pair = pair(layout);
    for (String cache : List.of("names", "keyed")) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (String name : BackendContractTest.HOSTILE) {
        values.put(name, pair.one().call(cache, "named", name));
      }
      assertThat(values.values()).doesNotHaveDuplicates();
      values.forEach(
          (name, value) ->
              assertThat(pair.other().call(cache, "named", name))
                  .as("%s of %s", cache, name)
                  .isEqualTo(value));
    }
    assertThat(pair.other().caches.engine.evictKey("keyed", "a b")).isEqualTo(1);
    assertThat(pair.other().caches.engine.evictKey("keyed", "a  b")).isEqualTo(1);
    assertThat(pair.other().caches.engine.evictKey("keyed", "a   b")).isZero();
    assertThat(pair.other().caches.engine.evict("names", "*")).isEqualTo(1);
    assertThat(pair.other().caches.engine.evict("names", "\ud800")).isEqualTo(1);
    assertThat(pair.other().caches.engine.evict("names", "**")).isZero();
  }

  // Time

  @ParameterizedTest
  @MethodSource("layouts")
  void entry_withATimeToLive_isGoneToTheMillisecond(Layout layout) {
    Pair pair = pair(layout);
    assertGoneAfter(pair, "blink", 300);
    assertGoneAfter(pair, "brief", 1_000);
  }

  private void assertGoneAfter(Pair pair, String cache, long millis) {
    long id = newId();
    long earliest = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis - PRECISION);
    String value = pair.one().find(cache, id);
    long latest = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis + PRECISION);
    while (true) {
      long asked = System.nanoTime();
      boolean isThere = pair.other().find(cache, id).equals(value);
      if (!isThere) {
        assertThat(System.nanoTime() - earliest).as("nanoseconds after the earliest").isPositive();
        return;
      }
      assertThat(asked - latest).as("nanoseconds after the latest end").isNegative();
    }
  }

  // Removal

  @ParameterizedTest
  @MethodSource("layouts")
  void evict_byOne_countsAndHoldsInBoth(Layout layout) {
    Pair pair = pair(layout);
    Engine evicting = pair.other().caches.engine;
    long id = newId();
    String found = pair.one().find("us", id);
    Object looked = pair.one().call("us", "look", id);
    for (int i = 0; i < 2; i++) {
      assertThat(pair.other().find("us", id)).isEqualTo(found);
      assertThat(pair.other().call("us", "look", id)).isEqualTo(looked);
    }
    String neighbour = pair.one().find("us", newId());

    assertThat(evicting.evict("us", id)).as("entries of two methods").isEqualTo(2);
    assertThat(evicting.evict("us", id)).isZero();
    assertThat(evicting.evict("us", (int) id)).as("as an int").isZero();

    String later = pair.other().find("us", id);
    assertThat(later).isNotEqualTo(found);
    atOnceUnlessNear(layout, () -> assertThat(pair.one().find("us", id)).isEqualTo(later));
    assertThat(evicting.evict("us", (int) id)).as("as an int").isEqualTo(1);
    assertThat(evicting.evict("nobody's", id)).isZero();
    assertThat(pair.one().find("us", Long.parseLong(neighbour.split(" ")[0]))).isEqualTo(neighbour);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void evictKey_ofWhatIsThereOrOver_counts(Layout layout) {
    Pair pair = pair(layout);
    Engine evicting = pair.other().caches.engine;
    pair.one().call("keyed", "named", "counted");
    assertThat(evicting.evictKey("keyed", "counted")).isEqualTo(1);
    assertThat(evicting.evictKey("keyed", "counted")).isZero();

    long id = newId();
    pair.one().find("blink", id);
    long over = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300 + PRECISION);
    eventually(() -> assertThat(System.nanoTime() - over).isPositive());
    assertThat(evicting.evict("blink", id)).as("what is over").isZero();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void put_byOne_isWhatBothHave(Layout layout) {
    Pair pair = pair(layout);
    Object before = pair.one().call("keyed", "named", "put");
    assertThat(pair.other().call("keyed", "named", "put")).isEqualTo(before);

    Object after = pair.other().put("keyed", "named", "put");

    assertThat(after).isNotEqualTo(before);
    assertThat(pair.other().call("keyed", "named", "put")).isEqualTo(after);
    atOnceUnlessNear(
        layout, () -> assertThat(pair.one().call("keyed", "named", "put")).isEqualTo(after));
  }

  /** With a near cache the JVM that did not remove may be late. */
  private static void atOnceUnlessNear(Layout layout, Runnable assertion) {
    if (layout == Layout.NEAR) {
      eventually(assertion::run);
    } else {
      assertion.run();
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void tag_removedByOne_takesItsEntriesAlone(Layout layout) {
    Pair pair = pair(layout);
    long even = 2 * newId() + 1_000_000;
    long odd = even + 1;
    String ofEven = agreed(pair, "tagged", even);
    String ofOdd = agreed(pair, "tagged", odd);

    assertThat(pair.other().caches.engine.evictTag("nobody")).isEqualTo(isRemote() ? -1 : 0);
    assertThat(pair.other().find("tagged", even)).isEqualTo(ofEven);
    pair.other().caches.engine.evictTag("kind:0");

    assertThat(pair.other().find("tagged", even)).as("where it was removed").isNotEqualTo(ofEven);
    assertThat(pair.other().find("tagged", odd)).isEqualTo(ofOdd);
    eventually(() -> assertThat(pair.one().find("tagged", even)).isNotEqualTo(ofEven));
    assertThat(pair.one().find("tagged", odd)).isEqualTo(ofOdd);

    pair.one().caches.engine.evictTag("result:" + ofOdd);
    assertThat(pair.one().find("tagged", odd)).as("by a tag of its result").isNotEqualTo(ofOdd);
    eventually(() -> assertThat(pair.other().find("tagged", odd)).isNotEqualTo(ofOdd));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void tag_ofAnyText_takesItsEntryAlone(Layout layout) {
    Pair pair = pair(layout);
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> names =
        List.of("a", "A", "a ", "a:b", "a!b", "!all", "!tags", "", "*", "a,b", "日本");
    names.forEach(name -> values.put(name, pair.one().call("labelled", "named", name)));
    for (String removed : names) {
      pair.one().caches.engine.evictTag(removed);
      for (String name : names) {
        Object now = pair.one().call("labelled", "named", name);
        if (name.equals(removed)) {
          assertThat(now).as("of the removed tag %s", name).isNotEqualTo(values.put(name, now));
        } else {
          assertThat(now).as("%s after %s was removed", name, removed).isEqualTo(values.get(name));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void clear_ofOneCache_leavesThoseOfLikeNames(Layout layout) {
    Pair pair = pair(layout);
    long id = newId();
    List<String> names =
        List.of("us", "users", "us:", "us::", ":us", "us!", "US", "us%3A", "u s", "us ", "*", "日本");
    Map<String, String> values = new LinkedHashMap<>();
    names.forEach(name -> values.put(name, agreed(pair, name, id)));
    for (String cleared : List.of("us", "*", "us:")) {
      long entries = pair.one().caches.figure(cleared, Figure.ENTRIES);
      long counted = pair.one().caches.engine.clear(cleared);
      assertThat(counted).as("entries that went").isEqualTo(isRemote() ? -1 : entries);
      String before = values.get(cleared);
      assertThat(pair.one().find(cleared, id)).as("at once").isNotEqualTo(before);
      eventually(
          () -> {
            String now = pair.other().find(cleared, id);
            assertThat(now).isNotEqualTo(before).isEqualTo(pair.one().find(cleared, id));
            values.put(cleared, now);
          });
      for (Jvm each : pair.both()) {
        names.forEach(name -> assertThat(each.find(name, id)).as(name).isEqualTo(values.get(name)));
      }
    }

    pair.one().caches.engine.clearAll();

    names.forEach(name -> assertThat(pair.one().find(name, id)).isNotEqualTo(values.get(name)));
    names.forEach(
        name ->
            eventually(
                () -> assertThat(pair.other().find(name, id)).isNotEqualTo(values.get(name))));
    assertThat(pair.one().caches.engine.clear("never used")).isEqualTo(isRemote() ? -1 : 0);
  }

  // Batches

  @ParameterizedTest
  @MethodSource("layouts")
  void batch_byOne_isSharedByElement(Layout layout) {
    Pair pair = pair(layout);
    long first = newId();
    long second = newId();
    long third = newId();
    Map<Object, Object> both = all(pair.one(), first, second);
    int before = runs.get();

    assertThat(all(pair.other(), third, second, first)).containsAllEntriesOf(both);
    assertThat(runs.get()).as("runs for what was not there").isEqualTo(before + 1);

    assertThat(pair.other().caches.engine.evict("batched", first)).isEqualTo(1);
    atOnceUnlessNear(
        layout,
        () -> {
          Map<Object, Object> now = all(pair.one(), first, second);
          assertThat(now.get(first)).isNotEqualTo(both.get(first));
          assertThat(now.get(second)).isEqualTo(both.get(second));
        });
  }

  private static Map<Object, Object> all(Jvm jvm, Long... ids) {
    return new LinkedHashMap<>((Map<?, ?>) jvm.call("batched", "all", List.of(ids)));
  }
}
