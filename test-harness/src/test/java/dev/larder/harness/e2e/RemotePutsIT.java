/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.larder.harness.e2e.Fleet.Kind;
import dev.larder.harness.server.DynamoServer;
import dev.larder.harness.server.MemcachedServer;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Puts of two JVMs, on two JDKs, that share a backend, and what the other removes meanwhile. */
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemotePutsIT {

  private static final List<String> TYPES =
      List.of("plain", "keyed", "stage", "mono", "keyedMono", "flux", "single", "maybe", "uni");

  /** What their value is given by is subscribed to as often as anybody likes. */
  private static final List<String> SOURCES = TYPES.subList(3, TYPES.size());

  private final Fleet fleet;
  private final Map<Kind, List<Talking>> started = new HashMap<>();
  private Talking one;
  private Talking other;

  /** An argument that no test has used before. */
  private int id;

  RemotePutsIT(RedisServer redis, MemcachedServer memcached, DynamoServer dynamo) {
    this.fleet = new Fleet(redis, memcached, dynamo);
  }

  private void take(Kind kind, Jdk jdk) {
    List<Talking> both = started.computeIfAbsent(kind, this::start);
    boolean isFirst = jdk.equals(Jdk.all().findFirst().orElseThrow());
    one = both.get(isFirst ? 0 : both.size() - 1);
    other = both.get(isFirst ? both.size() - 1 : 0);
    agree();
  }

  private List<Talking> start(Kind kind) {
    List<Talking> both = new ArrayList<>();
    List<Jdk> jdks = Jdk.all().toList();
    for (int i = 0; i < 2; i++) {
      App app = fleet.app("remoteputs", kind, "prefix=puts-" + kind).libraries("reactive");
      both.add(fleet.start(app, jdks.get(i % jdks.size())));
    }
    return both;
  }

  /** Waits until neither remembers marks from before a clear, and takes another argument. */
  private void agree() {
    id++;
    Fleet.awaitAgreed(one, other, "find " + (1_000_000 + id));
    Fleet.awaitAgreed(one, other, "list " + (1_000_000 + id));
  }

  /** What is as old as a put began to the millisecond counts as younger. */
  private static void awaitNextMilliseconds() {
    long now = System.currentTimeMillis();
    await().pollInterval(1, MILLISECONDS).until(() -> System.currentTimeMillis() > now + 3);
  }

  @AfterAll
  void end() {
    fleet.close();
  }

  private String find(String type) {
    return find(type, id);
  }

  private static String find(String type, int id) {
    return (type.equals("flux") ? "list " : "find ") + id;
  }

  private void begin(String type, String name) {
    assertThat(one.ask("begin " + type + " " + id + " " + name)).isEqualTo("begun");
  }

  private void go(String type, String name) {
    assertThat(one.ask("go " + type)).contains(name);
  }

  private void assertPut(String type, String name) {
    String runs = other.ask("runs");
    assertThat(other.ask(find(type))).as(type).isEqualTo(name);
    assertThat(other.ask("runs")).as("runs of the other's bodies, %s", type).isEqualTo(runs);
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Fleet#kindsOnEachJdk")
  void put_whateverTellsItsKey_isThereForTheOther(Kind kind, Jdk jdk) {
    take(kind, jdk);
    for (String type : TYPES) {
      for (boolean isThere : new boolean[] {false, true}) {
        agree();
        if (isThere) {
          Fleet.awaitAgreed(one, other, find(type));
          awaitNextMilliseconds();
        }
        begin(type, "put-" + type);
        go(type, "put-" + type);

        assertPut(type, "put-" + type);
      }
    }
    for (String type : SOURCES) {
      agree();
      begin(type, "put-" + type);
      for (int subscription = 0; subscription < 3; subscription++) {
        go(type, "put-" + type);
        assertPut(type, "put-" + type);
      }
    }
    assertThat(one.ask("errors products")).isEqualTo("0");
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Fleet#kindsOnEachJdk")
  void put_ofWhichTheOtherHasRemovedSomethingMeanwhile_isNotStored(Kind kind, Jdk jdk) {
    take(kind, jdk);
    for (String removal : List.of("evictKey", "evictTag category:tools", "clear", "clearAll")) {
      for (boolean isThere : new boolean[] {false, true}) {
        Map<String, Integer> ids = beginOfEach(isThere);
        remove(removal, ids.values());
        List<String> types = new ArrayList<>(TYPES);
        if (isThere) {
          Collections.reverse(types); // so that each comes soon after a removal
        }
        for (String type : types) {
          go(type, "put-" + type);

          String what = type + " behind " + removal;
          assertThat(other.ask(find(type, ids.get(type)))).as(what).startsWith("run-");
        }
        for (String type : types) {
          String what = type + " behind " + removal;
          String find = find(type, ids.get(type));
          Fleet.awaitAgreed(one, other, find); // who knows of a clear 100 ms later
          assertThat(one.ask(find)).as(what).startsWith("run-");
        }
      }
    }
  }

  /** Begins a put of each type, each with an argument of its own, which it gives. */
  private Map<String, Integer> beginOfEach(boolean isThere) {
    Map<String, Integer> ids = new HashMap<>();
    agree();
    for (String type : TYPES) {
      id++;
      ids.put(type, id);
      if (isThere) {
        Fleet.awaitAgreed(one, other, find(type));
      }
      begin(type, "put-" + type);
    }
    return ids;
  }

  private void remove(String removal, Collection<Integer> ids) {
    if (removal.equals("evictKey")) {
      ids.forEach(each -> other.ask("evictKey " + each));
    } else {
      other.ask(removal);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Fleet#kindsOnEachJdk")
  void put_behindOneThatTheOtherHasMadeMeanwhile_evicts(Kind kind, Jdk jdk) {
    take(kind, jdk);
    for (String type : TYPES) {
      agree();
      begin(type, "older");
      assertThat(other.ask("begin " + type + " " + id + " younger")).isEqualTo("begun");
      assertThat(other.ask("go " + type)).contains("younger");
      go(type, "older");

      assertThat(other.ask(find(type))).as(type).startsWith("run-");
      assertThat(one.ask(find(type))).as(type).startsWith("run-");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.larder.harness.e2e.Fleet#kindsOnEachJdk")
  void put_thatRemovesAnotherTagAsWell_isStored(Kind kind, Jdk jdk) {
    take(kind, jdk);
    for (int i = 0; i < 3; i++) {
      agree();
      assertThat(one.ask("beside " + id + " beside-" + i)).contains("beside-" + i);
      assertThat(other.ask("find " + id)).isEqualTo("beside-" + i);
    }
  }
}
