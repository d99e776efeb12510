/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

final class FuturesTest {

  private static final String CACHE = "later";

  private final Probe probe = new Probe();
  private final AtomicInteger runs = new AtomicInteger();

  /** Woven by hand. */
  final class Shop {
    private final Target target;
    private final IntFunction<Future<Object>> body;

    Shop(IntFunction<Future<Object>> body) throws NoSuchMethodException {
      this.body = body;
      this.target =
          probe.target(
              MethodHandles.lookup(), Shop.class.getDeclaredMethod("find", long.class), CACHE);
    }

    @SuppressWarnings("unchecked")
    Future<Object> find(long id) {
      return (Future<Object>)
          Probe.call(target, this, new Object[] {id}, () -> body.apply(runs.incrementAndGet()));
    }
  }

  private static FutureTask<Object> done(Callable<Object> value) {
    FutureTask<Object> task = new FutureTask<>(value);
    task.run();
    return task;
  }

  private static FutureTask<Object> pending() {
    return new FutureTask<>(() -> "late");
  }

  @Test
  void get_givesTheValue_isStoredThenAndACopyForEach() throws Exception {
    Shop shop = new Shop(run -> done(() -> new ArrayList<>(List.of(run))));

    Future<Object> first = shop.find(1);
    assertThat(probe.engine.figures(CACHE)[6]).as("stores before a get").isZero();
    ((List<?>) first.get()).clear();
    first.get(30, TimeUnit.SECONDS);

    Future<Object> hit = shop.find(1);
    assertThat(hit).isInstanceOf(CompletableFuture.class).isDone();
    assertThat(hit.get()).isEqualTo(List.of(1)).isNotSameAs(shop.find(1).get());
    assertThat(runs).hasValue(1);
  }

  @Test
  void followers_ofAFutureThatNobodyHasAsked_shareIt() throws Exception {
    FutureTask<Object> task = pending();
    Shop shop = new Shop(run -> task);
    Future<Object> leader = shop.find(1);
    Future<Object> follower = shop.find(1);
    Future<Object> other = shop.find(1);

    assertThat(follower.isDone()).isFalse();
    assertThatThrownBy(() -> follower.get(1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(other.cancel(true)).isTrue();
    assertThat(other.isCancelled()).isTrue();
    assertThatThrownBy(other::get).isInstanceOf(CancellationException.class);
    assertThat(task.isCancelled()).isFalse();
    task.run();

    assertThat(follower.get()).isEqualTo("late");
    assertThat(shop.find(1).get()).as("stored by the follower").isEqualTo("late");
    assertThat(leader.get()).isEqualTo("late");
    assertThat(runs).hasValue(1);
  }

  @Test
  void cancel_byAllWhoHaveAShare_cancelsTheBodysFuture() throws Exception {
    FutureTask<Object> task = pending();
    Shop shop = new Shop(run -> run == 1 ? task : done(() -> run));
    Future<Object> leader = shop.find(1);
    Future<Object> follower = shop.find(1);

    assertThat(leader.cancel(true)).isTrue();
    assertThat(task.isCancelled()).isFalse();
    assertThat(follower.cancel(true)).isTrue();
    assertThat(task.isCancelled()).isTrue();
    assertThat(shop.find(1).get()).isEqualTo(2);
  }

  @Test
  void failure_isItsLeadersOwn_andAFollowerTakesOver() throws Exception {
    Shop shop =
        new Shop(
            run ->
                done(
                    () -> {
                      if (run == 1) {
                        throw new IllegalStateException("own");
                      }
                      return run;
                    }));
    Future<Object> leader = shop.find(1);
    Future<Object> follower = shop.find(1);

    assertThat(follower.get()).isEqualTo(2);
    assertThatThrownBy(leader::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("own");
    assertThat(shop.find(1).get()).isEqualTo(2);
    assertThat(runs).hasValue(2);
  }

  @Test
  void evict_beforeTheGet_keepsItOut() throws Exception {
    Shop shop = new Shop(run -> done(() -> run));
    Future<Object> first = shop.find(1);
    probe.engine.evict(CACHE, 1);

    assertThat(first.get()).isEqualTo(1);
    assertThat(shop.find(1).get()).isEqualTo(2);
  }

  @Test
  void futureThatNobodyAsks_isCollectedAndItsLoadEnds() throws Exception {
    Shop shop = new Shop(run -> done(() -> run));
    Target target = shop.target;
    shop.find(1);

    await()
        .until(
            () -> {
              System.gc();
              Partition partition = target.caching().partition();
              return partition.loads.size() == 0 && partition.flights.isEmpty();
            });
    assertThat(shop.find(1).get()).isEqualTo(2);
  }

  @Test
  void completableFuture_asAFuture_isStoredWhenItCompletes() throws Exception {
    CompletableFuture<Object> given = new CompletableFuture<>();
    Shop shop = new Shop(run -> given);
    shop.find(1);
    Future<Object> follower = shop.find(1);
    given.complete("value");

    assertThat(follower.get()).isEqualTo("value");
    assertThat(shop.find(1).isDone()).isTrue();
    assertThat(runs).hasValue(1);
  }
}
