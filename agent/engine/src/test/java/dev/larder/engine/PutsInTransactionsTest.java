/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.transaction.Transactions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a transaction puts and removes itself, in either order. */
final class PutsInTransactionsTest {

  private static final Removal EVICT = new Removal.OfKey("c", "7");

  private final Probe probe = new Probe();
  private final TellingManager manager = new TellingManager();
  private final AtomicInteger runs = new AtomicInteger();
  private Probe.Repository repository;
  private Probe.Writer writer;

  @BeforeEach
  void tag() throws FaultyAttribute {
    Settings settings = Settings.of(Map.of("cache.c.key", "{id}", "cache.c.tags", "all"));
    probe.policies.put("c", new SettingsPolicies(settings).of(new Operation("c", Map.of())));
    repository = probe.new Repository("c", id -> "run " + runs.incrementAndGet());
    writer = probe.new Writer("c");
    repository.find(1);
  }

  static Stream<Named<Consumer<Engine>>> removals() {
    return Stream.of(
        later(new Removal.OfKey("c", "1")),
        later(new Removal.OfCache("c")),
        later(new Removal.OfTag("all")),
        atOnce("evictKey", engine -> engine.evictKey("c", "1")),
        atOnce("evictTag", engine -> engine.evictTag("all")),
        atOnce("clear", engine -> engine.clear("c")),
        atOnce("clearAll", Engine::clearAll));
  }

  private static Named<Consumer<Engine>> later(Removal removal) {
    return Named.of(
        "later " + removal,
        engine ->
            assertThat(
                    TransactionWork.later(engine.entryRemovals(), removal, Transactions.current()))
                .isTrue());
  }

  private static Named<Consumer<Engine>> atOnce(String name, Consumer<Engine> removal) {
    return Named.of(name, removal);
  }

  @ParameterizedTest
  @MethodSource("removals")
  void put_behindARemovalOfItsTransaction_isThereAfterTheCommit(Consumer<Engine> removal) {
    inATransaction(
        () -> {
          removal.accept(probe.engine);
          writer.update(1, "put");
        });

    assertThat(repository.find(1)).isEqualTo("put");
    assertThat(repository.find(2)).isEqualTo("run 2");
  }

  @ParameterizedTest
  @MethodSource("removals")
  void put_beforeARemovalOfItsTransaction_isGoneAfterTheCommit(Consumer<Engine> removal) {
    inATransaction(
        () -> {
          writer.update(1, "put");
          removal.accept(probe.engine);
        });

    assertThat(repository.find(1)).isEqualTo("run 2");
  }

  @ParameterizedTest
  @MethodSource("removals")
  void put_betweenTwoRemovals_isGone_andAnotherBehindThemIsThere(Consumer<Engine> removal) {
    inATransaction(
        () -> {
          removal.accept(probe.engine);
          writer.update(1, "early");
          removal.accept(probe.engine);
          writer.update(1, "put");
          writer.update(2, "two");
        });

    assertThat(repository.find(1)).isEqualTo("put");
    assertThat(repository.find(2)).isEqualTo("two");
  }

  /** What is there under the key may carry other tags than what was put. */
  @Test
  void put_beforeTheRemovalOfItsTag_removesWhatHasOtherTags() throws FaultyAttribute {
    Settings settings = Settings.of(Map.of("cache.c.key", "{id}", "cache.c.tags", "new"));
    probe.policies.put("c", new SettingsPolicies(settings).of(new Operation("c", Map.of())));
    Probe.Writer other = probe.new Writer("c");

    inATransaction(
        () -> {
          other.update(1, "put");
          probe.engine.evictTag("new");
        });

    assertThat(repository.find(1)).isEqualTo("run 2");
  }

  /** Another transaction's removal counts, whichever of them it stands before or behind. */
  @ParameterizedTest
  @MethodSource("removals")
  void put_whereAnotherHasRemovedAsWell_evicts(Consumer<Engine> removal) {
    for (int place = 0; place < 3; place++) {
      int others = place;
      inATransaction(
          () -> {
            removesElsewhere(others == 0);
            removal.accept(probe.engine);
            removesElsewhere(others == 1);
            writer.update(1, "put");
            removesElsewhere(others == 2);
          });

      assertThat(repository.find(1)).as("place %s", place).isNotEqualTo("put");
    }
  }

  private void removesElsewhere(boolean does) {
    if (does) {
      CompletableFuture.runAsync(
              () -> {
                probe.engine.evictKey("c", "1");
                probe.engine.clear("c");
                probe.engine.evictTag("all");
              })
          .join();
    }
  }

  /** The removal has been, though it is not done again after the commit. */
  @Test
  void put_beforeAClearThatASavepointForgets_evicts() {
    inATransaction(
        () -> {
          writer.update(1, "put");
          Object savepoint = new Object();
          Transactions.savepoint(savepoint);
          probe.engine.clear("c");
          Transactions.backToSavepoint(savepoint);
        });

    assertThat(repository.find(1)).isEqualTo("run 2");
  }

  /** What a body writes there is committed by nobody, though Spring's transaction looks alive. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void put_behindTheCommit_evicts(boolean asked) {
    inATransaction(
        () -> {
          if (asked) {
            repository.find(9);
          }
          afterCommit(() -> writer.update(1, "put"));
        });

    assertThat(repository.find(1)).isEqualTo(asked ? "run 3" : "run 2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void load_behindTheCommit_isNotStored_andAnEvictActsAtOnce(boolean asked) {
    inATransaction(
        () -> {
          if (asked) {
            repository.find(9);
          }
          afterCommit(
              () -> {
                repository.find(2);
                assertThat(
                        TransactionWork.later(
                            probe.engine.entryRemovals(), EVICT, Transactions.current()))
                    .isFalse();
              });
        });

    assertThat(entries()).isEqualTo(asked ? 2 : 1);
  }

  /** Of which Larder hears at its beginning, after its end, alone. */
  @Test
  void transaction_ofItsOwnBehindTheCommit_storesAsAnyOther() {
    inATransaction(
        () ->
            afterCommit(
                () -> {
                  TransactionTemplate inner = new TransactionTemplate(manager);
                  inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
                  inner.executeWithoutResult(status -> writer.update(1, "put"));
                  writer.update(2, "behind it");
                }));

    assertThat(repository.find(1)).isEqualTo("put");
    assertThat(repository.find(2)).isEqualTo("run 2");
  }

  @Test
  void load_behindAClearOfItsTransaction_isNotStored() {
    inATransaction(
        () -> {
          probe.engine.clear("c");
          repository.find(1);
        });

    assertThat(repository.find(1)).isEqualTo("run 3");
  }

  private long entries() {
    return probe.engine.figures("c")[10];
  }

  private static void afterCommit(Runnable calls) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            calls.run();
          }
        });
  }

  private void inATransaction(Runnable calls) {
    new TransactionTemplate(manager).executeWithoutResult(status -> calls.run());
  }
}
