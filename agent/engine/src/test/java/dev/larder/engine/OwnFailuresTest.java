/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.method.TargetSpec.Trait;
import dev.larder.engine.remote.HeapServer;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.AbstractList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of a call, and of those that wait for it, where Larder itself fails on the way: they
 * run their bodies, and nobody waits for what does not come. Followers here would wait for an hour.
 */
final class OwnFailuresTest {

  private static final int STALE = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicReference<Error> atEntry = new AtomicReference<>();
  private final AtomicReference<Error> atResult = new AtomicReference<>();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final HeapServer server = HeapServer.silent();
  private final Probe probe = new Probe(server.factory(), this::entered);

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  static Stream<Error> errors() {
    return Stream.of(
        new OutOfMemoryError("injected"),
        new StackOverflowError("injected"),
        new NoClassDefFoundError("injected"),
        new Error("injected"));
  }

  private Handlers.Call entered() {
    throwIfAny(atEntry);
    return new Handlers.Call() {
      @Override
      public boolean mayStore(Object result) {
        throwIfAny(atResult);
        return true;
      }

      @Override
      public void served(boolean hit, boolean stored, long remainingMillis) {}
    };
  }

  private static void throwIfAny(AtomicReference<Error> next) {
    Error error = next.getAndSet(null);
    if (error != null) {
      throw error;
    }
  }

  /** What runs where it is Larder that runs the body; callers give their own. */
  static Object load(Object key) {
    return "by Larder";
  }

  static CompletionStage<Object> loadLater(Object key) {
    return CompletableFuture.completedFuture("by Larder");
  }

  private Target target(String method, String... keysAndValues) throws Exception {
    return target(EnumSet.of(Trait.HANDLER), method, keysAndValues);
  }

  private Target target(EnumSet<Trait> traits, String method, String... keysAndValues)
      throws Exception {
    Map<String, String> settings = new HashMap<>(Map.of("wait", "1h"));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    SettingsPolicies policies = new SettingsPolicies(Settings.of(settings));
    probe.policies.put("c", policies.of(new Operation("c", Map.of())));
    Method woven = OwnFailuresTest.class.getDeclaredMethod(method, Object.class);
    return probe.target(MethodHandles.lookup(), woven, "c", traits, "key");
  }

  private static Object call(Target target, Object key, Callable<?> body) {
    return Probe.call(target, null, new Object[] {key}, body);
  }

