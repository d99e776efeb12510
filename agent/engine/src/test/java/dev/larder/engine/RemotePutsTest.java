/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.engine.config.Settings;
import dev.larder.engine.method.FaultyAttribute;
import dev.larder.engine.method.SettingsPolicies;
import dev.larder.engine.method.TargetSpec.Operation;
import dev.larder.engine.remote.HeapServer;
import dev.larder.engine.transaction.Transactions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts whose entries are with a backend; two engines stand for two JVMs. */
final class RemotePutsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicInteger runs = new AtomicInteger();

  /** A value that tells its own key and tag. */
  record Product(long id, String category, String name) {}

  /** A cache of products, by their ids, with a tag by category. */
  private final class Jvm {
    final Probe probe;
    final Probe.Repository repository;

    /** Puts by what its result tells, once this has run. */
    Runnable meanwhile = () -> {};

    final Probe.Writer byResult;
    final Probe.Writer byArgument;

    Jvm(HeapServer server) throws FaultyAttribute {
      this(server, "category:{result.category},all");
    }

    Jvm(HeapServer server, String tags) throws FaultyAttribute {
      this(server, tags, "5s");
    }

    Jvm(HeapServer server, String tags, String timeout) throws FaultyAttribute {
      probe = new Probe(server.factory());
      Map<String, String> settings = new HashMap<>();
      settings.put("backend", "test.Heap");
      settings.put("prefix", "test");
      settings.put("timeout", timeout);
      settings.put("cache.c.tags", tags);
      settings.put("cache.c.key", "{id}");
      probe.remotes.put("c", new SettingsPolicies(Settings.of(settings)).remote("c"));
      take(settings);
      repository = probe.new Repository("c", id -> loaded(id));
      byArgument = probe.new Writer("c", () -> meanwhile.run(), Set.of());
      settings.put("cache.c.key", "{result.id}");
      take(settings);
      byResult = probe.new Writer("c", () -> meanwhile.run(), Set.of());
      await().atMost(PATIENCE).until(() -> isHit(-1));
    }

    private void take(Map<String, String> settings) throws FaultyAttribute {
      probe.policies.put(
          "c", new SettingsPolicies(Settings.of(settings)).of(new Operation("c", Map.of())));
    }

    private Product loaded(long id) {
      return new Product(id, "loaded", "run " + runs.incrementAndGet());
    }

    Object find(long id) {
      return repository.find(id);
    }

    boolean isHit(long id) {
      int before = runs.get();
      find(id);
      return runs.get() == before;
    }

    Object put(Probe.Writer writer, Product product) {
      return writer.update(product.id(), product);
    }
  }

  static Stream<Named<HeapServer>> servers() {
    return Stream.of(
        Named.of("pushing", HeapServer.pushing()), Named.of("silent", HeapServer.silent()));
  }

  private static final Product PUT = new Product(1, "tools", "put");

  @ParameterizedTest
  @MethodSource("servers")
  void put_ofWhichTheResultTellsKeyAndTag_isStored(HeapServer server) throws FaultyAttribute {
    Jvm one = new Jvm(server);
    Jvm other = new Jvm(server);

    one.put(one.byResult, PUT);
    assertThat(other.find(1)).isEqualTo(PUT);
    awaitNextMilliseconds();
    Product again = new Product(1, "tools", "put again");
    other.put(other.byResult, again);
    assertThat(one.find(1)).isEqualTo(again);

    one.probe.engine.evictTag("category:tools");
    assertThat(one.find(1)).isNotEqualTo(again);
  }

  static Stream<Named<Consumer<Engine>>> removals() {
    return Stream.of(
        Named.of("evictKey", engine -> engine.evictKey("c", "1")),
        Named.of("evictTag", engine -> engine.evictTag("category:tools")),
        Named.of("clear", engine -> engine.clear("c")),
        Named.of("clearAll", Engine::clearAll));
  }

  /** Whichever JVM has removed it, and whether something lay there or not. */
  @ParameterizedTest
  @MethodSource("removals")
  void put_ofWhichWasRemovedSomethingMeanwhile_isNotStored(Consumer<Engine> removal)
      throws FaultyAttribute {
    for (HeapServer server : List.of(HeapServer.pushing(), HeapServer.silent())) {
      Jvm one = new Jvm(server);
      Jvm other = new Jvm(server);
      for (Jvm removing : List.of(one, other)) {
        for (Probe.Writer writer : List.of(one.byResult, one.byArgument)) {
          for (boolean isThere : new boolean[] {true, false}) {
            if (isThere) {
              one.find(1);
            } else {
              one.probe.engine.clear("c");
            }
            one.meanwhile = () -> removal.accept(removing.probe.engine);
            one.put(writer, PUT);

            assertThat(other.find(1)).isNotEqualTo(PUT);
            assertThat(one.find(1)).isNotEqualTo(PUT);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void put_withoutTags_isNotStoredOverAClearElsewhere(HeapServer server) throws FaultyAttribute {
    Jvm one = new Jvm(server, "");
    Jvm other = new Jvm(server, "");
    one.meanwhile = () -> other.probe.engine.clear("c");
    one.put(one.byResult, PUT);

    assertThat(other.find(1)).isNotEqualTo(PUT);
  }

  /** A removal that is over hinders nothing, nor does that of another key. */
  @ParameterizedTest
  @MethodSource("removals")
  void put_behindARemoval_isStored(Consumer<Engine> removal) throws Exception {
    for (HeapServer server : List.of(HeapServer.pushing(), HeapServer.silent())) {
      Jvm one = new Jvm(server);
      Jvm other = new Jvm(server);
      one.find(1);
      removal.accept(other.probe.engine);
      Thread.sleep(150); // by then every JVM knows
      one.meanwhile = () -> other.probe.engine.evictKey("c", "2");
      one.put(one.byResult, PUT);

      assertThat(other.find(1)).isEqualTo(PUT);
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void put_whileAnotherHasPutElsewhere_evicts(HeapServer server) throws FaultyAttribute {
    Jvm one = new Jvm(server);
    Jvm other = new Jvm(server);
    Product younger = new Product(1, "tools", "younger");
    for (Probe.Writer writer : List.of(one.byResult, one.byArgument)) {
      one.meanwhile = () -> other.put(other.byResult, younger);
      one.put(writer, PUT);

      assertThat(one.find(1)).isNotIn(PUT, younger);
    }
  }

  /** What is as old as a put began to the millisecond counts as younger. */
  private static void awaitNextMilliseconds() {
    long now = System.currentTimeMillis();
    await().pollInterval(Duration.ofMillis(1)).until(() -> System.currentTimeMillis() > now + 3);
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Ages are told in milliseconds, but what a JVM has done itself it knows better. */
  @ParameterizedTest
  @MethodSource("servers")
  void put_rightBehindWhatItsJvmHasStoredOrRemoved_isStored(HeapServer server)
      throws FaultyAttribute {
    Jvm one = new Jvm(server);
    Jvm other = new Jvm(server);
    for (int i = 0; i < 20; i++) {
      one.put(one.byResult, new Product(1, "tools", "before"));
      one.put(one.byResult, PUT);
      assertThat(other.find(1)).as("behind a put").isEqualTo(PUT);
      one.probe.engine.evictKey("c", "1");
      one.put(one.byResult, PUT);
      assertThat(other.find(1)).as("behind an evict").isEqualTo(PUT);
      one.probe.engine.evictKey("c", "1");
      one.find(1);
      one.put(one.byResult, PUT);
      assertThat(other.find(1)).as("behind a load").isEqualTo(PUT);
      one.probe.engine.evictKey("c", "1");
      inATransaction(() -> one.find(1));
      assertThat(other.isHit(1)).as("in a transaction").isTrue();
    }
  }

  /** A call waits for its backend once; what that is to remove, it is told when it is back. */
  @ParameterizedTest
  @MethodSource("servers")
  void put_whoseBackendHangs_waitsForItOnce_andEvicts(HeapServer server) throws FaultyAttribute {
    for (boolean isByResult : new boolean[] {true, false}) {
      Jvm one = new Jvm(server, "", "500ms");
      Object old = one.find(1);
      one.meanwhile =
          () -> {
            server.setHanging(true);
            server.takeAsked();
          };
      one.put(isByResult ? one.byResult : one.byArgument, PUT);

      assertThat(server.takeAsked())
          .filteredOn(operation -> !operation.equals("ping"))
          .as("each of which is waited for")
          .hasSize(1);
      server.setHanging(false);
      await().atMost(PATIENCE).until(() -> one.isHit(1));
      assertThat(one.find(1)).isNotIn(old, PUT);
    }
  }

  /** Of a slow answer it is not known when it was true. */
  @ParameterizedTest
  @MethodSource("servers")
  void put_whoseBackendIsSlow_isNotStoredOverARemoval(HeapServer server) throws FaultyAttribute {
    Jvm one = new Jvm(server, "");
    Jvm other = new Jvm(server, "");
    one.meanwhile =
        () -> {
          other.probe.engine.evictKey("c", "1");
          server.before("getTimed", RemotePutsTest::pause);
        };
    one.put(one.byResult, PUT);

    assertThat(other.find(1)).isNotEqualTo(PUT);
  }

  @ParameterizedTest
  @MethodSource("servers")
  void load_inATransactionWhoseBackendIsSlow_isNotStoredOverARemoval(HeapServer server)
      throws FaultyAttribute {
    Jvm one = new Jvm(server);
    Jvm other = new Jvm(server);
    inATransaction(() -> one.find(2));
    inATransaction(
        () -> {
          elsewhere(() -> other.probe.engine.evictKey("c", "1"));
          server.before("getTimed", RemotePutsTest::pause);
          one.find(1);
        });

    assertThat(other.isHit(1)).isFalse();
  }

  /** A load is as old as its transaction, so that what comes before its body has come since. */
  @ParameterizedTest
  @MethodSource("servers")
  void load_inATransactionWithARemovalBehindItsLookUp_isNotStored(HeapServer server)
      throws FaultyAttribute {
    Jvm one = new Jvm(server);
    Jvm other = new Jvm(server);
    inATransaction(() -> one.find(2));
    inATransaction(
        () -> {
          server.before(
              "putIfAbsent", () -> elsewhere(() -> other.probe.engine.evictKey("c", "1")));
          one.find(1);
        });

    assertThat(other.isHit(1)).isFalse();
  }

  /** What was removed before a transaction began stands against nothing in it. */
  @ParameterizedTest
  @MethodSource("servers")
  void put_inATransactionBehindARemovalElsewhere_isStored(HeapServer server) throws Exception {
    Jvm one = new Jvm(server);
    Jvm other = new Jvm(server);
    for (Probe.Writer writer : List.of(one.byArgument, one.byResult)) {
      inATransaction(() -> one.put(writer, PUT));
      other.probe.engine.evictTag("another");
      other.probe.engine.clear("c");
      Thread.sleep(150); // by then every JVM knows
      inATransaction(() -> one.put(writer, PUT));

      assertThat(other.find(1)).isEqualTo(PUT);
    }
  }

  /** Its own JVM knows which tag that was; of what another removes it is not known. */
  @ParameterizedTest
  @MethodSource("servers")
  void put_whileItsJvmRemovesAnotherTag_isStored(HeapServer server) throws FaultyAttribute {
    Jvm one = new Jvm(server);
    Jvm other = new Jvm(server);
    for (Probe.Writer writer : List.of(one.byArgument, one.byResult)) {
      awaitNextMilliseconds();
      one.meanwhile =
          () -> {
            one.probe.engine.evictTag("another");
            one.probe.engine.evictTag("yet another");
          };
      one.put(writer, PUT);
      assertThat(other.find(1)).isEqualTo(PUT);

      one.meanwhile =
          () -> {
            one.probe.engine.evictTag("another");
            other.probe.engine.evictTag("category:tools");
            one.probe.engine.evictTag("another");
          };
      one.put(writer, PUT);
      assertThat(other.find(1)).as("removed by the other").isNotEqualTo(PUT);

      one.meanwhile =
          () -> {
            one.probe.engine.evictTag("category:tools");
            one.probe.engine.evictTag("another");
          };
      one.put(writer, PUT);
      assertThat(other.find(1)).as("removed itself").isNotEqualTo(PUT);
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void put_inATransactionThatRemovesAnotherTag_isStored(HeapServer server) throws Exception {
    Jvm one = new Jvm(server);
    Jvm other = new Jvm(server);
    inATransaction(() -> one.put(one.byArgument, PUT));
    List<Consumer<Engine>> removals =
        List.of(
            engine -> engine.evictTag("another"),
            engine ->
                TransactionWork.later(
                    engine.entryRemovals(), new Removal.OfTag("another"), Transactions.current()));
    for (Probe.Writer writer : List.of(one.byArgument, one.byResult)) {
      for (Consumer<Engine> removal : removals) {
        awaitNextMilliseconds();
        inATransaction(
            () -> {
              removal.accept(one.probe.engine);
              one.put(writer, PUT);
              removal.accept(one.probe.engine);
            });
        assertThat(other.find(1)).isEqualTo(PUT);

        awaitNextMilliseconds();
        inATransaction(
            () -> {
              removal.accept(one.probe.engine);
              elsewhere(() -> other.probe.engine.evictTag("category:tools"));
              one.put(writer, PUT);
            });
        assertThat(other.find(1)).as("removed by the other").isNotEqualTo(PUT);
      }
    }
  }

  /** On a thread that is in no transaction. */
  private static void elsewhere(Runnable removal) {
    CompletableFuture.runAsync(removal).join();
  }

  private static void inATransaction(Runnable calls) {
    new TransactionTemplate(new TellingManager()).executeWithoutResult(status -> calls.run());
  }

  /** Each is a round trip, but for the reads of marks, which go together. */
  @Test
  void put_ofWhichTheResultTellsAll_asksForNoMoreThanItNeeds() throws FaultyAttribute {
    HeapServer server = HeapServer.pushing();
    Jvm one = new Jvm(server);
    Jvm other = new Jvm(server);
    one.put(one.byResult, PUT);
    other.probe.engine.evictKey("c", "1");
    pause();

    server.takeAsked();
    one.put(one.byResult, PUT);
    assertThat(server.takeAsked())
        .as("over a removal")
        .containsExactly("getTimed", "getWatched", "getWatched", "getWatched", "replace");

    pause();
    one.put(one.byResult, PUT);
    assertThat(server.takeAsked())
        .as("over an entry")
        .containsExactly(
            "getTimed", "getWatched", "getWatched", "getWatched", "exchange", "replace");

    one.put(one.byResult, new Product(2, "tools", "put"));
    assertThat(server.takeAsked())
        .as("over nothing")
        .containsExactly("getTimed", "getWatched", "getWatched", "getWatched", "putIfAbsent");

    one.put(one.byArgument, new Product(3, "tools", "put"));
    assertThat(server.takeAsked())
        .as("with a key that is known")
        .containsExactly("get", "putIfAbsent", "getWatched", "getWatched", "getWatched", "replace");
  }
}
