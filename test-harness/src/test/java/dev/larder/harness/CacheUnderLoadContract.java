/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.Engine;
import dev.larder.harness.CachingJvm.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same while several threads of both JVMs load, read and remove. */
abstract class CacheUnderLoadContract extends CacheContract {

  private final ExecutorService pool = Executors.newCachedThreadPool();

  CacheUnderLoadContract(BackendContractTest place) {
    super(place);
  }

  @AfterAll
  void endThreads() {
    pool.shutdownNow();
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** What one JVM does while another loads. */
  private enum Removing {
    EVICT("us", jvm -> jvm.evict("us", 0L)),
    CLEAR("us", jvm -> jvm.clear("us")),
    CLEAR_ALL("us", Engine::clearAll),
    TAG("tagged", jvm -> jvm.evictTag("kind:0"));

    final String cache;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda that captures nothing
    final Consumer<Engine> removal;

    Removing(String cache, Consumer<Engine> removal) {
      this.cache = cache;
      this.removal = removal;
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void load_thatBeganBeforeARemovalByTheOther_isNotStored(Layout layout) throws Exception {
    Pair pair = pair(layout);
    for (Removing each : Removing.values()) {
      pair.one().caches.engine.evict(each.cache, 0L);
      agreed(pair, each.cache, newId()); // both know the marks as they are
      CountDownLatch running = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      pair.one().body =
          id -> {
            running.countDown();
            pass(go);
            return "old " + runs.incrementAndGet();
          };
      Future<String> loading = pool.submit(() -> pair.one().find(each.cache, 0));
      pass(running);
      pair.one().body = usualBody;

      each.removal.accept(pair.other().caches.engine);
      go.countDown();

      String old = done(loading);
      assertThat(old).startsWith("old");
      assertThat(pair.other().find(each.cache, 0)).as("after %s", each).isNotEqualTo(old);
      eventually(() -> assertThat(pair.one().find(each.cache, 0)).isNotEqualTo(old));
    }
  }

  private static void pass(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void coldKey_underManyThreadsOfBoth_runsOnce(Layout layout) throws Exception {
    Pair pair = pair(layout);
    List<Jvm> jvms = pair.both().stream().distinct().toList();
    long id = newId();
    int before = runs.get();
    long missesBefore = misses(jvms);
    CountDownLatch go = new CountDownLatch(1);
    jvms.forEach(
        each ->
            each.body =
                asked -> {
                  pass(go);
                  return usualBody.apply(asked);
                });
    List<Future<String>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Jvm jvm = jvms.get(i % jvms.size());
      calls.add(pool.submit(() -> jvm.find("fleet", id)));
    }
    eventually(() -> assertThat(misses(jvms) - missesBefore).isEqualTo(calls.size()));
    go.countDown();

    List<String> values = new ArrayList<>();
    for (Future<String> call : calls) {
      values.add(done(call));
    }
    assertThat(values.stream().distinct()).hasSize(1);
    assertThat(runs.get()).as("runs").isEqualTo(before + 1);
  }

  private static long misses(List<Jvm> jvms) {
    return jvms.stream().mapToLong(each -> each.caches.figure("fleet", Figure.MISSES)).sum();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void readers_whileBothEvict_getNothingOlderThanTheLastEvictAndAreCounted(Layout layout)
      throws Exception {
    Pair pair = pair(layout);
    long id = newId();
    AtomicLong truth = new AtomicLong();
    List<AtomicLong> floors = List.of(new AtomicLong(), new AtomicLong());
    List<Long> callsBefore = pair.both().stream().map(each -> each.calls("racing")).toList();
    AtomicBoolean over = new AtomicBoolean();
    pair.both().forEach(each -> each.body = asked -> String.valueOf(truth.get()));
    List<Future<Long>> readers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Jvm jvm = pair.both().get(i % 2);
      AtomicLong known = floors.get(i % 2);
      Callable<Long> reading =
          () -> {
            long reads = 0;
            while (!over.get() || reads == 0) {
              long floor = known.get();
              assertThat(Long.parseLong(jvm.find("racing", id))).isGreaterThanOrEqualTo(floor);
              reads++;
            }
            return reads;
          };
      readers.add(pool.submit(reading));
    }
    try {
      for (int i = 0; i < 100; i++) {
        long now = truth.incrementAndGet();
        pair.both().get(i % 2).caches.engine.evict("racing", id);
        floors.get(i % 2).set(now);
        if (layout == Layout.PLAIN) {
          floors.get(1 - i % 2).set(now);
        }
      }
    } finally {
      over.set(true);
    }
    long[] reads = new long[2];
    for (int i = 0; i < readers.size(); i++) {
      reads[isRemote() ? i % 2 : 0] += done(readers.get(i));
    }
    for (int i = 0; i < (isRemote() ? 2 : 1); i++) {
      assertThat(pair.both().get(i).calls("racing") - callsBefore.get(i))
          .as("hits, misses and bypassed calls")
          .isEqualTo(reads[i]);
    }
  }
}
