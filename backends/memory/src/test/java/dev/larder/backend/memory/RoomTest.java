/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.backend.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spi.ObjectStore;
import org.junit.jupiter.api.Test;

class RoomTest {

  private static final long NONE = Long.MAX_VALUE;

  private record Item(int id, long bytes) {}

  private static ObjectStore<Item> store(MemoryStores stores) {
    return stores.create(1_000_000, NONE, Item::bytes);
  }

  private static void fill(ObjectStore<Item> store, int entries, long bytes) {
    for (int i = 0; i < entries; i++) {
      store.put(i, new Item(i, bytes));
    }
  }

  @Test
  void stores_together_holdNoMoreThanTheirRoom() {
    MemoryStores stores = new MemoryStores(1_000_000);
    ObjectStore<Item> small = store(stores);
    ObjectStore<Item> large = store(stores);
    fill(small, 20_000, 100);
    fill(large, 2_000, 5_000);

    long held = small.size() * 100 + large.size() * 5_000;
    assertThat(held).isBetween(400_000L, 1_300_000L);
    assertThat(small.size()).as("none of them is emptied for another").isPositive();
    assertThat(large.evictions()).isPositive();
  }

  /** By its own bound it is nowhere near full, and yet what is read must be noted. */
  @Test
  void store_thatRoomAloneBounds_keepsWhatIsRead() {
    ObjectStore<Item> store = store(new MemoryStores(1_000_000));
    fill(store, 50_000, 100);
    int first = 100_000;
    int read = 2_000;
    for (int key = first; key < first + read; key++) {
      store.put(key, new Item(key, 100));
      for (int i = 0; i < 5; i++) {
        store.get(key);
      }
    }
    fill(store, 50_000, 100);
    int kept = 0;
    for (int key = first; key < first + read; key++) {
      kept += store.get(key) == null ? 0 : 1;
    }
    assertThat(kept).isGreaterThan(read / 2);
  }

  @Test
  void stores_withinTheirRoom_loseNothing() {
    MemoryStores stores = new MemoryStores(10_000_000);
    ObjectStore<Item> store = store(stores);
    fill(store, 10_000, 100);
    assertThat(store.size()).isEqualTo(10_000);
    assertThat(store.evictions()).isZero();
  }

  @Test
  void store_whenOthersGaveTheirsBack_growsAgain() {
    MemoryStores stores = new MemoryStores(1_000_000);
    ObjectStore<Item> first = store(stores);
    ObjectStore<Item> second = store(stores);
    fill(first, 200, 5_000);
    fill(second, 5_000, 200);
    first.clear();
    second.clear();
    fill(second, 3_000, 200);
    fill(second, 3_000, 200); // what came before there was room again
    assertThat(second.size()).isEqualTo(3_000);
  }

  @Test
  void stores_givenLessRoom_giveUpTheRestAtTheNextPuts() {
    MemoryStores stores = new MemoryStores(10_000_000);
    ObjectStore<Item> store = store(stores);
    fill(store, 10_000, 100);
    stores.resize(100_000);
    fill(store, 10_000, 100);
    assertThat(store.size() * 100).isBetween(40_000L, 130_000L);
  }

  @Test
  void stores_withoutABound_areNotWeighed() {
    MemoryStores stores = new MemoryStores();
    ObjectStore<Item> store =
        stores.create(
            10,
            NONE,
            (Item item) -> {
              throw new AssertionError("weighed");
            });
    fill(store, 10, 1);
    assertThat(store.size()).isEqualTo(10);
  }
}
