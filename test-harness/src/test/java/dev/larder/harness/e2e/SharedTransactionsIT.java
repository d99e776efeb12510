/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions of two JVMs that share a database, and a Redis. */
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedTransactionsIT {

  private final RedisServer redis;
  private final List<Talking> both = new ArrayList<>();

  /** Of calls that came before the connection. */
  private final Map<Talking, String> errorsOfTheStart = new HashMap<>();

  private Talking one;
  private Talking other;
  private int product;

  SharedTransactionsIT(RedisServer redis) {
    this.redis = redis;
  }

  @BeforeAll
  void start() {
    for (int i = 0; i < 2; i++) {
      App app =
          App.named("sharedtransactions")
              .sources("talking")
              .libraries("spring")
              .libraries("jpa")
              .mainClass("com.acme.shop.Main")
              .jvm("-Dh2.bindAddress=127.0.0.1")
              .agent("backend=redis;timeout=2s;prefix=transactions;redis.uri=" + redis.uri());
      both.add(Talking.to(app, Jdk.all().findFirst().orElseThrow()));
    }
    one = both.get(0);
    other = both.get(1);
    String database = one.ask("serve");
    assertThat(one.ask("open " + database)).isEqualTo("open");
    assertThat(other.ask("open " + database)).isEqualTo("open");
    one.ask("rename 0 served");
    for (Talking each : both) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                each.ask("name 0");
                assertThat(each.ask("hits")).as("hits; err: %s", each.err()).isNotEqualTo("0");
              });
    }
    both.forEach(each -> errorsOfTheStart.put(each, each.ask("errors")));
  }

  @AfterAll
  void end() {
    both.forEach(Talking::close);
  }

  @AfterEach
  void noErrors() {
    for (Talking each : both) {
      assertThat(each.ask("errors")).isEqualTo(errorsOfTheStart.get(each));
    }
  }

  /** A product that no other test has touched, with a name that the caches do not know. */
  private String newProduct() {
    String id = String.valueOf(++product);
    one.ask("rename " + id + " old");
    return id;
  }

  /** The same, whose name both JVMs have from Redis. */
  private String cachedProduct() {
    String id = newProduct();
    assertThat(one.ask("name " + id)).isEqualTo("old");
    assertThat(asHit(other, "name " + id)).isEqualTo("old");
    return id;
  }

  /** What a call gives whose body does not run. */
  private static String asHit(Talking jvm, String call) {
    String runs = jvm.ask("runs");
    String answer = jvm.ask(call);
    assertThat(jvm.ask("runs")).as("runs of the body").isEqualTo(runs);
    return answer;
  }

  @ParameterizedTest
  @ValueSource(strings = {"begin snapshot", "begin snapshot readOnly"})
  void load_whoseTransactionIsOlderThanAnEvictElsewhere_isNotStored(String begin) {
    String id = newProduct();
    one.ask(begin);
    assertThat(one.ask("read " + id)).isEqualTo("old");
    other.ask("rename " + id + " newer");
    assertThat(one.ask("name " + id)).as("in the snapshot").isEqualTo("old");
    assertThat(one.ask("length " + id)).isEqualTo("3");
    one.ask("commit");

    for (Talking each : List.of(other, one)) {
      assertThat(each.ask("name " + id)).isEqualTo("newer");
      assertThat(each.ask("length " + id)).isEqualTo("5");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evict", "clear", "evictTag"})
  void load_whoseTransactionIsOlderThanWhatTheFacadeRemoves_isNotStored(String removal) {
    String id = cachedProduct();
    one.ask("begin snapshot");
    assertThat(one.ask("read " + id)).isEqualTo("old");
    other.ask("write " + id + " new");
    other.ask(removal + " " + id);
    await("what another JVM clears is cleared within 100 ms")
        .untilAsserted(
            () -> {
              String runs = one.ask("runs");
              assertThat(one.ask("name " + id)).as("in the snapshot").isEqualTo("old");
              assertThat(one.ask("runs")).isNotEqualTo(runs);
            });
    one.ask("commit");

    assertThat(other.ask("name " + id)).isEqualTo("new");
    assertThat(one.ask("name " + id)).isEqualTo("new");
  }

  @Test
  void load_whoseTransactionIsYounger_isStored() {
    String id = newProduct();
    one.ask("begin readOnly");
    assertThat(one.ask("name " + id)).isEqualTo("old");
    assertThat(asHit(other, "name " + id)).isEqualTo("old");
    one.ask("commit");

    String written = newProduct();
    one.ask("begin");
    assertThat(one.ask("name " + written)).isEqualTo("old");
    one.ask("commit");
    assertThat(asHit(other, "name " + written)).as("after the commit").isEqualTo("old");
  }

  @Test
  void put_inATransaction_isSeenElsewhereAfterItsCommit() {
    String id = cachedProduct();
    one.ask("begin");
    one.ask("renamed " + id + " draft");
    assertThat(one.ask("name " + id)).as("its own").isEqualTo("draft");
    one.ask("renamed " + id + " new");
    assertThat(asHit(other, "name " + id)).isEqualTo("old");
    assertThat(asHit(one, "else " + id)).isEqualTo("old");
    one.ask("commit");

    assertThat(asHit(other, "name " + id)).isEqualTo("new");
    assertThat(asHit(one, "name " + id)).isEqualTo("new");
  }

  @Test
  void evict_inATransaction_actsElsewhereAfterItsCommit() {
    String id = cachedProduct();
    assertThat(one.ask("length " + id)).isEqualTo("3");
    one.ask("begin");
    one.ask("rename " + id + " newer");
    assertThat(one.ask("name " + id)).as("its own").isEqualTo("newer");
    assertThat(asHit(other, "name " + id)).isEqualTo("old");
    assertThat(asHit(other, "length " + id)).isEqualTo("3");
    one.ask("commit");

    assertThat(other.ask("name " + id)).isEqualTo("newer");
    assertThat(other.ask("length " + id)).isEqualTo("5");
  }

  @Test
  void rollback_leavesTheEntriesAsTheyWere() {
    String id = cachedProduct();
    assertThat(one.ask("length " + id)).isEqualTo("3");
    one.ask("begin");
    one.ask("rename " + id + " lost");
    one.ask("renamed " + id + " lost-too");
    one.ask("name " + id);
    one.ask("length " + id);
    one.ask("rollback");

    for (Talking each : both) {
      assertThat(asHit(each, "name " + id)).isEqualTo("old");
      assertThat(asHit(each, "length " + id)).isEqualTo("3");
    }
  }

  @Test
  void rollback_leavesNothingOfWhatWasLoaded() {
    String id = newProduct();
    one.ask("begin");
    one.ask("rename " + id + " lost");
    assertThat(one.ask("name " + id)).isEqualTo("lost");
    one.ask("rollback");

    assertThat(other.ask("name " + id)).isEqualTo("old");
    assertThat(one.ask("name " + id)).isEqualTo("old");
  }

  /** Whoever loads while a transaction runs that is to evict gets the old, until its commit. */
  @Test
  void load_elsewhereWhileATransactionIsToEvict_isGoneWithItsCommit() {
    String id = newProduct();
    one.ask("begin");
    one.ask("rename " + id + " new");
    assertThat(other.ask("name " + id)).isEqualTo("old");
    assertThat(asHit(other, "name " + id)).isEqualTo("old");
    one.ask("commit");

    assertThat(other.ask("name " + id)).isEqualTo("new");
    assertThat(one.ask("name " + id)).isEqualTo("new");
  }

  @Test
  void put_whoseTransactionIsOlderThanAnEvictElsewhere_isNotStored() {
    String id = cachedProduct();
    one.ask("begin");
    one.ask("renamed " + id + " new");
    assertThat(other.ask("evict " + id)).isEqualTo("1");
    one.ask("commit");

    String runs = other.ask("runs");
    assertThat(other.ask("name " + id)).isEqualTo("new");
    assertThat(other.ask("runs")).as("loaded anew").isNotEqualTo(runs);
  }

  /** Which removes nothing of what is put. */
  @Test
  void put_besideAnEvictOfAnotherTag_isSeenElsewhereAfterTheCommit() {
    String id = cachedProduct();
    one.ask("begin");
    one.ask("renamedOnPages " + id + " new");
    assertThat(asHit(other, "name " + id)).isEqualTo("old");
    one.ask("commit");

    assertThat(asHit(other, "name " + id)).isEqualTo("new");
  }

  @Test
  void transactionOfItsOwn_insideAnother_actsByItself() {
    String id = cachedProduct();
    String inner = newProduct();
    one.ask("name " + inner);
    one.ask("begin");
    one.ask("rename " + id + " lost");
    one.ask("begin");
    assertThat(asHit(one, "name " + id)).as("what all others get").isEqualTo("old");
    one.ask("rename " + inner + " new");
    one.ask("commit");
    assertThat(other.ask("name " + inner)).isEqualTo("new");
    one.ask("rollback");

    assertThat(asHit(other, "name " + id)).isEqualTo("old");
    assertThat(asHit(other, "name " + inner)).isEqualTo("new");
  }
}
