/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The configuration's file changed beneath an application that runs. */
class ReloadIT {

  /** The contract's 5 seconds are those of a machine at rest. */
  private static final Duration LONG = Duration.ofSeconds(30);

  @OnEachJdkAtOnce
  void policies_changedWhileRunning_holdAtOnceAndEntriesStay(Jdk jdk) {
    App app = App.named("running").agent();
    Path file = write(app, "cache.marked.ttl = 1h\n");
    try (Talking talking = running(app, jdk)) {
      String kept = talking.ask("marked 1");
      assertThat(talking.ask("marked 1")).isEqualTo(kept);

      write(file, "cache.marked.ttl = 0\n");
      awaitUncached(talking, "marked 1");
      await("hits and entries")
          .atMost(LONG)
          .untilAsserted(() -> assertThat(talking.ask("stats 0 marked")).endsWith(" 0"));

      write(file, "cache.marked.ttl = 1h\ncache.marked.max-entries = 500\n");
      awaitCached(talking, "marked 2");
      kept = talking.ask("marked 2");
      write(file, "cache.marked.ttl = 2h\ncache.other.methods = Main.plain(..)\n");
      awaitCached(talking, "plain 2");
      assertThat(talking.ask("marked 2")).as("kept by the settings before").isEqualTo(kept);

      write(file, "enabled = false\n");
      awaitUncached(talking, "marked 2");
      awaitUncached(talking, "plain 2");
      assertThat(larder(talking)).hasSize(1);
    }
  }

  @OnEachJdkAtOnce
  void cache_offFromTheStart_countsItsCallsUntilItHasBeenOn(Jdk jdk) {
    App app = App.named("running").agent();
    Path file = write(app, "cache.marked.enabled = false\n");
    try (Talking talking = running(app, jdk)) {
      assertUncached(talking, "marked 1");
      assertThat(talking.ask("bypassed 0 marked")).isEqualTo("3"); // one at its start

      write(file, "cache.marked.enabled = false\ncache.other.methods = Main.plain(..)\n");
      awaitCached(talking, "plain 1");
      assertUncached(talking, "marked 1");
      assertThat(talking.ask("bypassed 0 marked")).as("after another change").isEqualTo("5");

      write(file, "cache.marked.enabled = true\n");
      awaitCached(talking, "marked 1");
      write(file, "cache.marked.enabled = false\n");
      awaitUncached(talking, "marked 1");
      String counted = talking.ask("bypassed 0 marked");
      assertUncached(talking, "marked 1");
      assertThat(talking.ask("bypassed 0 marked")).as("switched off").isEqualTo(counted);
    }
  }

  @OnEachJdkAtOnce
  void targets_namedAndNoLongerNamed_comeAndGo(Jdk jdk) {
    App app = App.named("running").agent();
    Path file = write(app, "cache.prices.methods = Main$ListPrices.price(..)\n");
    try (Talking talking = running(app, jdk)) {
      assertCached(talking, "price 1");
      assertUncached(talking, "discount 1");

      write(
          file,
          """
          cache.discounts.methods = Main$ListPrices.discount(..)
          cache.children.methods = Main$Adam+.child(..)
          cache.late.methods = Main$Late.*(..)
          cache.children.evict-on = Main.change(..)
          cache.children.evict-all = true
          """);
      awaitCached(talking, "discount 1"); // one method after the other, in no order
      awaitUncached(talking, "price 1");
      awaitCached(talking, "child 1");
      awaitCached(talking, "late 1");
      String kept = talking.ask("child 1");
      talking.ask("change 1");
      assertThat(talking.ask("child 1")).as("after an evict").isNotEqualTo(kept);

      write(file, "cache.all.methods = Main$Prices.price(..), Main.plain(..)\n");
      awaitCached(talking, "plain 1");
      talking.ask("price 5"); // shows that the class behind the interface is innermost
      awaitCached(talking, "proxy 1");
      awaitUncached(talking, "discount 1");
      awaitUncached(talking, "child 1");
      assertCached(talking, "marked 1");
      assertThat(larder(talking)).hasSize(1);
    }
  }

  @OnEachJdkAtOnce
  void target_namedWhileRunning_liesUnderTheSpanOfAnAgentListedBehind(Jdk jdk) {
    App app = OtherAgentIT.withOther(App.named("running").agent(), "Main[plain]");
    try (Talking talking = running(app, jdk)) {
      assertUncached(talking, "plain 1");
      write(app, "cache.plain.methods = Main.plain(..)\n");
      awaitCached(talking, "plain 1");

      long before = spans(talking);
      assertCached(talking, "plain 1");

      await("two spans, though both calls hit")
          .atMost(LONG)
          .until(() -> spans(talking) == before + 2);
    }
  }

  private static long spans(Talking app) {
    return app.err().stream().filter(line -> line.contains("'Main.plain'")).count();
  }

  @OnEachJdkAtOnce
  void refusal_ofAMethodWhoseClassIsWovenAgain_isToldOnce(Jdk jdk) {
    String refused = "cache.refused.methods = Main.change(..)\n";
    App app = App.named("running").agent();
    Path file = write(app, refused + "cache.other.methods = Main.plain(..)\n");
    try (Talking talking = running(app, jdk)) {
      assertCached(talking, "plain 1");
      write(file, refused);
      awaitUncached(talking, "plain 1");
      write(file, refused + "cache.other.methods = Main.plain(..)\n");
      awaitCached(talking, "plain 1");
      assertThat(larder(talking)).filteredOn(line -> line.contains("Main.change")).hasSize(1);
    }
  }