  /** On another thread: to its own flight a leader is no follower. */
  private Object elsewhere(Callable<Object> call) throws Exception {
    return pool.submit(call).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void assertCallsAddUp(long calls) {
    long[] figures = probe.engine.figures("c");
    assertThat(figures[0] + figures[1] + figures[2]).as("hits, misses, bypassed").isEqualTo(calls);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void leader_failsBeforeItsBody_leavesNoFlight(Error error) throws Exception {
    Target target = target("load");
    atEntry.set(error);

    assertThat(call(target, 1, () -> "uncached")).isEqualTo("uncached");
    assertThat(elsewhere(() -> call(target, 1, () -> "loaded"))).isEqualTo("loaded");
    assertThat(call(target, 1, () -> "not run")).isEqualTo("loaded");
    assertCallsAddUp(3);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void leaderThroughAnInterface_failsBeforeItsBody_leavesNothingOnItsThread(Error error)
      throws Exception {
    Target target = target(EnumSet.of(Trait.HANDLER, Trait.THROUGH_INTERFACE), "load");
    atEntry.set(error);

    assertThat(call(target, 1, () -> "uncached")).isEqualTo("uncached");
    assertThat(atEntry).as("was thrown").hasNullValue();
    assertThat(ThreadMode.current()).isNull();
  }

  @ParameterizedTest
  @MethodSource("errors")
  void leader_failsAfterItsBody_leavesNoFlight(Error error) throws Exception {
    Target target = target("load");
    atResult.set(error);

    assertThat(call(target, 1, () -> "uncached")).isEqualTo("uncached");
    assertThat(elsewhere(() -> call(target, 1, () -> "loaded"))).isEqualTo("loaded");
    assertThat(call(target, 1, () -> "not run")).isEqualTo("loaded");
    assertCallsAddUp(3);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void keyOfWhatFailsToBeRead_runsTheBody(Error error) throws Exception {
    Target target = target("load");
    List<Object> key =
        new AbstractList<>() {
          @Override
          public Object get(int index) {
            throw error;
          }

          @Override
          public int size() {
            return 1;
          }
        };

    assertThat(call(target, key, () -> "one")).isEqualTo("one");
    assertThat(elsewhere(() -> call(target, key, () -> "other"))).isEqualTo("other");
    assertCallsAddUp(2);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void followerOfAStage_failsWhenItTakesOver_runsTheBody(Error error) throws Exception {
    Target target = target("loadLater");
    CompletableFuture<Object> leading = new CompletableFuture<>();
    CompletionStage<?> leader = (CompletionStage<?>) call(target, 1, () -> leading);
    CompletionStage<?> follower =
        (CompletionStage<?>)
            call(
                target,
                1,
                () -> {
                  throw new AssertionError("it is to follow");
                });
    assertThat(follower.toCompletableFuture()).isNotDone();
    atEntry.set(error);
    leading.completeExceptionally(new IllegalStateException("the leader's"));

    assertThat(leader.toCompletableFuture()).isCompletedExceptionally();
    assertThat(elsewhere(() -> follower.toCompletableFuture().get())).isEqualTo("by Larder");
  }

  @Test
  void renewal_ofAKeyThatCannotBeReadAgain_leavesNoFlight() throws Exception {
    Target target = target("load", "ttl", "20ms", "cache.c.stale-while-revalidate", "1h");
    Thread here = Thread.currentThread();
    List<Object> readableHere =
        new AbstractList<>() {
          @Override
          public Object get(int index) {
            if (Thread.currentThread() != here) {
              throw new IllegalStateException("this thread may not read it");
            }
            return "element";
          }

          @Override
          public int size() {
            return 1;
          }
        };

    assertThat(call(target, readableHere, () -> "old")).isEqualTo("old");
    await()
        .atMost(PATIENCE)
        .pollInSameThread()
        .until(
            () -> {
              assertThat(call(target, readableHere, () -> "not run")).isEqualTo("old");
              return probe.engine.figures("c")[STALE] > 0;
            });

    await()
        .atMost(PATIENCE)
        .until(() -> call(target, List.of("element"), () -> "not run").equals("by Larder"));
  }

  /** The one method of a cache with a backend, once its calls are hits. */
  private Probe.Repository far(AtomicInteger runs) {
    Settings settings = Settings.of(Map.of("backend", "test.Heap", "timeout", "5s"));
    probe.remotes.put("far", new SettingsPolicies(settings).remote("far"));
    Probe.Repository repository =
        probe.new Repository("far", id -> "run " + runs.incrementAndGet());
    awaitHits(repository);
    return repository;
  }

  private static void awaitHits(Probe.Repository repository) {
    await().atMost(PATIENCE).until(() -> repository.find(1).equals(repository.find(1)));
  }

  @Test
  void evict_whileTheClientThrows_isKeptAndDoneAgain() {
    Probe.Repository repository = far(new AtomicInteger());
    Object before = repository.find(1);

    server.setThrown(new OutOfMemoryError("injected"));
    assertThat(probe.engine.evict("far", 1L)).isEqualTo(-1);
    assertThat(repository.find(1)).isNotEqualTo(before);
    server.setThrown(null);

    awaitHits(repository);
    assertThat(repository.find(1)).isNotEqualTo(before);
  }

  @Test
  void removalsThatWereKept_areDoneSeveralAtOnce() {
    Probe.Repository repository = far(new AtomicInteger());
    server.setAway(true);
    for (int i = 0; i < 32; i++) {
      assertThat(probe.engine.evictKey("far", "key " + i)).isEqualTo(-1);
    }
    server.exchangeTogether(16);
    server.setAway(false);

    awaitHits(repository);
  }
}
