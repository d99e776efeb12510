/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.backend.memory.MemoryStores;
import dev.larder.http.Shelf.Fill;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MemoryShelfTest {

  private static final StoredResponse RESPONSE = response();

  private final MemoryShelf shelf = new MemoryShelf(new MemoryStores(), 1_000, Long.MAX_VALUE);

  private static StoredResponse response(String... tags) {
    return new StoredResponse(
        "http://a.test",
        List.of(),
        List.of(),
        200,
        List.of(),
        new byte[0],
        System.currentTimeMillis(),
        0,
        new StoredResponse.Terms(60_000, 0, 0, 0, false, true),
        List.of(tags));
  }

  @Test
  void removalOfATag_hindersTheFillsOfNoOther() {
    Fill tagged = shelf.find("/tagged").begin();
    Fill other = shelf.find("/other").begin();
    Fill untagged = shelf.find("/untagged").begin();

    shelf.removeTag("a");

    assertThat(tagged.store(response("b", "a"))).isFalse();
    assertThat(other.store(response("b"))).isTrue();
    assertThat(untagged.store(RESPONSE)).isTrue();
    assertThat(shelf.find("/tagged").begin().store(response("a"))).as("later").isTrue();
  }

  @Test
  void clear_hindersAllFillsThatHaveBegun() {
    Fill fill = shelf.find("/any").begin();

    shelf.clear();

    assertThat(fill.store(RESPONSE)).isFalse();
  }

  /** Of targets with equal hashes, which a map keeps under one lock of its own. */
  @Test
  void fillsThatBeginAndStoreAtOnce_neverWaitForEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2, MemoryShelfTest::daemon);
    List<Future<?>> all = new ArrayList<>();
    for (String target : List.of("Aa", "BB")) {
      all.add(threads.submit(() -> fill(target)));
    }
    for (Future<?> each : all) {
      each.get(60, SECONDS);
    }
    threads.shutdown();
    assertThat(shelf.entries()).isEqualTo(2);
  }

  private void fill(String target) {
    for (int i = 0; i < 20_000; i++) {
      Fill fill = shelf.find(target).begin();
      fill.store(RESPONSE);
    }
  }

  /** So that threads that wait for each other for good end with the tests. */
  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }
}
