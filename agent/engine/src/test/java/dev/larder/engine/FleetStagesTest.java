/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.config.Settings;
import dev.larder.engine.flight.Flights;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.remote.HeapServer;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** A cold key of a method that gives a stage, loaded once in all JVMs. */
final class FleetStagesTest {

  private static final String CACHE = "fleet";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HeapServer server = HeapServer.pushing();
  private final AtomicInteger runs = new AtomicInteger();

  /** An engine that stands for a JVM, with a cached method. */
  final class Jvm {
    private final Probe probe = new Probe(server.factory());
    private final Target target;
    private final IntFunction<CompletableFuture<Object>> body;

    Jvm(String wait, IntFunction<CompletableFuture<Object>> body) throws Exception {
      this.body = body;
      SettingsPolicies policies =
          new SettingsPolicies(
              Settings.of(
                  Map.of(
                      "backend",
                      "test.Heap",
                      "timeout",
                      "5s",
                      "single-flight",
                      "cluster",
                      "wait",
                      wait)));
      probe.remotes.put(CACHE, policies.remote(CACHE));
      probe.policies.put(CACHE, policies.of(new TargetSpec.Operation(CACHE, Map.of())));
      target =
          probe.target(
              MethodHandles.lookup(), Jvm.class.getDeclaredMethod("find", long.class), CACHE);
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                long hits = probe.engine.figures(CACHE)[0];
                find(-1).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                return probe.engine.figures(CACHE)[0] > hits;
              });
    }

    long loads() {
      return probe.engine.figures(CACHE)[4];
    }

    @SuppressWarnings("unchecked")
    CompletableFuture<Object> find(long id) {
      return (CompletableFuture<Object>)
          Probe.call(
              target,
              this,
              new Object[] {id},
              () ->
                  id < 0
                      ? CompletableFuture.completedFuture("warm")
                      : body.apply(runs.incrementAndGet()));
    }
  }

  private static Object done(CompletableFuture<Object> stage) throws Exception {
    return stage.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void awaitNoLease() {
    await()
        .atMost(PATIENCE)
        .until(() -> server.keys().stream().noneMatch(FleetStagesTest::isLease));
  }

  private static boolean isLease(String key) {
    return key.contains("!lease:");
  }

  /**
   * Bodies in the background take as long as they like: none who waits for a value waits on them.
   */
  @Test
  void follower_whileBodiesHoldAllThreadsOfTheBackground_isGivenTheValue() throws Exception {
    CompletableFuture<Object> pending = new CompletableFuture<>();
    Jvm jvm = new Jvm("1h", run -> pending);
    Jvm other = new Jvm("1h", run -> pending);
    CountDownLatch go = new CountDownLatch(1);
    for (int i = 0; i < 4; i++) {
      assertThat(jvm.probe.engine.background().run(() -> pass(go))).isTrue();
      assertThat(other.probe.engine.background().run(() -> pass(go))).isTrue();
    }
    try {
      CompletableFuture<Object> leader = jvm.find(1);
      CompletableFuture<Object> follower = jvm.find(1);
      CompletableFuture<Object> elsewhere = other.find(1);
      pending.complete("value");

      assertThat(done(leader)).isEqualTo("value");
      assertThat(done(follower)).isEqualTo("value");
      assertThat(done(elsewhere)).isEqualTo("value");
      assertThat(runs).hasValue(1);
    } finally {
      go.countDown();
    }
  }

  private static void pass(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void coldKey_underSeveralJvms_runsOnce() throws Exception {
    CompletableFuture<Object> pending = new CompletableFuture<>();
    List<Jvm> jvms = List.of(jvm(pending), jvm(pending), jvm(pending));
    List<CompletableFuture<Object>> calls = new ArrayList<>();
    long loadsBefore = jvms.stream().mapToLong(Jvm::loads).sum();
    for (Jvm jvm : jvms) {
      for (int i = 0; i < 8; i++) {
        calls.add(jvm.find(1));
      }
    }
    assertThat(calls).noneMatch(CompletableFuture::isDone);
    pending.complete("value");

    for (CompletableFuture<Object> call : calls) {
      assertThat(done(call)).isEqualTo("value");
    }
    assertThat(runs).hasValue(1);
    assertThat(jvms.stream().mapToLong(Jvm::loads).sum()).isEqualTo(loadsBefore + 1);
    awaitNoLease();
  }

  private Jvm jvm(CompletableFuture<Object> pending) throws Exception {
    return new Jvm("10s", run -> pending);
  }

  @Test
  void leaderThatFails_isFollowedByOneOtherJvm() throws Exception {
    CompletableFuture<Object> pending = new CompletableFuture<>();
    Jvm leading = jvm(pending);
    Jvm other = new Jvm("10s", run -> CompletableFuture.completedFuture("run " + run));
    CompletableFuture<Object> leader = leading.find(1);
    CompletableFuture<Object> first = other.find(1);
    CompletableFuture<Object> second = other.find(1);
    pending.completeExceptionally(new IllegalStateException("of the leader"));

    assertThatThrownBy(() -> done(leader)).hasMessageContaining("of the leader");
    assertThat(done(first)).isEqualTo("run 2");
    assertThat(done(second)).isEqualTo("run 2");
    assertThat(runs).hasValue(2);
  }

  @Test
  void follower_whoseWaitIsOver_runs() throws Exception {
    CompletableFuture<Object> pending = new CompletableFuture<>();
    Jvm leading = jvm(pending);
    Jvm other = new Jvm("200ms", run -> CompletableFuture.completedFuture("run " + run));
    CompletableFuture<Object> leader = leading.find(1);

    assertThat(done(other.find(1))).isEqualTo("run 2");
    pending.complete("late");
    assertThat(done(leader)).isEqualTo("late");
  }

  @Test
  void follower_thatCancels_cancelsOnlyItsOwn() throws Exception {
    CompletableFuture<Object> pending = new CompletableFuture<>();
    Jvm leading = jvm(pending);
    Jvm other = new Jvm("10s", run -> CompletableFuture.completedFuture("run " + run));
    CompletableFuture<Object> leader = leading.find(1);
    CompletableFuture<Object> first = other.find(1);
    CompletableFuture<Object> second = other.find(1);
    first.cancel(true);
    pending.complete("value");

    assertThat(done(second)).isEqualTo("value");
    assertThat(done(leader)).isEqualTo("value");
    assertThat(runs).hasValue(1);
  }

  @Test
  void jvm_whoseFollowersAllCancel_looksNoLonger() throws Exception {
    CompletableFuture<Object> pending = new CompletableFuture<>();
    Jvm leading = jvm(pending);
    Jvm other = new Jvm("1m", run -> pending);
    CompletableFuture<Object> leader = leading.find(1);
    CompletableFuture<Object> follower = other.find(1);
    follower.cancel(true);

    Flights flights = other.target.caching().partition().flights;
    await().atMost(PATIENCE).until(flights::isEmpty);
    pending.complete("value");
    assertThat(done(leader)).isEqualTo("value");
    assertThat(runs).hasValue(1);
  }
}