  @OnEachJdkAtOnce
  void file_atFault_isReportedAndTheOldOneStays(Jdk jdk) {
    App app = App.named("running").agent();
    Path file = write(app, "on-config-error = exit\ncache.plain.methods = Main.plain(..)\n");
    try (Talking talking = running(app, jdk)) {
      assertCached(talking, "plain 1");

      write(file, "on-config-error = exit\nttl = soon\ncache.plain.enabled = false\n");
      awaitSaid(talking, "1 fault");
      assertThat(talking.err()).anyMatch(line -> line.contains("line 2: ttl"));
      assertCached(talking, "plain 1");

      delete(file);
      awaitSaid(talking, "is gone");
      assertCached(talking, "plain 1");

      write(file, "prefix = other\nredis.password = hunter2\nredis.uri = redis://h:1\n");
      awaitSaid(talking, "prefix, redis.uri, redis.password, which takes a restart");
      awaitUncached(talking, "plain 1");
      assertThat(String.join("\n", talking.err())).doesNotContain("hunter2");
    }
  }

  @OnEachJdkAtOnce
  void file_thatAppears_isTakenUp(Jdk jdk) {
    App app = App.named("running").agent();
    try (Talking talking = running(app, jdk)) {
      assertCached(talking, "marked 1");
      assertUncached(talking, "plain 1");

      write(app, "cache.plain.methods = Main.plain(..)\n");

      awaitCached(talking, "plain 1");
      assertCached(talking, "marked 1");
    }
  }

  /**
   * What was woven after the fact goes by the class's own bytes, and not by neutral sites alone.
   */
  @OnEachJdkAtOnce
  void attachedAgent_takesUpChangesAsWell(Jdk jdk) {
    App app = App.named("running");
    Path file = write(app, "cache.prices.methods = Main$ListPrices.price(..)\n");
    try (Talking talking = running(app, jdk)) {
      assertThat(Command.of(jdk, "attach", talking.pid()).exit()).isZero();
      assertCached(talking, "price 1");
      assertUncached(talking, "plain 1");

      write(file, "cache.plain.methods = Main.plain(..)\n");

      awaitCached(talking, "plain 1");
      awaitUncached(talking, "price 1");
      assertCached(talking, "marked 1");
    }
  }

  @OnEachJdkAtOnce
  void rules_comeChangeAndGo(Jdk jdk) {
    App shop =
        App.named("tomcat").sources("servlet").libraries("tomcat-10").argument("/shop").agent();
    Path file = write(shop, "http.plain.paths = /plain/**\nhttp.plain.cache-control = no-cache\n");
    try (ServerApp server = ServerApp.start(shop, jdk)) {
      assertThat(cacheControl(server, "/shop/plain/a")).isEqualTo("no-cache");
      assertThat(server.get("/shop/stored/a").body())
          .isNotEqualTo(server.get("/shop/stored/a").body());

      write(
          file,
          """
          http.plain.paths = /plain/**
          http.plain.cache-control = public, max-age=60
          http.stored.paths = /stored/**
          http.stored.store = 60s
          """);
      await().atMost(LONG).until(() -> isStored(server));
      assertThat(cacheControl(server, "/shop/plain/a")).contains("max-age=60");

      write(file, "http.stored.paths = /stored/**\nhttp.stored.enabled = false\n");
      await().atMost(LONG).until(() -> !isStored(server));
      assertThat(server.get("/shop/plain/a").headers().firstValue("ETag")).isEmpty();
    }
  }

  private static boolean isStored(ServerApp server) {
    return server.get("/shop/stored/a").body().equals(server.get("/shop/stored/a").body());
  }

  private static String cacheControl(ServerApp server, String path) {
    return server.get(path).headers().firstValue("Cache-Control").orElse("");
  }

  private static Talking running(App app, Jdk jdk) {
    Talking talking = Talking.to(app, jdk);
    assertThat(talking.listen()).isEqualTo("runs");
    return talking;
  }

  private static Path write(App app, String text) {
    return write(app.directory().resolve("larder.properties"), text);
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitCached(Talking app, String question) {
    await(question).atMost(LONG).until(() -> isCached(app, question));
  }

  private static void awaitUncached(Talking app, String question) {
    await(question).atMost(LONG).until(() -> !isCached(app, question));
  }

  private static void awaitSaid(Talking app, String text) {
    await(text).atMost(LONG).until(() -> app.err().stream().anyMatch(l -> l.contains(text)));
  }

  private static void assertCached(Talking app, String question) {
    assertThat(isCached(app, question)).as(question + " is cached").isTrue();
  }

  private static void assertUncached(Talking app, String question) {
    assertThat(isCached(app, question)).as(question + " is cached").isFalse();
  }

  private static boolean isCached(Talking app, String question) {
    return app.ask(question).equals(app.ask(question));
  }

  private static List<String> larder(Talking app) {
    return app.err().stream().filter(line -> line.startsWith("[larder]")).toList();
  }
}
