/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.App.Run;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A JVM that observes, and what is advised on it. */
class ObserveIT {

  private static final Jdk JDK = Jdk.all().findFirst().orElseThrow();

  private static final String METHODS =
      "cache.all.methods=com.acme.shop.Wares.*(..);cache.all.except=com.acme.shop.Wares.bodies()";

  @OnEachJdk
  void observingJvm_cachesNothing_andIsAdvisedAFileByWhichItsMethodsHit(Jdk jdk)
      throws IOException {
    String bare;
    String bodies;
    try (Talking talking = Talking.to(app(), jdk)) {
      bare = talking.ask("work");
      bodies = talking.ask("bodies");
    }
    Path folder = App.fresh("advice");
    Path proposal = folder.resolve("larder.properties");
    Path report = folder.resolve("report.json");
    App observed =
        app().agent("mode=observe;backend=redis;redis.uri=redis://127.0.0.1:1;" + METHODS);
    try (Talking talking = Talking.to(observed, jdk)) {
      assertThat(talking.ask("work")).as("results, as of a bare run").isEqualTo(bare);
      assertThat(talking.ask("bodies")).as("bodies, as of a bare run").isEqualTo(bodies);
      assertThat(talking.ask("attached")).isEqualTo("true");
      assertThat(talking.ask("evict all")).isEqualTo("0");
      assertThat(talking.ask("stats prices")).isEqualTo("0 0 300 0");
      assertThat(talking.err())
          .as("what Larder said: the start line alone")
          .singleElement()
          .asString()
          .contains("observes and caches nothing");

      Files.writeString(proposal, ok(jdk, "advise", talking.pid()).out());
      Files.writeString(report, ok(jdk, "advise", talking.pid(), "--json").out());
      assertThat(ok(jdk, "status", talking.pid()).out().lines())
          .contains("mode: observe", "entries: 0");
    }
    assertProposes(Files.readString(proposal));
    assertThat(ok(jdk, "check", proposal.toString(), "--classpath", app().classPath()).out())
        .contains("no fault; 5 caches")
        .doesNotContain("matches no method", "refused: com.acme");

    try (Talking talking = Talking.to(app().agent(proposal.toString()), jdk)) {
      talking.ask("work");
      for (String cache : List.of("find", "search", "later", "maybe")) {
        assertMostlyHits(talking.ask("stats Wares." + cache));
      }
      assertMostlyHits(talking.ask("stats prices"));
    }

    assertThat(ok(jdk, "advise", report.toString()).out())
        .contains("cache.Wares.find.methods = com.acme.shop.Wares.find(long)");
    assertThat(ok(jdk, "advise", report.toString(), "--json").out())
        .contains("\"verdict\":\"cache\"", "\"verdict\":\"not-safe\"", "\"cache\":\"Wares.find\"");
  }

  @Test
  void conditionOrKeyThatFails_isTheApplicationsAndNoFailureOfLarders() {
    App observed =
        app()
            .agent(
                "mode=observe;cache.a.methods=com.acme.shop.Wares.find(long);"
                    + "cache.a.condition=p0 / 0 > 1;"
                    + "cache.b.methods=com.acme.shop.Wares.search(..);cache.b.key={1 / 0}");
    try (Talking talking = Talking.to(observed, JDK)) {
      talking.ask("work");
      assertThat(talking.err())
          .as("the start line and one warning")
          .hasSize(2)
          .last()
          .asString()
          .contains("WARN com.acme.shop.Wares.find: a call is not observed", "/ by zero");
      assertThat(ok(JDK, "advise", talking.pid()).out())
          .contains("no key can be made of its arguments: its key: / by zero");
    }
  }

  /** Of 300 calls of ten keys, however often a second passes meanwhile. */
  private static void assertMostlyHits(String stats) {
    String[] figures = stats.split(" ");
    assertThat(Integer.parseInt(figures[0])).as("hits of %s", stats).isGreaterThan(200);
    assertThat(figures[2]).as("bypassed of %s", stats).isEqualTo("0");
  }

  private static void assertProposes(String proposal) {
    assertThat(proposal)
        .contains(
            "cache.Wares.find.methods = com.acme.shop.Wares.find(long)",
            "cache.Wares.search.methods = com.acme.shop.Wares.search(String, int)",
            "cache.Wares.later.methods = com.acme.shop.Wares.later(long)",
            "cache.Wares.maybe.methods = com.acme.shop.Wares.maybe(long)",
            "cache.prices.ttl = ")
        .doesNotContain("cache.prices.methods", "mode =");
    assertThat(reasonFor("Wares.token(String)", proposal)).startsWith("not safe: results differ");
    assertThat(reasonFor("Wares.annotatedToken(String)", proposal)).startsWith("not safe: ");
    assertThat(proposal).contains("#     cache.com.acme.shop.Wares.annotatedToken.enabled = false");
    assertThat(reasonFor("Wares.once(long)", proposal)).startsWith("not worth it: no repeats");
    assertThat(reasonFor("Wares.quick(int)", proposal)).startsWith("not worth it: its body takes");
    assertThat(reasonFor("Wares.evaluated(java.util.function.IntSupplier)", proposal))
        .startsWith("not possible: no key")
        .contains("parameter number", "lambda");
    assertThat(reasonFor("Wares.opened(long)", proposal))
        .startsWith("not possible: its results cannot be compared");
    assertThat(reasonFor("Wares.failing(long)", proposal)).startsWith("not worth it: 300 of 300");
  }

