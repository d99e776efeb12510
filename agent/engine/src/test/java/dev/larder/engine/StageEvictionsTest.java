/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.TargetSpec.Operation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** Methods that give a stage, and only evict. */
final class StageEvictionsTest {

  private static final Operation CACHE = new Operation("c", Map.of());

  private final Probe probe = new Probe();
  private final AtomicInteger runs = new AtomicInteger();
  private final Target find = target("find", CACHE, List.of());
  private final Target drop = target("drop", null, List.of(CACHE));
  private final CompletableFuture<Object> pending = new CompletableFuture<>();

  private Target target(String name, Operation lookup, List<Operation> evictions) {
    return probe.engine.target(
        new TargetSpec(
            StageEvictionsTest.class.getName(),
            name,
            MethodType.methodType(CompletableFuture.class, long.class).descriptorString(),
            false,
            List.of(),
            Set.of(),
            lookup,
            evictions,
            List.of(),
            List.of(),
            EnumSet.noneOf(TargetSpec.Trait.class)),
        MethodHandles.lookup());
  }

  @SuppressWarnings("unchecked")
  private CompletableFuture<Object> call(Target target, long id, Callable<?> body) {
    return (CompletableFuture<Object>) Probe.call(target, this, new Object[] {id}, body);
  }

  private CompletableFuture<Object> find(long id) {
    return call(find, id, () -> CompletableFuture.completedFuture("run " + runs.incrementAndGet()));
  }

  private CompletableFuture<Object> drop(long id) {
    return call(drop, id, () -> pending);
  }

  @Test
  void evict_hasActed_whereItsStageIsComplete() {
    assertThat(find(1).join()).isEqualTo("run 1");
    CompletableFuture<Object> after = drop(1).thenApply(dropped -> find(1).join());
    assertThat(find(1).join()).as("before that").isEqualTo("run 1");

    pending.complete("dropped");

    assertThat(after.join()).isEqualTo("run 2");
  }

  @Test
  void evict_ofAStageThatFails_doesNotAct() {
    find(1).join();
    CompletableFuture<Object> dropping = drop(1);
    IllegalStateException own = new IllegalStateException("own");

    pending.completeExceptionally(own);

    assertThat(dropping).isCompletedExceptionally();
    assertThat(dropping.handle((value, failure) -> failure).join()).isSameAs(own);
    assertThat(find(1).join()).isEqualTo("run 1");
  }

  @Test
  void evict_ofAMethodThatIsCached_actsAtAHitAndForAFollower() {
    Target both = target("both", new Operation("both", Map.of()), List.of(CACHE));
    CompletableFuture<Object> led = call(both, 1, () -> pending);
    CompletableFuture<Object> followed = call(both, 1, () -> pending);
    CompletableFuture<Object> after = followed.thenApply(value -> find(1).join());
    find(1).join();
    pending.complete("both");
    assertThat(led.join()).isEqualTo("both");
    assertThat(after.join()).isEqualTo("run 2");

    assertThat(call(both, 1, () -> null).join()).as("a hit").isEqualTo("both");

    assertThat(find(1).join()).isEqualTo("run 3");
  }

  @Test
  void evict_ofAFollower_isNoPartOfTheTransactionInWhichItsFlightLands() {
    CompletableFuture<Object> followed = followed("follow");
    find(1).join();

    rollBackAfter(() -> pending.complete("led"));

    assertThat(followed.join()).isEqualTo("led");
    assertThat(find(1).join()).isEqualTo("run 2");
  }

  @Test
  void evict_ofAFollowerThatTakesOver_isNoPartOfTheTransactionInWhichItsFlightFails() {
    CompletableFuture<Object> followed = followed("takeOver");
    find(1).join();

    rollBackAfter(() -> pending.completeExceptionally(new IllegalStateException("led")));

    assertThat(followed.join()).isEqualTo("taken over");
    assertThat(find(1).join()).isEqualTo("run 2");
  }

  /** A call that evicts, and follows one that does not. */
  private CompletableFuture<Object> followed(String name) {
    Operation shared = new Operation("shared", Map.of());
    probe.policies.put("shared", Probe.keyedPolicy("{p0}"));
    call(target("lead", shared, List.of()), 1, () -> pending);
    return call(target(name, shared, List.of(CACHE)), 1, () -> pending);
  }

  @SuppressWarnings("unused") // found by its name, as the body of a target
  private CompletableFuture<Object> takeOver(long id) {
    return CompletableFuture.completedFuture("taken over");
  }

  private static void rollBackAfter(Runnable action) {
    new TransactionTemplate(new TellingManager())
        .executeWithoutResult(
            status -> {
              action.run();
              status.setRollbackOnly();
            });
  }

  @Test
  void run_thatIsNoCall_evictsNothing() {
    probe.policies.put("aging", Probe.policy(1, 60_000, 0, false));
    Target aging = target("renewed", new Operation("aging", Map.of()), List.of(CACHE));
    await()
        .until(
            () -> {
              call(aging, 1, () -> CompletableFuture.completedFuture("made")).join();
              return renewals.get() > 0;
            });
    find(1).join();

    pending.complete("made anew");

    assertThat(find(1).join()).isEqualTo("run 1");
    assertThat(call(aging, 1, () -> pending).join()).as("a call").isEqualTo("made anew");
    assertThat(find(1).join()).isEqualTo("run 2");
  }

  private final AtomicInteger renewals = new AtomicInteger();

  @SuppressWarnings("unused") // found by its name, as the body of a target
  private CompletableFuture<Object> renewed(long id) {
    renewals.incrementAndGet();
    return pending;
  }

  @Test
  void cancellation_ofAStageThatEvicts_isTheBodysToo() {
    assertThat(drop(1).cancel(true)).isTrue();

    assertThat(pending.isCancelled()).isTrue();
  }

  @Test
  void value_thatItsCallerCompletes_isTheBodysToo() {
    drop(1).complete("by its caller");

    assertThat(pending.join()).isEqualTo("by its caller");
  }
}
