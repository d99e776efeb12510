/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.Probe.Repository;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Exceptions that are kept: {@code cache-exceptions}, also beside old values. */
final class FailuresTest {

  private static final String CACHE = "failing";
  private static final long LONG = 60_000;

  private final Probe probe = new Probe();
  private final AtomicInteger runs = new AtomicInteger();
  private final IllegalStateException own = new IllegalStateException("own");

  private void keep(long ttl, long staleWhileRevalidate, long staleIfError) {
    probe.policies.put(CACHE, Probe.failurePolicy(ttl, staleWhileRevalidate, staleIfError, LONG));
  }

  /** Woven by hand. */
  final class Shop {
    private final Target stage = target("stage");
    private final Target future = target("future");
    Callable<?> body;

    private Target target(String method) {
      try {
        return probe.target(
            MethodHandles.lookup(), Shop.class.getDeclaredMethod(method, long.class), CACHE);
      } catch (NoSuchMethodException e) {
        throw new LinkageError("no method", e);
      }
    }

    @SuppressWarnings("unchecked")
    CompletableFuture<Object> stage(long id) {
      return (CompletableFuture<Object>)
          Probe.call(stage, this, new Object[] {id}, () -> run(runs.incrementAndGet()));
    }

    @SuppressWarnings("unchecked")
    Future<Object> future(long id) {
      return (Future<Object>)
          Probe.call(future, this, new Object[] {id}, () -> run(runs.incrementAndGet()));
    }

    private Object run(int run) throws Exception {
      assertThat(run).isPositive();
      return body.call();
    }
  }

  private Shop shop(Callable<?> body) {
    Shop shop = new Shop();
    shop.body = body;
    return shop;
  }

