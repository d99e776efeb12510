/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.larder.spi.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {

  private static final long NONE = Long.MAX_VALUE;

  /** An entry whose equality is by value, so that identity can be told from it. */
  private record Item(String text, long bytes) {
    Item(String text) {
      this(text, 1);
    }
  }

  private static ObjectStore<Item> store(long maxEntries, long maxWeight) {
    return new MemoryStores().create(maxEntries, maxWeight, Item::bytes);
  }

  @Test
  void get_nothingKept_null() {
    assertThat(store(10, NONE).get("absent")).isNull();
  }

  @Test
  void put_twice_theLaterStands() {
    ObjectStore<Item> store = store(10, NONE);
    Item later = new Item("b");
    store.put("key", new Item("a"));
    store.put("key", later);
    assertThat(store.get("key")).isSameAs(later);
    assertThat(store.size()).isEqualTo(1);
    assertThat(store.evictions()).isZero();
  }

  @Test
  void remove_byKey_givesWhatWasThere() {
    ObjectStore<Item> store = store(10, NONE);
    Item item = new Item("a");
    store.put("key", item);
    assertThat(store.remove("key")).isSameAs(item);
    assertThat(store.remove("key")).isNull();
    assertThat(store.size()).isZero();
  }

  @Test
  void remove_ofAnEqualEntry_leavesIt() {
    ObjectStore<Item> store = store(10, NONE);
    Item item = new Item("a");
    store.put("key", item);
    assertThat(store.remove("key", new Item("a"))).isFalse();
    assertThat(store.get("key")).isSameAs(item);
    assertThat(store.remove("key", item)).isTrue();
    assertThat(store.remove("key", item)).isFalse();
    assertThat(store.get("key")).isNull();
  }

  @Test
  void removeIf_someMatch_countsThem() {
    ObjectStore<Item> store = store(100, NONE);
    for (int i = 0; i < 10; i++) {
      store.put(i, new Item(i % 2 == 0 ? "even" : "odd"));
    }
    assertThat(store.removeIf(item -> item.text().equals("even"))).isEqualTo(5);
    assertThat(store.size()).isEqualTo(5);
    assertThat(store.clear()).isEqualTo(5);
    assertThat(store.clear()).isZero();
    assertThat(store.evictions()).as("a removal is no eviction").isZero();
  }

  @Test
  void put_beyondTheEntries_eachIsKeptOrCounted() {
    ObjectStore<Item> store = store(100, NONE);
    for (int i = 0; i < 1_000; i++) {
      store.put(i, new Item("x", 1_000_000));
    }
    assertThat(store.size()).isEqualTo(100);
    assertThat(store.evictions()).isEqualTo(900);
  }

  @Test
  void put_exactlyTheEntries_noneGoes() {
    for (ObjectStore<Item> store : List.of(store(10_000, NONE), store(10_000, 10 << 20))) {
      for (int i = 0; i < 10_000; i++) {
        store.put(i, new Item("x", 100));
      }
      assertThat(store.size()).isEqualTo(10_000);
      assertThat(store.evictions()).isZero();
    }
  }

  @Test
  void put_beyondTheWeight_staysWithinIt() {
    ObjectStore<Item> store = store(NONE, 1_000);
    for (int i = 0; i < 100; i++) {
      store.put(i, new Item("x", 100));
    }
    assertThat(store.size()).isEqualTo(10);
    store.put("giant", new Item("x", 1_001));
    assertThat(store.get("giant")).isNull();
  }

  @Test
  void put_underBothBounds_passesNeither() {
    ObjectStore<Item> store = store(50, 10_000);
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      store.put(i, new Item("x", 1 + random.nextInt(1_000)));
      store.size();
      long[] held = {0, 0};
      for (int k = Math.max(0, i - 300); k <= i; k++) {
        Item item = store.get(k);
        held[0] += item == null ? 0 : 1;
        held[1] += item == null ? 0 : item.bytes();
      }
      assertThat(held[0]).isLessThanOrEqualTo(50);
      assertThat(held[1]).isLessThanOrEqualTo(10_000);
    }
  }

  @Test
  void put_underNoRoom_keepsNothing() {
    for (ObjectStore<Item> store : List.of(store(0, NONE), store(0, 1_000), store(10, 0))) {
      store.put("key", new Item("a"));
      assertThat(store.size()).isZero();
      assertThat(store.evictions()).isEqualTo(1);
    }
  }

  @Test
  void resize_toLess_whatDoesNotFitGoes() {
    ObjectStore<Item> store = store(100, NONE);
    for (int i = 0; i < 100; i++) {
      store.put(i, new Item("x"));
    }
    store.resize(40, NONE);
    assertThat(store.size()).isEqualTo(40);
    assertThat(store.evictions()).isEqualTo(60);
    store.resize(NONE, NONE);
    for (int i = 0; i < 1_000; i++) {
      store.put(i, new Item("x"));
    }
    assertThat(store.size()).isEqualTo(1_000);
  }

  @Test
  void resize_fromEntriesToBytesAndBack_weighsAnew() {
    ObjectStore<Item> store = store(100, NONE);
    for (int i = 0; i < 100; i++) {
      store.put(i, new Item("x", 100));
    }
    store.resize(NONE, 5_000);
    assertThat(store.size()).isEqualTo(50);
    store.resize(20, NONE);
    assertThat(store.size()).isEqualTo(20);
    store.resize(200, 20_000);
    for (int i = 0; i < 500; i++) {
      store.put(i, new Item("x", 10));
    }
    assertThat(store.size()).isEqualTo(200);
  }

  @Test
  void create_negativeBound_saysWhich() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store(-1, NONE))
        .withMessageContaining("entries")
        .withMessageContaining("-1");
  }

  @Test
  void put_inALargeStore_holdsAFewTooManyAtMost() {
    MemoryStore<Item> store = large();
    Item item = new Item("a");
    double most = 0;
    for (int i = 0; i < 100_000; i++) {
      store.put(i, item);
      most = Math.max(most, held(store));
    }
    assertThat(most).isGreaterThan(2_000).isLessThanOrEqualTo(2_016);
  }

  @Test
  void get_ofALargeStore_tidiesUpWhatThePutsHaveLeft() {
    MemoryStore<Item> store = large();
    Item item = new Item("a");
    for (int i = 0; held(store) <= 2_000; i++) {
      store.put(i, item);
    }
    for (int i = 0; i < 16; i++) {
      store.get("none");
    }
    assertThat(held(store)).isEqualTo(2_000);
  }

  @Test
  void remove_inALargeStore_tidiesUpAtOnce() {
    MemoryStore<Item> store = large();
    Item item = new Item("a");
    for (int i = 0; held(store) <= 2_000; i++) {
      store.put(i, item);
    }
    store.remove("none");
    assertThat(held(store)).isEqualTo(2_000);
  }

  private static MemoryStore<Item> large() {
    return new MemoryStore<>(2_000, NONE, Item::bytes, new Room(NONE - 1));
  }

  /** How many there are, before anything more is tidied up. */
  private static double held(MemoryStore<Item> store) {
    return store.bytes() / new Item("a").bytes();
  }

  @Test
  void everyCall_byManyThreads_countsAddUp() throws Exception {
    ObjectStore<Item> store = store(500, NONE);
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Long>> removals = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        removals.add(
            pool.submit(
                () -> {
                  start.await();
                  long removed = 0;
                  for (int i = 0; i < 20_000; i++) {
                    String key = thread + "/" + i;
                    store.put(key, new Item(key));
                    removed += i % 7 == 0 && store.remove(key) != null ? 1 : 0;
                  }
                  return removed;
                }));
      }
      start.countDown();
      long removed = 0;
      for (Future<Long> each : removals) {
        removed += each.get();
      }
      assertThat(store.size() + store.evictions() + removed).isEqualTo(threads * 20_000L);
      assertThat(store.size()).isLessThanOrEqualTo(500);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void hitRatio_skewedWithScans_farAboveLeastRecentlyUsed() {
    int room = 512;
    ObjectStore<Item> store = store(room, NONE);
    Map<Object, Boolean> lru =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Object, Boolean> eldest) {
            return size() > room;
          }
        };
    Random random = new Random(11);
    int hits = 0;
    int lruHits = 0;
    for (int i = 0; i < 200_000; i++) {
      // One access in two is of a key that is never asked for again, the other of a skewed set.
      Object key = i % 2 == 0 ? "once" + i : (int) (5_000 * Math.pow(random.nextDouble(), 3));
      if (store.get(key) != null) {
        hits++;
      } else {
        store.put(key, new Item("x"));
      }
      if (lru.get(key) != null) {
        lruHits++;
      } else {
        lru.put(key, true);
      }
    }
    assertThat(hits).isGreaterThan(lruHits * 11 / 10);
  }
}