  private static String reasonFor(String method, String proposal) {
    List<String> lines = Arrays.asList(proposal.split("\n"));
    int at = lines.indexOf("#   com.acme.shop." + method);
    assertThat(at).as("%s is listed in%n%s", method, proposal).isNotNegative();
    return lines.get(at + 1).substring("#     ".length());
  }

  @OnEachJdk
  void servletsAnswers_ofAnObservingJvm_areThoseOfABareOne(Jdk jdk) {
    App bare = Container.TOMCAT_10.running("servlet", "/shop");
    App observed =
        Container.TOMCAT_10
            .running("servlet", "/shop")
            .file(
                "larder.properties",
                """
                mode = observe
                http.all.paths = /**
                http.all.store = 60s
                http.all.cache-control = public, max-age=60
                """)
            .agent();
    try (ServerApp without = ServerApp.start(bare, jdk);
        ServerApp with = ServerApp.start(observed, jdk)) {
      for (String path : List.of("/shop/plain/a", "/shop/stored/a", "/shop/stored/a")) {
        HttpResponse<String> expected = without.get(path);
        HttpResponse<String> answer = with.get(path);
        assertThat(answer.statusCode()).isEqualTo(expected.statusCode());
        assertThat(answer.headers().map().keySet())
            .as(path)
            .isEqualTo(expected.headers().map().keySet())
            .doesNotContain("ETag", "etag", "Cache-Status", "cache-status");
        assertThat(answer.body().replaceAll("[0-9]+", ""))
            .isEqualTo(expected.body().replaceAll("[0-9]+", ""));
      }
    }
  }

  @OnEachJdk
  void suspendFunctions_ofAnObservingJvm_giveWhatTheyGiveInABareOne(Jdk jdk)
      throws IOException, InterruptedException {
    App shop =
        App.named("kotlin")
            .mainClass("ShopKt")
            .library(KotlinClasses.compiled())
            .libraries("kotlin");
    Run bare = shop.run(jdk).ok();
    Run observed = shop.agent("mode=observe").run(jdk).ok();
    assertSame(bare, observed, "evicted=", "put=", "quick=", "tail=", "open=", "sum=", "self=");
    observed.onlyStartLine();
  }

  @OnEachJdk
  void reactiveTypes_ofAnObservingJvm_giveWhatTheyGiveInABareOne(Jdk jdk) {
    Run bare = App.named("reactive").libraries("reactive").run(jdk).ok();
    Run observed = App.named("reactive").libraries("reactive").agent("mode=observe").run(jdk).ok();
    assertSame(bare, observed, "small=", "large=", "context=", "cancelled=", "maybe=", "uni=");
    observed.onlyStartLine();
  }

  private static void assertSame(Run bare, Run observed, String... lines) {
    for (String line : lines) {
      assertThat(observed.line(line)).as(line).isEqualTo(bare.line(line));
    }
  }

  @Test
  void advise_ofAJvmThatCaches_saysHowToObserve() {
    try (Talking talking = Talking.to(app().agent(METHODS), JDK)) {
      talking.ask("bodies");

      Command advise = Command.of(JDK, "advise", talking.pid());

      assertThat(advise.exit()).isEqualTo(1);
      assertThat(advise.err()).contains("mode = observe").doesNotContain("\tat ");
      assertThat(advise.out()).isEmpty();
    }
  }

  @Test
  void advise_ofAJvmInWhichNothingWasCalled_saysSo() {
    try (Talking talking = Talking.to(app().agent("mode=observe"), JDK)) {
      talking.ask("attached");

      assertThat(ok(JDK, "advise", talking.pid()).out().lines())
          .allMatch(line -> line.startsWith("# "))
          .anyMatch(line -> line.contains("No call has ended"));
    }
  }

  @Test
  void advise_ofWhatIsNoReport_saysWhyAndWhatOneIs() throws IOException {
    Path folder = App.fresh("no-reports");
    Path noJson = Files.writeString(folder.resolve("text"), "cache.a.ttl = 5m");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"a\":1}");
    Path cutOff = Files.writeString(folder.resolve("cut.json"), "{\"version\":1,\"meth");
    Path later = Files.writeString(folder.resolve("later.json"), "{\"version\":99}");
    for (Path each : List.of(folder.resolve("missing"), noJson, other, cutOff, later, folder)) {
      Command advise = Command.of(JDK, "advise", each.toString());

      assertThat(advise.exit()).as("%s", each).isEqualTo(1);
      assertThat(advise.err())
          .contains(each.toString(), "advise PID --json")
          .doesNotContain("\tat ");
    }
    for (String[] wrong : new String[][] {{"advise", ""}, {"advise", "9".repeat(20)}, {"advise"}}) {
      assertThat(Command.of(JDK, wrong).exit()).as("%s", Arrays.asList(wrong)).isEqualTo(2);
    }
  }

  private static App app() {
    return App.named("observed").mainClass("com.acme.shop.Main");
  }

  private static Command ok(Jdk jdk, String... arguments) {
    Command ended = Command.of(jdk, arguments);
    assertThat(ended.exit()).as("%s: %s", String.join(" ", arguments), ended.err()).isZero();
    assertThat(ended.err()).as("standard error").isEmpty();
    return ended;
  }
}