  private static Throwable failureOf(CompletableFuture<?> stage) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    stage.whenComplete((value, thrown) -> failure.set(thrown));
    return failure.get();
  }

  @Test
  void stage_thatFails_isGivenAgainAsAFailedStage() {
    keep(LONG, 0, 0);
    Shop shop = shop(() -> CompletableFuture.failedFuture(own));

    assertThat(failureOf(shop.stage(1))).isSameAs(own);
    CompletableFuture<Object> again = shop.stage(1);

    assertThat(failureOf(again)).isSameAs(own);
    assertThat(runs).hasValue(1);
    assertThat(probe.engine.figures(CACHE)).startsWith(1, 1, 0);
  }

  @Test
  void stage_thatFailsByAnother_isGivenAgainAsItCame() {
    keep(LONG, 0, 0);
    CompletableFuture<Object> first = new CompletableFuture<>();
    Shop shop = shop(() -> first.thenApply(value -> value));
    CompletableFuture<Object> leader = shop.stage(1);
    first.completeExceptionally(own);

    Throwable given = failureOf(leader);
    assertThat(given).isInstanceOf(CompletionException.class).hasCause(own);
    assertThat(failureOf(shop.stage(1))).as("with the cause that callers unwrap").isSameAs(given);
    assertThat(runs).hasValue(1);
  }

  @Test
  void stage_thatIsThrownAtTheCall_isThrownThereAgain() {
    keep(LONG, 0, 0);
    Shop shop =
        shop(
            () -> {
              throw own;
            });

    assertThatThrownBy(() -> shop.stage(1)).isSameAs(own);
    assertThatThrownBy(() -> shop.stage(1)).isSameAs(own);
    assertThatThrownBy(() -> shop.future(2)).isSameAs(own);
    assertThatThrownBy(() -> shop.future(2)).isSameAs(own);
    assertThat(runs).hasValue(2);
  }

  @Test
  void follower_ofAStageThatFails_isGivenTheKeptFailure() {
    keep(LONG, 0, 0);
    CompletableFuture<Object> first = new CompletableFuture<>();
    Shop shop = shop(() -> first);
    CompletableFuture<Object> leader = shop.stage(1);
    CompletableFuture<Object> follower = shop.stage(1);
    CompletableFuture<Object> another = shop.stage(1);
    first.completeExceptionally(own);

    assertThat(failureOf(leader)).isSameAs(own);
    assertThat(failureOf(follower)).isSameAs(own);
    assertThat(failureOf(another)).isSameAs(own);
    assertThat(runs).hasValue(1);
  }

  @Test
  void future_thatFails_isGivenAgainByItsGet() {
    keep(LONG, 0, 0);
    Shop shop =
        shop(
            () -> {
              FutureTask<Object> task =
                  new FutureTask<>(
                      () -> {
                        throw own;
                      });
              task.run();
              return task;
            });
    Future<Object> leader = shop.future(1);
    assertThatThrownBy(leader::get).isInstanceOf(ExecutionException.class).hasCause(own);

    Future<Object> again = shop.future(1);

    assertThatThrownBy(again::get).isInstanceOf(ExecutionException.class).cause().isSameAs(own);
    assertThat(runs).hasValue(1);
  }

  @Test
  void cancellationAndError_ofAStage_areNotKept() {
    keep(LONG, 0, 0);
    Shop shop = shop(() -> CompletableFuture.failedFuture(new CancellationException()));
    shop.stage(1);
    shop.stage(1);
    assertThat(runs).hasValue(2);

    shop.body = () -> CompletableFuture.failedFuture(new CompletionException(new LinkageError()));
    shop.stage(2);
    shop.stage(2);
    assertThat(runs).hasValue(4);
  }

  @Test
  void keptFailure_withinTheWindowOfAnOldValue_givesTheOldValue() throws Exception {
    keep(1, 0, LONG);
    Shop shop = shop(() -> CompletableFuture.completedFuture("old"));
    shop.stage(1).get();
    shop.body = () -> CompletableFuture.failedFuture(own);
    await().until(() -> shop.stage(1).get().equals("old") && runs.get() > 1);
    int failed = runs.get();

    assertThat(shop.stage(1).get()).isEqualTo("old");
    assertThat(shop.stage(1).get()).isEqualTo("old");
    assertThat(runs).as("the failure is kept").hasValue(failed);
    long[] figures = probe.engine.figures(CACHE);
    assertThat(figures[0]).as("hits, of which all are stale").isGreaterThanOrEqualTo(3);
  }

  /** Of a body that is broken off; a caller that cancels its own stage has its answer already. */
  @Test
  void cancellation_withinTheWindowOfAnOldValue_givesTheOldValue() throws Exception {
    keep(1, 0, LONG);
    Shop shop = shop(() -> CompletableFuture.completedFuture("old"));
    shop.stage(1).get();
    shop.body = () -> CompletableFuture.failedFuture(new CancellationException());

    await().until(() -> shop.stage(1).get().equals("old") && runs.get() > 1);
  }

  @Test
  void oldValue_behindAKeptFailureThatIsOver_standsInForTheNext() throws Exception {
    probe.policies.put(CACHE, Probe.failurePolicy(1, 0, LONG, 1));
    Shop shop = shop(() -> CompletableFuture.completedFuture("old"));
    shop.stage(1).get();
    shop.body = () -> CompletableFuture.failedFuture(own);

    await()
        .until(
            () -> {
              assertThat(shop.stage(1).get()).isEqualTo("old");
              return runs.get() > 3;
            });
  }

  @Test
  void backgroundRun_thatFails_leavesTheOldValueServed() {
    keep(1, LONG, 0);
    AtomicReference<String> value = new AtomicReference<>("old");
    Repository repository =
        probe
        .new Repository(
            CACHE,
            id -> {
              runs.incrementAndGet();
              if (value.get() == null) {
                throw own;
              }
              return value.get();
            });
    repository.find(1);
    value.set(null);

    await()
        .until(
            () -> {
              assertThat(repository.find(1)).isEqualTo("old");
              return runs.get() > 2;
            });
  }
}
