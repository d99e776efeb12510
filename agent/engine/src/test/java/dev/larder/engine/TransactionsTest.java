/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.engine.Probe.Repository;
import dev.larder.engine.transaction.Transactions;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

final class TransactionsTest {

  private final Probe probe = new Probe();
  private final TellingManager manager = new TellingManager();
  private final AtomicInteger runs = new AtomicInteger();
  private final Repository repository =
      probe.new Repository("c", id -> "value " + id + " of run " + runs.incrementAndGet());
  private final ExecutorService other = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    other.shutdownNow();
  }

  @Test
  void load_inAWritingTransaction_isThereForOthersAfterTheCommit() throws Exception {
    writing(
        () -> {
          repository.find(1);
          assertThat(entries()).isZero();
          assertThat(elsewhere(() -> repository.find(2))).isEqualTo("value 2 of run 2");
          assertThat(entries()).isOne();
          return null;
        });

    assertThat(repository.find(1)).isEqualTo("value 1 of run 1");
    assertThat(runs).hasValue(2);
  }

  @Test
  void load_inATransactionThatIsRolledBack_isNeverThere() {
    rollingBack(() -> repository.find(1));

    assertThat(entries()).isZero();
    assertThat(repository.find(1)).isEqualTo("value 1 of run 2");
  }

  @Test
  void load_inAReadOnlyTransaction_isThereAtOnce() throws Exception {
    readOnly(
        () -> {
          repository.find(1);
          return elsewhere(() -> repository.find(1));
        });

    assertThat(runs).hasValue(1);
  }

  @Test
  void find_inAWritingTransaction_isAnsweredByTheCache() {
    repository.find(1);

    assertThat(writing(() -> repository.find(1))).isEqualTo("value 1 of run 1");
  }

  @Test
  void evict_waits_andHidesItsKeyFromItsOwnTransactionAlone() throws Exception {
    repository.find(1);
    repository.find(2);
    writing(
        () -> {
          evictLater(new Removal.OfArguments("c", new Object[] {1}));
          assertThat(repository.find(1)).isEqualTo("value 1 of run 3");
          assertThat(repository.find(1)).isEqualTo("value 1 of run 4");
          assertThat(repository.find(2)).isEqualTo("value 2 of run 2");
          assertThat(elsewhere(() -> repository.find(1))).isEqualTo("value 1 of run 1");
          return null;
        });

    assertThat(repository.find(1)).isEqualTo("value 1 of run 5");
    assertThat(repository.find(2)).isEqualTo("value 2 of run 2");
  }

  @Test
  void evict_inATransactionThatIsRolledBack_leavesTheCacheAsItWas() {
    repository.find(1);
    rollingBack(() -> evictLater(new Removal.OfCache("c")));

    assertThat(repository.find(1)).isEqualTo("value 1 of run 1");
  }

  @Test
  void evict_whereTheOutcomeIsUnknown_acts() {
    repository.find(1);
    manager.failCommits();
    assertThatThrownBy(
            () ->
                writing(
                    () -> {
                      repository.find(2);
                      return evictLater(new Removal.OfArguments("c", new Object[] {1}));
                    }))
        .hasMessage("the connection is gone");

    assertThat(entries()).isZero();
  }

  @Test
  void evict_byTheFacade_actsAtOnceAndAgain() throws Exception {
    repository.find(1);
    writing(
        () -> {
          assertThat(probe.engine.evict("c", 1)).isOne();
          assertThat(elsewhere(() -> repository.find(1))).isEqualTo("value 1 of run 2");
          return null;
        });

    assertThat(repository.find(1)).isEqualTo("value 1 of run 3");
  }

  @Test
  void evict_inAReadOnlyTransaction_actsAtOnce() {
    repository.find(1);
    readOnly(
        () -> {
          evictLater(new Removal.OfCache("c"));
          assertThat(entries()).isZero();
          return null;
        });
  }

  @Test
  void load_whoseTransactionBeganBeforeAnEvict_isNotStored() throws Exception {
    repository.find(7); // so that its keys are known
    readOnly(
        () -> {
          elsewhere(() -> probe.engine.evict("c", 1));
          repository.find(1);
          repository.find(2);
          return null;
        });

    assertThat(repository.find(2)).isEqualTo("value 2 of run 3");
    assertThat(repository.find(1)).isEqualTo("value 1 of run 4");
  }

  @Test
  void load_whoseTransactionBeganBeforeAClear_isNotStored() throws Exception {
    repository.find(7);
    readOnly(
        () -> {
          elsewhere(() -> probe.engine.clear("c"));
          return repository.find(1);
        });

    assertThat(entries()).isZero();
  }

  @Test
  void firstCall_inATransactionThatBeganBeforeAnEvict_isNotStored() throws Exception {
    readOnly(
        () -> {
          elsewhere(() -> probe.engine.evict("c", 1));
          return repository.find(1);
        });

    assertThat(entries()).isZero();
  }

  @Test
  void flight_ofATransactionThatMayWrite_isNeitherJoinedNorJoins() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Repository slow =
        probe
        .new Repository(
            "slow",
            id -> {
              int run = runs.incrementAndGet();
              if (run == 1) {
                inside.countDown();
                await(goOn);
              }
              return "run " + run;
            });
    Future<Object> leader = other.submit(() -> writing(() -> slow.find(1)));
    await(inside);

    assertThat(elsewhere(() -> slow.find(1))).isEqualTo("run 2");
    goOn.countDown();
    assertThat(leader.get(30, TimeUnit.SECONDS)).isEqualTo("run 1");
  }

  @Test
  void flight_whoseTransactionIsOlderThanAnEvict_isNotJoined() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Repository slow =
        probe
        .new Repository(
            "slow",
            id -> {
              int run = runs.incrementAndGet();
              if (run == 1) {
                inside.countDown();
                await(goOn);
              }
              return "run " + run;
            });
    Future<Object> old =
        other.submit(
            () ->
                readOnly(
                    () -> {
                      elsewhere(() -> probe.engine.evict("slow", 1));
                      return slow.find(1);
                    }));
    await(inside);

    assertThat(elsewhere(() -> slow.find(1))).isEqualTo("run 2");
    goOn.countDown();
    assertThat(old.get(30, TimeUnit.SECONDS)).isEqualTo("run 1");
    assertThat(slow.find(1)).isEqualTo("run 2");
  }

  @Test
  void innerTransaction_committed_actsBeforeTheOuterOneEnds() throws Exception {
    repository.find(1);
    rollingBack(
        () -> {
          evictLater(new Removal.OfArguments("c", new Object[] {9}));
          in(
              TransactionDefinition.PROPAGATION_REQUIRES_NEW,
              () -> evictLater(new Removal.OfArguments("c", new Object[] {1})));
          assertThat(elsewhere(() -> repository.find(1))).isEqualTo("value 1 of run 2");
          // The outer one is on the thread again, with what it has evicted.
          repository.find(9);
          assertThat(repository.find(9)).isEqualTo("value 9 of run 4");
          return null;
        });

    assertThat(entries()).isOne();
  }

  @Test
  void hit_whileAnothersTransactionHasEvicted_isAHit() throws Exception {
    repository.find(1);
    writing(
        () -> {
          evictLater(new Removal.OfArguments("c", new Object[] {1}));
          assertThat(ThreadMode.unusual()).isTrue();
          assertThat(elsewhere(ThreadMode::unusual)).isFalse();
          return null;
        });

    assertThat(ThreadMode.unusual()).isFalse();
  }

  @Test
  void work_rolledBackToASavepoint_isDropped() {
    repository.find(1);
    repository.find(2);
    writing(
        () -> {
          evictLater(new Removal.OfArguments("c", new Object[] {1}));
          Object status = new Object();
          Transactions.savepoint(status);
          evictLater(new Removal.OfArguments("c", new Object[] {2}));
          repository.find(3);
          Transactions.backToSavepoint(status);
          return null;
        });

    assertThat(repository.find(2)).isEqualTo("value 2 of run 2");
    assertThat(entries()).isOne();
  }

  @Test
  void work_rolledBackToAnUnknownSavepoint_evictsAndStoresNothing() {
    repository.find(1);
    writing(
        () -> {
          evictLater(new Removal.OfArguments("c", new Object[] {1}));
          repository.find(3);
          Transactions.backToSavepoint(null);
          return null;
        });

    assertThat(entries()).isZero();
  }

  private Object evictLater(Removal removal) {
    boolean waits =
        TransactionWork.later(probe.engine.entryRemovals(), removal, Transactions.current());
    return waits ? removal : removal.by(probe.engine.entryRemovals());
  }

  private long entries() {
    return probe.engine.figures("c")[10];
  }

  private <T> T elsewhere(Callable<T> call) throws Exception {
    return other.submit(call).get(30, TimeUnit.SECONDS);
  }

  private <T> T writing(Callable<T> call) {
    return in(TransactionDefinition.PROPAGATION_REQUIRED, call);
  }

  private <T> T readOnly(Callable<T> call) {
    TransactionTemplate template = new TransactionTemplate(manager);
    template.setReadOnly(true);
    return template.execute(status -> unchecked(call));
  }

  private <T> T rollingBack(Callable<T> call) {
    return new TransactionTemplate(manager)
        .execute(
            status -> {
              status.setRollbackOnly();
              return unchecked(call);
            });
  }

  private <T> T in(int propagation, Callable<T> call) {
    TransactionTemplate template = new TransactionTemplate(manager);
    template.setPropagationBehavior(propagation);
    return template.execute(status -> unchecked(call));
  }

  private static <T> T unchecked(Callable<T> call) {
    try {
      return call.call();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
