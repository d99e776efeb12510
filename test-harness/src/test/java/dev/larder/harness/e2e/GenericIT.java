/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import dev.larder.harness.e2e.Fleet.Kind;
import dev.larder.harness.server.MemcachedServer;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import org.junit.jupiter.api.extension.ExtendWith;

/** Methods that are inherited from generic classes: their types are the receiver's class's. */
@ExtendWith(Servers.class)
class GenericIT {

  private final Fleet fleet;

  GenericIT(RedisServer redis, MemcachedServer memcached) {
    this.fleet = new Fleet(redis, memcached, null);
  }

  @OnEachJdk
  void inheritedMethod_withRedis_isCachedAsTheReceiversClassDeclaresIt(Jdk jdk) {
    check(fleet.app("generic", Kind.REDIS, "prefix=generic-" + jdk.feature()), jdk);
  }

  @OnEachJdk
  void inheritedMethod_withMemcached_isCachedAsTheReceiversClassDeclaresIt(Jdk jdk) {
    check(fleet.app("generic", Kind.MEMCACHED, "prefix=generic-" + jdk.feature()), jdk);
  }

  private static void check(App app, Jdk jdk) {
    Run run = app.mainClass("com.acme.shop.Main").run(jdk).ok();

    for (String each : new String[] {"products", "more", "colours", "anonymous"}) {
      assertThat(run.line(each + "=")).as(each).isEqualTo("11");
    }
    for (String each : new String[] {"shapes", "lists"}) {
      assertThat(run.line(each + "="))
          .as("all but an array of another class")
          .isEqualTo("11 array");
    }
    assertThat(run.line("open=")).isEqualTo("false");
    checkKeyed(run);
    assertThat(run.line("evicted=")).as("entries of each repository").isEqualTo("6");
    assertThat(run.err()).as("the start, and these").hasSize(4);
    assertThat(run.err().get(1)).contains("Repository.array", "Main$Shape[]", "Main$Circle[]");
    assertThat(run.err().get(2)).contains("Repository.array", "List<").contains("Product[]>[]");
    assertThat(run.err().get(3)).contains("Repository.one", "Main$Product", "types");
  }

  private static void checkKeyed(Run run) {
    assertThat(run.line("ofProxy=")).isEqualTo("1");
    assertThat(run.line("apart=")).isEqualTo("true");
    assertThat(run.line("put=")).isEqualTo("-1");
  }

  /** Where a key is a text, it belongs to no method: what another type has stored is a miss. */
  @OnEachJdk
  void inheritedMethod_inMemory_givesNoReceiverWhatAnotherDeclares(Jdk jdk) {
    Run run = App.named("generic").mainClass("com.acme.shop.Main").agent().run(jdk).ok();

    checkKeyed(run);
    assertThat(run.line("evicted=")).isEqualTo("7");
    assertThat(run.line("shapes=")).isEqualTo("11");
    assertThat(run.line("open=")).isEqualTo("true");
    run.onlyStartLine();
  }

  /** Texts and lists are equal by content, and a template may leave out what tells the class. */
  @OnEachJdk
  void methodOfWhoseValueOnlyTheCallerKnowsTheClass_givesEachCallerItsOwn(Jdk jdk) {
    Run run = App.named("callers").agent().run(jdk).ok();

    assertThat(run.line("texts=")).isEqualTo("bb bb bb bb");
    assertThat(run.line("lists=")).isEqualTo("[1] [1] [1]");
    assertThat(run.line("named="))
        .isEqualTo("Product[name=a] Order[name=a] Product[name=a] Product[name=a] Order[name=a]");
    for (String cache : new String[] {"longer", "first", "read"}) {
      assertThat(run.line(cache + "=")).as("hits of the first caller's class").isEqualTo("1");
    }
    assertThat(run.line("again=")).isEqualTo("0");
    assertThat(run.line("evicted=")).isEqualTo("1");
    run.onlyStartLine();
  }
}
