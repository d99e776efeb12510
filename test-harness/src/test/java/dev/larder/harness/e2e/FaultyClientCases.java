/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.Connection.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Clients that go away in the middle, or do not read what they have asked for. */
interface FaultyClientCases extends Shops {

  /** Fewer than any container has threads for. */
  int SLOW_READERS = 8;

  int SLOW_BYTES = 20 << 20;

  /**
   * What a rule holds of one answer at most (1 MB), twice for a buffer that grows, and as much
   * again.
   */
  long HELD_EACH = 4 << 20;

  @OnEachJdk
  default void clients_thatVanishMidBody_leaveNothingTruncatedAndNobodyWaiting(Jdk jdk)
      throws IOException {
    long seed = System.nanoTime();
    System.out.println("clients that vanish from " + container() + " " + jdk + ", seed " + seed);
    Random random = new Random(seed);
    for (int size : new int[] {100, 30_000, 900_000, 6_000_000}) {
      String path = "/shop/named/flood?size=" + size + "&seed=" + seed;
      for (int i = 0; i < 6; i++) {
        try (Connection connection = new Connection(server(jdk))) {
          connection.send(Connection.request("GET", path));
          if (random.nextInt(3) > 0) {
            connection.skip(random.nextInt(1 + Math.min(size, 60_000)));
          }
          connection.reset();
        }
        long begun = System.nanoTime();
        Reply whole = Connection.get(server(jdk), path);
        String what = String.format("seed %d: %s after %d had vanished", seed, path, i + 1);
        // A follower of a flight that nobody ends would wait for 10 s.
        assertThat(System.nanoTime() - begun).as(what).isLessThan(TimeUnit.SECONDS.toNanos(9));
        assertThat(whole.status()).as(what).isEqualTo(200);
        assertThat(whole.body()).as(what).startsWith("run ").endsWith(" end");
        assertThat(whole.body().replaceFirst("[^.]*", "")).as(what).hasSize(size + " end".length());
      }
      assertThat(Connection.get(server(jdk), path).isHit())
          .as("%s out of the store", path)
          .isEqualTo(size < 1 << 20);
    }
  }

  @OnEachJdk
  default void client_thatVanishesWhileOthersWaitForItsAnswer_costsThemNothing(Jdk jdk)
      throws Exception {
    String path = "/shop/named/gated/" + System.nanoTime();
    try (Connection leader = new Connection(server(jdk))) {
      leader.send(Connection.request("GET", path));
      leader.reset();
    }
    List<CompletableFuture<Reply>> followers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      followers.add(CompletableFuture.supplyAsync(() -> Connection.get(server(jdk), path)));
    }
    open(jdk, followers.size() + 1);
    for (CompletableFuture<Reply> each : followers) {
      assertThat(each.get(20, TimeUnit.SECONDS).body()).endsWith(" for nobody");
    }
    Reply after = Connection.get(server(jdk), path);
    assertThat(after.isHit()).as("%s", after).isTrue();
  }

  @OnEachJdk
  default void slowReaders_ofLongAnswers_areNotHeldInMemory(Jdk jdk) throws IOException {
    long before = heap(jdk);
    List<Connection> readers = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_READERS; i++) {
        Connection reader = new Connection(server(jdk));
        readers.add(reader);
        reader.send(Connection.request("GET", "/shop/named/flood?i=" + i + "&size=" + SLOW_BYTES));
        assertThat(reader.head().status()).isEqualTo(200);
      }
      assertThat(heap(jdk) - before)
          .as("bytes in use for %d readers of %d bytes each", SLOW_READERS, SLOW_BYTES)
          .isLessThan(SLOW_READERS * HELD_EACH);
      assertThat(Connection.get(server(jdk), "/shop/named/plain/beside-slow-readers").status())
          .isEqualTo(200);
    } finally {
      for (Connection reader : readers) {
        reader.reset();
      }
    }
  }

  private long heap(Jdk jdk) {
    return Long.parseLong(Connection.get(server(jdk), "/shop/unmatched/heap").body());
  }

  private void open(Jdk jdk, int runs) {
    Reply opened =
        Connection.once(server(jdk), "POST", "/shop/named/gate?open=" + runs, "Content-Length: 0");
    assertThat(opened.status()).isEqualTo(204);
  }
}
