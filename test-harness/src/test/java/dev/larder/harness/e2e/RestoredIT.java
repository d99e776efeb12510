/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is left of Larder in a class that was woven as it was loaded, once it is switched off. */
class RestoredIT {

  private static final Duration LONG = Duration.ofSeconds(30);

  /** How the JDK's words begin for a call site of Larder's. */
  private static final String SITE = "InvokeDynamic #:miss:";

  private static final String ALL = "cache.all.methods = Main$Shop.*(..)\n";

  @OnEachJdkAtOnce
  void removal_ofWhatWasWovenAtTheStart_leavesTheInstructionsThatWereThere(Jdk jdk) {
    App bare = app();
    App app = app().agent().file("larder.properties", ALL);
    try (Talking without = running(bare, jdk);
        Talking with = running(app, jdk)) {
      String code = code(bare, without);
      for (String off :
          List.of(ALL + "enabled = false\n", ALL + "cache.all.enabled = false\n", "# none\n")) {
        await().atMost(LONG).until(() -> isCached(with, "double"));
        assertThat(code(app, with)).contains(SITE).isNotEqualTo(code);

        app.file("larder.properties", off);

        await(off).atMost(LONG).untilAsserted(() -> assertThat(code(app, with)).isEqualTo(code));
        assertAsWithout(with, without);
        app.file("larder.properties", ALL);
      }
      assertThat(with.err()).as("what Larder said").hasSize(1);
    }
  }

  @OnEachJdkAtOnce
  void removal_aboveWhatAnotherHasWovenAtTheStart_leavesThat(Jdk jdk) {
    String other = "-javaagent:" + App.asAgent("Main");
    App bare = app().jvm(other);
    App app = app().jvm(other).agent().file("larder.properties", ALL);
    try (Talking without = running(bare, jdk);
        Talking with = running(app, jdk)) {
      assertThat(isCached(with, "price")).isTrue();

      app.file("larder.properties", ALL + "enabled = false\n");

      // Before an agent transforms the class again to see its code: what was never called goes too
      await().atMost(LONG).until(() -> !isCached(with, "price"));
      String code = code(bare, without);
      await().atMost(LONG).untilAsserted(() -> assertThat(code(app, with)).isEqualTo(code));
      assertThat(countedBy(with, "price")).isEqualTo(1);
      assertAsWithout(with, without);
    }
  }

  /** What stands above cannot be told from what it was written into: calls find nothing there. */
  @OnEachJdkAtOnce
  void removal_beneathWhatAnotherHasWovenAtTheStart_leavesCallSitesThatDoNothing(Jdk jdk) {
    String other = "-javaagent:" + App.asAgent("Main");
    App bare = app().jvm(other);
    App app = app().agent().jvm(other).file("larder.properties", ALL);
    try (Talking without = running(bare, jdk);
        Talking with = running(app, jdk)) {
      assertThat(isCached(with, "price")).isTrue();
      assertThat(countedBy(with, "price")).as("hits too").isEqualTo(1);

      app.file("larder.properties", ALL + "enabled = false\n");

      await().atMost(LONG).until(() -> !isCached(with, "price"));
      assertThat(countedBy(with, "price")).isEqualTo(1);
      assertAsWithout(with, without);
      assertThat(code(app, with)).contains(SITE);
    }
  }

  /** Bodies run, and neither they nor what they throw know of anything below them. */
  private static void assertAsWithout(Talking with, Talking without) {
    assertThat(isCached(with, "price")).isFalse();
    assertThat(isCached(with, "double")).isFalse();
    assertThat(frames(with)).isEqualTo(frames(without)).doesNotContain("dev.larder");
    assertThat(with.ask("thrown")).isEqualTo(without.ask("thrown")).contains("Main$Shop.price");
  }

  private static String frames(Talking app) {
    String said = app.ask("frames");
    return said.substring(0, said.lastIndexOf(' '));
  }

  private static int countedBy(Talking app, String question) {
    int before = Integer.parseInt(app.ask("counted"));
    app.ask(question);
    return Integer.parseInt(app.ask("counted")) - before;
  }

  /**
   * The instructions, lines and handlers of the class as agents see it, in the JDK's own words, the
   * methods in order: theirs is that of names in the JVM's memory.
   */
  private static String code(App app, Talking talking) {
    talking.ask("file");
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    String file = app.directory().resolve("Shop.class").toString();
    assertThat(javap.run(out, out, "-p", "-c", "-l", file)).as("%s", text).isZero();
    String said = text.toString().replaceAll("#\\d+", "#").replaceFirst("}\\s*$", "");
    return Stream.of(said.split("\\R(?=  \\S.*;\\R)"))
        .map(String::stripTrailing)
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static boolean isCached(Talking app, String question) {
    return app.ask(question).equals(app.ask(question));
  }

  private static App app() {
    return App.named("beside").libraries("byte-buddy").jvm("-XX:+EnableDynamicAgentLoading");
  }

  private static Talking running(App app, Jdk jdk) {
    Talking talking = Talking.to(app, jdk);
    assertThat(talking.listen()).isEqualTo("runs");
    return talking;
  }
}
