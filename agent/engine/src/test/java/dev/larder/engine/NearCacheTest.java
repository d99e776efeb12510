/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.CachePolicy;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.remote.HeapServer;
import dev.larder.engine.remote.RemotePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of a backend that a JVM keeps near; two engines stand for two JVMs. */
class NearCacheTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicInteger runs = new AtomicInteger();

  /** With the backend {@code heap}, and such settings of the cache. */
  private static RemotePolicy policy(String... keysAndValues) {
    Map<String, String> file = new HashMap<>();
    file.put("backend", "test.Heap");
    file.put("prefix", "test");
    file.put("timeout", "5s");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      file.put("cache.near." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new SettingsPolicies(Settings.of(file)).remote("near");
  }

  /** One JVM's only method of the cache {@code near}, once its backend is there. */
  private final class Jvm {
    final Probe probe;
    final Probe.Repository repository;

    Jvm(HeapServer server, RemotePolicy policy) {
      this(server, policy, Probe.policy());
    }

    Jvm(HeapServer server, RemotePolicy policy, CachePolicy calls) {
      this(server, policy, calls, id -> "run " + runs.incrementAndGet());
    }

    Jvm(HeapServer server, RemotePolicy policy, CachePolicy calls, Function<Long, Object> body) {
      probe = new Probe(server.factory());
      probe.remotes.put("near", policy);
      probe.policies.put("near", calls);
      repository = probe.new Repository("near", body);
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                long before = figure(0);
                repository.find(-1);
                return figure(0) > before && probe.engine.backends().containsValue(true);
              });
    }

    Object find(long id) {
      return repository.find(id);
    }

    /** 0 hits, 1 misses, 7 removals, 10 entries. */
    long figure(int which) {
      return probe.engine.figures("near")[which];
    }
  }

  private static RemotePolicy near() {
    return policy("l1.max-entries", "10000");
  }

  private static RemotePolicy near(String ttl) {
    return policy("l1.ttl", ttl);
  }

  /** With the tag {@code all} and one of its own. */
  private static CachePolicy tagged() {
    return calls("tags", "all,one:{p0}");
  }

  private static CachePolicy calls(String key, String value) {
    Settings settings = Settings.of(Map.of("cache.near." + key, value));
    try {
      return new SettingsPolicies(settings).of(new TargetSpec.Operation("near", Map.of()));
    } catch (FaultyAttribute impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String nearHit(HeapServer server, Jvm jvm, long id) {
    jvm.find(id); // from the backend, and kept
    int reads = server.reads();
    String value = (String) jvm.find(id);
    assertThat(server.reads()).as("reads of the backend for a near hit").isEqualTo(reads);
    return value;
  }

  @Test
  void secondHit_whereChangesArePushed_readsNothing() {
    HeapServer server = HeapServer.pushing();
    Jvm one = new Jvm(server, near());
    one.find(1);
    String value = nearHit(server, one, 1);
    int reads = server.reads();

    long hits = one.figure(0);
    for (int i = 0; i < 100; i++) {
      assertThat(one.find(1)).isEqualTo(value);
    }

    assertThat(server.reads()).isEqualTo(reads);
    assertThat(one.figure(0)).as("hits").isEqualTo(hits + 100);
  }

  @Test
  void evict_byAnotherJvm_isPushed() {
    HeapServer server = HeapServer.pushing();
    Jvm one = new Jvm(server, near());
    Jvm other = new Jvm(server, near());
    one.find(1);
    String value = nearHit(server, one, 1);
    assertThat(nearHit(server, other, 1)).isEqualTo(value);

    assertThat(other.probe.engine.evict("near", 1L)).isEqualTo(1);

    assertThat(one.find(1)).isNotEqualTo(value);
  }

  @Test
  void clear_byAnotherJvm_isPushed() {
    HeapServer server = HeapServer.pushing();
    Jvm one = new Jvm(server, near());
    Jvm other = new Jvm(server, near());
    one.find(1);
    String value = nearHit(server, one, 1);

    other.probe.engine.clear("near");
    String second = (String) one.find(1);
    assertThat(second).isNotEqualTo(value);

    assertThat(nearHit(server, one, 1)).isEqualTo(second);
    other.probe.engine.clearAll();
    assertThat(one.find(1)).isNotEqualTo(second);
  }

  @Test
  void tag_removedByAnotherJvm_takesItsEntriesAlone() {
    HeapServer server = HeapServer.pushing();
    Jvm one = new Jvm(server, near(), tagged());
    Jvm other = new Jvm(server, near(), tagged());
    one.find(1);
    one.find(2);
    String first = nearHit(server, one, 1);
    String second = nearHit(server, one, 2);

    other.probe.engine.evictTag("one:1");
    int reads = server.reads();
    assertThat(one.find(2)).isEqualTo(second);
    assertThat(server.reads()).isEqualTo(reads);
    assertThat(one.find(1)).isNotEqualTo(first);

    other.probe.engine.evictTag("all");
    assertThat(one.find(2)).isNotEqualTo(second);
  }

  @Test
  void removals_byItsOwnJvm_areSeenAtOnceThoughNothingIsPushed() {
    HeapServer server = HeapServer.pushing();
    Jvm one = new Jvm(server, near(), tagged());
    one.find(1);
    String value = nearHit(server, one, 1);
    server.setMute(true);

    assertThat(one.probe.engine.evict("near", 1L)).isEqualTo(1);
    assertThat(one.figure(7)).as("removals").isEqualTo(1);
    String second = (String) one.find(1);
    assertThat(second).isNotEqualTo(value);

    assertThat(nearHit(server, one, 1)).isEqualTo(second);
    one.probe.engine.clear("near");
    String third = (String) one.find(1);
    assertThat(third).isNotEqualTo(second);

    assertThat(nearHit(server, one, 1)).isEqualTo(third);
    one.probe.engine.evictTag("all");
    assertThat(one.find(1)).isNotEqualTo(third);
  }

  @Test
  void connectionLost_emptiesTheNearCache() {
    HeapServer server = HeapServer.pushing();
    Jvm one = new Jvm(server, near());
    Jvm other = new Jvm(server, near());
    one.find(1);
    String value = nearHit(server, one, 1);
    server.setMute(true);
    other.probe.engine.evict("near", 1L);
    assertThat(one.find(1)).as("nobody was told").isEqualTo(value);

    server.flushClients();

    assertThat(one.figure(10)).as("entries").isZero();
    assertThat(one.find(1)).isNotEqualTo(value);
  }

  @Test
  void fill_tellsNobody() {
    HeapServer server = HeapServer.pushing();
    Jvm one = new Jvm(server, near());
    Jvm other = new Jvm(server, near());
    one.find(1);
    nearHit(server, one, 1);

    other.find(2);
    other.find(2);

    assertThat(one.figure(10)).as("entries").isPositive();
    int reads = server.reads();
    one.find(1);
    assertThat(server.reads()).isEqualTo(reads);
  }

  @Test
  void entry_whereNothingIsPushed_isNearForItsTimeAlone() {
    HeapServer server = HeapServer.silent();
    Jvm one = new Jvm(server, near("300ms"));
    Jvm other = new Jvm(server, near("300ms"));
    one.find(1);
    one.find(1);
    String value = (String) one.find(1);

    other.probe.engine.evict("near", 1L);
    long evicted = System.nanoTime();

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> !value.equals(one.find(1)));
    assertThat(System.nanoTime() - evicted).isLessThan(Duration.ofSeconds(5).toNanos());
  }

  @Test
  void clear_whereNothingIsPushed_isSeenWithTheNextLookAtTheMark() {
    HeapServer server = HeapServer.silent();
    Jvm one = new Jvm(server, near("1h"));
    Jvm other = new Jvm(server, near("1h"));
    one.find(1);
    one.find(1);
    String value = (String) one.find(1);

    other.probe.engine.clear("near");

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> !value.equals(one.find(1)));
  }

  /**
   * With flights a reader may join one that began before an evict by another JVM, of which its own
   * has not heard; of its own JVM's evicts each has.
   */
  @ParameterizedTest
  @ValueSource(strings = {"off", "jvm"})
  void readers_whileTheKeyIsEvictedAgainAndAgain_getNothingOlderThanTheLastEvict(String flights)
      throws Exception {
    HeapServer server = HeapServer.pushing();
    AtomicLong truth = new AtomicLong();
    CachePolicy calls = calls("single-flight", flights);
    List<Jvm> jvms =
        List.of(
            new Jvm(server, near(), calls, id -> truth.get()),
            new Jvm(server, near(), calls, id -> truth.get()));
    List<AtomicLong> least = List.of(new AtomicLong(), new AtomicLong());
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<Long>> readers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Jvm jvm = jvms.get(i % 2);
      AtomicLong known = least.get(i % 2);
      readers.add(
          pool.submit(
              () -> {
                long reads = 0;
                do { // at least once, however late the thread begins
                  long floor = known.get();
                  assertThat((Long) jvm.find(1)).isGreaterThanOrEqualTo(floor);
                  reads++;
                } while (!over.get());
                return reads;
              }));
    }
    for (int i = 0; i < 2_000; i++) {
      long now = truth.incrementAndGet();
      jvms.get(i % 2).probe.engine.evict("near", 1L);
      least.get(i % 2).set(now);
      if (flights.equals("off")) {
        least.get(1 - i % 2).set(now);
      }
    }
    over.set(true);
    for (Future<Long> reader : readers) {
      assertThat(reader.get(20, TimeUnit.SECONDS)).isPositive();
    }
    pool.shutdown();
  }

  @Test
  void entries_beyondTheMost_makeRoom() {
    HeapServer server = HeapServer.pushing();
    Jvm one = new Jvm(server, policy("l1.max-entries", "100"));

    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 2_000; i++) {
        one.find(i);
      }
    }

    assertThat(one.figure(10)).as("entries").isBetween(1L, 100L);
  }

  @Test
  void outage_results_areKeptUntilTheBackendIsBack() {
    HeapServer server = HeapServer.pushing();
    Jvm one = new Jvm(server, policy("outage-ttl", "1m"));
    String before = (String) one.find(1);
    server.setAway(true);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Object outside = one.find(1);
              assertThat(outside).isNotEqualTo(before).isEqualTo(one.find(1));
            });
    String outside = (String) one.find(1);
    one.probe.engine.evict("near", 1L);
    String evicted = (String) one.find(1);
    assertThat(evicted).as("an evict holds in an outage too").isNotEqualTo(outside);
    assertThat(one.find(1)).isEqualTo(evicted);

    server.setAway(false);

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(one.figure(10)).isZero());
    assertThat(one.find(1)).as("evicted while it was out").isNotEqualTo(before);
  }
}
