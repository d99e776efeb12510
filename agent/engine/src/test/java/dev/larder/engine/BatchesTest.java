/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BatchesTest {

  private static final String CACHE = "shop";

  private final Probe probe = new Probe();

  /** What each run of a body was given. */
  private final List<Object> runs = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void perElement() {
    probe.policies.put(CACHE, Probe.batchPolicy(null, null, null, true));
  }

  private static Method method(String name) {
    return Arrays.stream(Shop.class.getDeclaredMethods())
        .filter(each -> each.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Woven by hand: each method asks its target as woven code does. */
  final class Shop {
    private final Map<String, Target> targets = new LinkedHashMap<>();
    Function<List<Long>, Object> body;

    Shop(Function<List<Long>, Object> body) {
      this.body = body;
    }

    private Object woven(String name, Object... arguments) {
      Target target;
      synchronized (targets) {
        target =
            targets.computeIfAbsent(
                name,
                missing -> {
                  Method method = method(name);
                  String[] names = {"ids", "language"};
                  return probe.target(
                      MethodHandles.lookup(),
                      method,
                      CACHE,
                      Arrays.copyOf(names, method.getParameterCount()));
                });
      }
      return Probe.call(
          target,
          this,
          arguments,
          () -> {
            runs.add(arguments[0]);
            List<Long> ids = new ArrayList<>();
            if (arguments[0] instanceof Iterable<?> many) {
              many.forEach(id -> ids.add((Long) id));
            } else if (arguments[0] instanceof Long one) {
              ids.add(one);
            }
            return body.apply(ids);
          });
    }

    @SuppressWarnings("unchecked")
    List<String> list(List<Long> ids) {
      return (List<String>) woven("list", ids);
    }

    @SuppressWarnings("unchecked")
    List<int[]> arrays(List<Long> ids) {
      return (List<int[]>) woven("arrays", ids);
    }

    @SuppressWarnings("unchecked")
    Map<Long, String> map(Collection<Long> ids) {
      return (Map<Long, String>) woven("map", ids);
    }

    @SuppressWarnings("unchecked")
    Map<Long, String> set(Set<Long> ids) {
      return (Map<Long, String>) woven("set", ids);
    }

    @SuppressWarnings("unchecked")
    Map<Long, String> sorted(SortedSet<Long> ids) {
      return (Map<Long, String>) woven("sorted", ids);
    }

    @SuppressWarnings("unchecked")
    Map<Long, String> inLanguage(Iterable<Long> ids, String language) {
      return (Map<Long, String>) woven("inLanguage", ids, language);
    }

    @SuppressWarnings("unchecked")
    List<String> noCollection(long id) {
      return (List<String>) woven("noCollection", id);
    }

    @SuppressWarnings("unchecked")
    Map<String, Long> otherKeys(Collection<Long> ids) {
      return (Map<String, Long>) woven("otherKeys", ids);
    }
  }

  private static List<String> texts(List<Long> ids) {
    return ids.stream().map(id -> id == null ? "nothing" : "v" + id).toList();
  }

  private static Map<Long, String> mapped(List<Long> ids) {
    Map<Long, String> map = new LinkedHashMap<>();
    new TreeSet<>(ids)
        .descendingSet().stream().filter(id -> id < 100).forEach(id -> map.put(id, "v" + id));
    return map;
  }

  private long figure(int i) {
    return probe.engine.figures(CACHE)[i];
  }

  @Test
  void list_someCached_bodyRunsForTheRestAndAllIsInOrder() {
    Shop shop = new Shop(BatchesTest::texts);

    assertThat(shop.list(List.of(2L, 1L))).containsExactly("v2", "v1");
    assertThat(shop.list(List.of(3L, 1L, 4L, 2L))).containsExactly("v3", "v1", "v4", "v2");
    assertThat(shop.list(List.of(4L, 3L, 2L, 1L))).containsExactly("v4", "v3", "v2", "v1");
    assertThat(runs).containsExactly(List.of(2L, 1L), List.of(3L, 4L));
    assertThat(probe.engine.figures(CACHE)).as("a call is one call").startsWith(1, 2, 0);
    assertThat(figure(4)).as("loads").isEqualTo(2);
    assertThat(figure(6)).as("stores").isEqualTo(4);
  }

  @Test
  void list_twiceTheSameElementAndNull_areAskedForOnce() {
    Shop shop = new Shop(BatchesTest::texts);
    shop.list(List.of(1L));

    assertThat(shop.list(Arrays.asList(2L, null, 1L, 2L, null)))
        .containsExactly("v2", "nothing", "v1", "v2", "nothing");
    assertThat(runs).last().isEqualTo(Arrays.asList(2L, null));
    assertThat(shop.list(Arrays.asList(null, 2L))).containsExactly("nothing", "v2");
    assertThat(runs).hasSize(2);
  }

  @Test
  void list_allTwiceAtFirst_bodyGetsTheArgumentAsItIs() {
    Shop shop = new Shop(BatchesTest::texts);

    assertThat(shop.list(List.of(1L, 1L, 2L))).containsExactly("v1", "v1", "v2");
    assertThat(runs).containsExactly(List.of(1L, 1L, 2L));
  }

  @Test
  void list_empty_runsNothing() {
    Shop shop = new Shop(BatchesTest::texts);

    assertThat(shop.list(List.of())).isEmpty();
    assertThat(shop.map(List.of())).isEmpty();
    assertThat(runs).isEmpty();
    assertThat(probe.engine.figures(CACHE)).startsWith(2, 0, 0);
  }

  @Test
  void list_null_isBypassed() {
    Shop shop = new Shop(BatchesTest::texts);

    shop.body = ids -> List.of("nothing asked for");
    assertThat(shop.list(null)).containsExactly("nothing asked for");
    assertThat(probe.engine.figures(CACHE)).startsWith(0, 0, 1);
  }

  @Test
  void list_bodyGivesFewerValues_passesThroughUncached() {
    Shop shop = new Shop(ids -> texts(ids.stream().filter(id -> id != 3).toList()));

    assertThat(shop.list(List.of(1L, 3L))).containsExactly("v1");
    assertThat(shop.list(List.of(1L, 2L))).containsExactly("v1", "v2");
    assertThat(shop.list(List.of(1L, 3L, 2L))).as("whole, though 3 alone ran").hasSize(2);
    assertThat(runs)
        .containsExactly(List.of(1L, 3L), List.of(1L, 2L), List.of(3L), List.of(1L, 3L, 2L));
    assertThat(figure(6)).as("stores").isEqualTo(2);
  }

  @Test
  void list_nullValues_areKeptInTheirPlaces() {
    Shop shop = new Shop(ids -> new ArrayList<>(Collections.nCopies(ids.size(), null)));

    assertThat(shop.list(List.of(1L, 2L))).containsExactly(null, null);
    assertThat(shop.list(List.of(2L))).containsExactly((String) null);
    assertThat(runs).hasSize(1);
  }

  @Test
  void map_someCached_isWholeAndInTheArgumentsOrder() {
    Shop shop = new Shop(BatchesTest::mapped);
    shop.map(List.of(2L));

    assertThat(shop.map(List.of(1L, 2L, 3L)).entrySet().toString()).isEqualTo("[1=v1, 2=v2, 3=v3]");
    assertThat(shop.map(new LinkedHashSet<>(List.of(3L, 1L))).keySet()).containsExactly(3L, 1L);
    assertThat(runs).containsExactly(List.of(2L), List.of(1L, 3L));
  }

  @Test
  void map_elementWithoutValue_isRememberedAsNone() {
    Shop shop = new Shop(BatchesTest::mapped);

    assertThat(shop.map(List.of(1L, 100L))).containsOnlyKeys(1L);
    assertThat(shop.map(List.of(100L, 1L))).containsOnlyKeys(1L);
    assertThat(runs).hasSize(1);
  }

  @Test
  void map_elementWithoutValueAndCacheNullOff_isAskedForAgain() {
    probe.policies.put(CACHE, Probe.batchPolicy(null, null, null, false));
    Shop shop = new Shop(BatchesTest::mapped);

    shop.map(List.of(1L, 100L));
    assertThat(shop.map(List.of(1L, 100L))).containsOnlyKeys(1L);
    assertThat(runs).last().isEqualTo(List.of(100L));
  }

  @Test
  void map_nullAsAValue_comesAsTheBodyGivesIt() {
    Shop shop =
        new Shop(
            ids -> {
              Map<Long, String> map = new LinkedHashMap<>();
              ids.forEach(id -> map.put(id, null));
              return map;
            });

    assertThat(shop.map(List.of(1L))).containsEntry(1L, null);
    assertThat(shop.map(List.of(1L))).containsEntry(1L, null);
  }

  @Test
  void map_withKeysThatNobodyAskedFor_passesThroughUncached() {
    Shop shop = new Shop(ids -> Map.of(ids.get(0) + 1_000, "other"));

    assertThat(shop.map(List.of(1L))).containsOnlyKeys(1_001L);
    assertThat(shop.map(List.of(1L))).containsOnlyKeys(1_001L);
    assertThat(runs).hasSize(2);
    assertThat(figure(6)).as("stores").isZero();
  }

  @Test
  void body_isGivenACollectionOfTheKindThatItDeclares() {
    Shop shop = new Shop(BatchesTest::mapped);
    shop.set(Set.of(1L));
    shop.sorted(new TreeSet<>(Set.of(1L)));

    assertThat(shop.set(new LinkedHashSet<>(List.of(1L, 3L, 2L)))).hasSize(3);
    assertThat(runs).last().isInstanceOf(Set.class).isEqualTo(Set.of(3L, 2L));
    SortedSet<Long> descending = new TreeSet<>(Comparator.reverseOrder());
    descending.addAll(List.of(1L, 2L, 3L));
    assertThat(shop.sorted(descending).keySet()).containsExactly(3L, 2L, 1L);
    assertThat(runs).last().asString().isEqualTo("[3, 2]");
  }

  @Test
  void otherParameters_belongToTheKey() {
    Shop shop = new Shop(BatchesTest::mapped);
    shop.inLanguage(List.of(1L), "en");
    shop.inLanguage(List.of(1L), "de");
    shop.inLanguage(List.of(1L, 2L), "de");

    assertThat(runs).containsExactly(List.of(1L), List.of(1L), List.of(2L));
  }

  @Test
  void evict_withAnElement_reachesItAlone() {
    Shop shop = new Shop(BatchesTest::texts);
    shop.list(List.of(1L, 2L));
    shop.body = BatchesTest::mapped;
    shop.map(List.of(1L, 2L));

    assertThat(probe.engine.evict(CACHE, 1)).as("of the list's and the map's").isEqualTo(2);
    shop.map(List.of(1L, 2L));
    assertThat(runs).last().isEqualTo(List.of(1L));
  }

  @Test
  void key_namesTheElement_andMeetsOtherMethods() {
    probe.policies.put(CACHE, Probe.batchPolicy("{ids}", null, "all,id:{ids}:{result}", true));
    Shop shop = new Shop(BatchesTest::mapped);
    shop.map(List.of(1L, 2L));

    assertThat(probe.engine.evictKey(CACHE, "1")).isEqualTo(1);
    assertThat(probe.engine.evictTag("id:2:v2")).isEqualTo(1);
    shop.map(List.of(1L, 2L));
    assertThat(shop.list(List.of(2L, 1L)))
        .as("another method, the same keys and type")
        .containsExactly("v2", "v1");
    assertThat(runs).hasSize(2);
  }

  @Test
  void unless_isAboutTheElementsValue() {
    probe.policies.put(CACHE, Probe.batchPolicy(null, "result == 'v2'", null, true));
    Shop shop = new Shop(BatchesTest::texts);
    shop.list(List.of(1L, 2L, 3L));

    shop.list(List.of(1L, 2L, 3L));
    assertThat(runs).last().isEqualTo(List.of(2L));
  }

  @Test
  void value_changedByItsCaller_isWholeForTheNext() {
    Shop shop = new Shop(ids -> ids.stream().map(id -> new int[] {id.intValue()}).toList());
    shop.arrays(List.of(1L)).get(0)[0] = 99;
    shop.arrays(List.of(1L)).get(0)[0] = 99;

    assertThat(shop.arrays(List.of(1L)).get(0)).containsExactly(1);
    assertThat(runs).hasSize(1);
  }

  @Test
  void body_throws_comesThroughAndNothingIsKept() {
    IllegalStateException thrown = new IllegalStateException("mine");
    Shop shop = new Shop(BatchesTest::texts);
    shop.list(List.of(1L));
    shop.body =
        ids -> {
          throw thrown;
        };

    assertThatThrownBy(() -> shop.list(List.of(1L, 2L))).isSameAs(thrown);
    assertThatThrownBy(() -> shop.list(List.of(1L, 2L))).isSameAs(thrown);
    assertThat(shop.list(List.of(1L))).containsExactly("v1");
    assertThat(runs).hasSize(3);
    assertThat(probe.engine.figures(CACHE)).startsWith(1, 3, 0);
  }

  @Test
  void body_throwsWithinStaleIfError_givesTheOldValues() {
    probe.policies.put(CACHE, Probe.policy(50, 0, 60_000, true));
    Shop shop = new Shop(BatchesTest::texts);
    shop.list(List.of(1L, 2L));
    shop.body =
        ids -> {
          throw new IllegalStateException("down");
        };
    await().until(() -> shop.list(List.of(1L, 2L)).equals(List.of("v1", "v2")) && runs.size() > 1);

    assertThat(figure(3)).as("stale").isPositive();
    assertThatThrownBy(() -> shop.list(List.of(1L, 3L))).hasMessage("down");
  }

  @Test
  void aged_isServedAndRenewedInOneBackgroundRun() {
    probe.policies.put(CACHE, Probe.policy(100, 60_000, 0, true));
    Shop shop = new Shop(BatchesTest::texts);
    shop.list(List.of(1L, 2L));
    shop.body = ids -> ids.stream().map(id -> "new" + id).toList();

    await()
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(() -> shop.list(List.of(1L, 2L)).equals(List.of("new1", "new2")));
    assertThat(runs.get(1)).as("the background run").isEqualTo(List.of(1L, 2L));
    assertThat(figure(3)).as("stale").isPositive();
    assertThat(figure(1)).as("misses").isEqualTo(1);
  }

  @Test
  void aged_whoseElementsRefuseToBeOrdered_isServedAndRenewedLater() {
    probe.policies.put(CACHE, Probe.policy(20, 60_000, 0, true));
    Shop shop = new Shop(BatchesTest::mapped);
    AtomicBoolean refuses = new AtomicBoolean();
    SortedSet<Long> ids =
        new TreeSet<>(
            (one, other) -> {
              if (refuses.get()) {
                throw new IllegalStateException("not now");
              }
              return one.compareTo(other);
            });
    ids.addAll(List.of(1L, 2L));
    Map<Long, String> old = shop.sorted(ids);
    refuses.set(true);

    await()
        .until(
            () -> {
              assertThat(shop.sorted(ids)).isEqualTo(old);
              return figure(3) > 0; // stale
            });
    assertThat(runs).hasSize(1);
    refuses.set(false);
    shop.body = all -> all.stream().collect(Collectors.toMap(id -> id, id -> "new" + id));
    await().until(() -> shop.sorted(ids).equals(Map.of(1L, "new1", 2L, "new2")));
  }

  @Test
  void evict_whileLoading_thatElementIsNotStored() {
    Shop shop =
        new Shop(
            ids -> {
              if (runs.size() == 1) {
                probe.engine.evict(CACHE, 2L);
              }
              return texts(ids);
            });
    shop.list(List.of(1L, 2L, 3L));
    shop.list(List.of(1L, 2L, 3L));

    assertThat(runs).last().isEqualTo(List.of(2L));
  }

  @Test
  void refresh_runsForEveryElement() {
    Shop shop = new Shop(BatchesTest::texts);
    shop.list(List.of(1L, 2L));
    shop.body = ids -> ids.stream().map(id -> "new" + id).toList();

    ThreadMode.Ask before = ThreadMode.enter(ThreadMode.Ask.REFRESH);
    try {
      shop.list(List.of(2L, 3L));
    } finally {
      ThreadMode.leave(before);
    }
    assertThat(shop.list(List.of(1L, 2L, 3L))).containsExactly("v1", "new2", "new3");
    assertThat(runs).hasSize(2);
  }

  @Test
  void twoCalls_thatOverlapInOppositeOrder_loadEachElementOnce() throws Exception {
    CountDownLatch inside = new CountDownLatch(2);
    Shop shop =
        new Shop(
            ids -> {
              inside.countDown();
              try {
                assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return texts(ids);
            });
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      // 1 belongs to both; who comes first leads it, and each has one of its own.
      Future<List<String>> one = pool.submit(() -> shop.list(List.of(2L, 1L)));
      Future<List<String>> two = pool.submit(() -> shop.list(List.of(1L, 3L)));
      assertThat(one.get(20, TimeUnit.SECONDS)).containsExactly("v2", "v1");
      assertThat(two.get(20, TimeUnit.SECONDS)).containsExactly("v1", "v3");
    } finally {
      pool.shutdownNow();
    }
    assertThat(runs.stream().flatMap(each -> ((List<?>) each).stream()).toList())
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void method_thatDoesNotFit_runsUncached() {
    Shop shop = new Shop(BatchesTest::mapped);

    shop.otherKeys(List.of(1L));
    shop.otherKeys(List.of(1L));
    shop.body = BatchesTest::texts;
    shop.noCollection(1);
    shop.noCollection(1);
    assertThat(runs).hasSize(4);
    assertThat(probe.engine.figures(CACHE)).isEmpty();
  }
}
