/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.Fleet.Kind;
import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands by which somebody sees and steers a running JVM from outside. */
@ExtendWith(Servers.class)
class SteeringIT {

  private static final Jdk JDK = Jdk.all().findFirst().orElseThrow();

  @OnEachJdk
  void commands_ofAJvmThatCachesInMemory_seeAndRemoveEntries(Jdk jdk) {
    App app = App.named("remote").agent("prefix=shop;http.pages.paths=/page/**");
    try (Talking talking = Talking.to(app, jdk)) {
      String kept = talking.ask("users 2");
      String removed = talking.ask("users 1");
      talking.ask("us 7");
      assertThat(talking.ask("us 7")).isEqualTo(talking.ask("us 7"));
      String keyed = talking.ask("keyed 1");
      String tagged = talking.ask("tagged 1");

      Command status = ok(jdk, "status", talking.pid());
      assertThat(status.out().lines())
          .contains("backend: memory", "prefix: shop", "caches: 4", "rules: 1", "entries: 5");
      assertThat(ok(jdk, "status", talking.pid(), "--json").out())
          .contains("\"enabled\":true,\"backend\":\"memory\",\"prefix\":\"shop\",\"file\":null")
          .contains("\"caches\":4,\"rules\":1,\"entries\":5,\"backends\":{}");

      assertThat(ok(jdk, "stats", talking.pid()).out().lines())
          .hasSize(6)
          .first()
          .asString()
          .containsSubsequence("cache", "hits", "misses", "bypassed", "mean ms", "entries");
      assertThat(ok(jdk, "stats", talking.pid(), "us", "--json").out())
          .startsWith("[{\"cache\":\"us\",\"hits\":2,\"misses\":1,\"bypassed\":0,\"stale\":0,")
          .contains("\"loads\":1,\"loadNanos\":")
          .contains("\"errors\":0,\"entries\":1,");

      assertThat(ok(jdk, "evict", talking.pid(), "users", "1", "EUR").out())
          .startsWith("1 entry removed");
      assertThat(talking.ask("users 1")).isNotEqualTo(removed);
      assertThat(talking.ask("users 2")).isEqualTo(kept);
      assertThat(ok(jdk, "evict", talking.pid(), "keyed", "--key", "1").out()).startsWith("1 ");
      assertThat(talking.ask("keyed 1")).isNotEqualTo(keyed);
      assertThat(ok(jdk, "evict", talking.pid(), "--tag", "all").out()).startsWith("1 ");
      assertThat(talking.ask("tagged 1")).isNotEqualTo(tagged);

      assertThat(ok(jdk, "clear", talking.pid(), "users").out()).startsWith("2 entries removed");
      assertThat(talking.ask("users 2")).isNotEqualTo(kept);
      assertThat(ok(jdk, "clear", talking.pid()).out()).startsWith("4 entries removed");
      assertThat(talking.err())
          .as("what Larder said in the JVM")
          .filteredOn(line -> line.startsWith("[larder]"))
          .hasSize(1);
    }
  }

  @Test
  void commands_ofACacheThatNobodyKnows_nameThoseThatThereAre() {
    try (Talking talking = Talking.to(App.named("remote").agent(), JDK)) {
      talking.ask("us 1");
      talking.ask("users 1");

      for (List<String> about :
          List.of(
              List.of("stats"),
              List.of("clear"),
              List.of("evict", "7"),
              List.of("evict", "--key=7"))) {
        List<String> arguments = new ArrayList<>(List.of(about.get(0), talking.pid(), "use"));
        arguments.addAll(about.subList(1, about.size()));
        Command unknown = Command.of(JDK, arguments.toArray(new String[0]));

        boolean asks = about.get(0).equals("stats");
        assertThat(unknown.exit()).as("%s", about).isEqualTo(asks ? 1 : 0);
        assertThat(unknown.out()).as("%s", about).isEqualTo(asks ? "" : "0 entries removed\n");
        assertThat(unknown.err()).contains("named use", "us, users").doesNotContain("\tat ");
      }
    }
  }

  @OnEachJdk
  void command_ofAJvmThatHasStopped_endsAndSaysSo(Jdk jdk) {
    try (Talking talking = Talking.to(App.named("remote").agent(), jdk)) {
      talking.ask("us 1");
      ok(jdk, "status", talking.pid()); // from here on the JVM's socket is there to connect to
      talking.signal("STOP");
      Command stats;
      try {
        stats =
            Command.of(
                jdk, List.of("-Dsun.tools.attach.attachTimeout=2000"), "stats", talking.pid());
      } finally {
        talking.signal("CONT");
      }

      assertThat(stats.exit()).isEqualTo(1);
      assertThat(stats.err())
          .startsWith("JVM " + talking.pid() + " has not answered for 2.0 s")
          .doesNotContain("\tat ");
      assertThat(ok(jdk, "stats", talking.pid(), "us").out()).contains("us");
    }
  }

  @OnEachJdk
  void evict_byArgumentsThatNoMethodTakes_namesTheMethods(Jdk jdk) {
    try (Talking talking = Talking.to(App.named("remote").agent(), jdk)) {
      talking.ask("users 1");
      talking.ask("keyed 1");

      Command misfit = Command.of(jdk, "evict", talking.pid(), "users", "first", "EUR");
      Command keyed = Command.of(jdk, "evict", talking.pid(), "keyed", "1");

      assertThat(misfit.exit()).isEqualTo(1);
      assertThat(misfit.err())
          .contains("no method of users takes (first, EUR); it has ", "(long, java.lang.String)");
      assertThat(keyed.exit()).isEqualTo(1);
      assertThat(keyed.err()).contains("the methods of keyed have keys of their own", "--key");
      assertThat(ok(jdk, "evict", talking.pid(), "users", "2", "EUR").out()).startsWith("0 ");
    }
  }

  @Test
  void commands_ofAJvmWithoutLarder_sayWhatToDo() {
    try (Talking talking = Talking.to(App.named("remote"), JDK)) {
      assertThat(talking.ask("runs")).isEqualTo("0");

      Command stats = Command.of(JDK, "stats", talking.pid());

      assertThat(stats.exit()).isEqualTo(1);
      assertThat(stats.err()).contains("not at work", "attach").doesNotContain("\tat ");
      assertThat(talking.err()).noneMatch(line -> line.startsWith("[larder]"));
    }
  }

  @Test
  void evict_byAJvmThatHasNotCalledTheMethod_removesWhatAnotherHasStored(RedisServer redis) {
    try (Fleet fleet = new Fleet(redis, null, null)) {
      var both = fleet.two(JDK, Kind.REDIS, "prefix=steered");
      Talking stores = both.get(0);
      Talking steered = both.get(1);
      String removed = stores.ask("users 1");
      String kept = stores.ask("users 2");
      String tagged = stores.ask("tagged 1");

      assertThat(ok(JDK, "evict", steered.pid(), "users", "1", "EUR").out()).startsWith("1 entry");
      assertThat(stores.ask("users 1")).isNotEqualTo(removed);
      assertThat(stores.ask("users 2")).isEqualTo(kept);
      assertThat(ok(JDK, "evict", steered.pid(), "--tag", "all").out()).contains("cannot say");
      assertThat(stores.ask("tagged 1")).isNotEqualTo(tagged);
      assertThat(ok(JDK, "status", steered.pid()).out().lines())
          .contains("backend: redis", "redis: serving");

      redis.pause();
      try {
        assertThat(ok(JDK, "clear", steered.pid(), "users").out()).contains("removed");
        assertThat(ok(JDK, "status", steered.pid(), "--json").out())
            .contains("\"backends\":{\"redis\":\"out\"}");
      } finally {
        redis.resume();
      }
    }
  }

  private static Command ok(Jdk jdk, String... arguments) {
    Command ended = Command.of(jdk, arguments);
    assertThat(ended.exit()).as("%s: %s", String.join(" ", arguments), ended.err()).isZero();
    assertThat(ended.err()).as("standard error").isEmpty();
    return ended;
  }
}
