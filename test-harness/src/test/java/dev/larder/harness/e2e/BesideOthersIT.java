/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;

/** Another instrumentation of the very method that is cached, put in and taken out at run time. */
class BesideOthersIT {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String PRICES = "cache.prices.methods = Main$Shop.price(..)\n";

  @OnEachJdkAtOnce
  void other_putInLater_countsEachCallAndGoesWithoutATrace(Jdk jdk) throws IOException {
    try (Talking app = running(app().agent().file("larder.properties", PRICES), jdk)) {
      assertThat(isCached(app)).isTrue();

      app.ask("count");
      assertThat(isCached(app)).isTrue();
      assertThat(app.ask("counted")).as("hits too").isEqualTo("2");

      app.ask("again");
      assertThat(isCached(app)).isTrue();
      assertThat(app.ask("counted")).isEqualTo("4");

      app.ask("stop");
      assertThat(isCached(app)).isTrue();
      assertThat(app.ask("counted")).isEqualTo("4");
    }
  }

  @OnEachJdkAtOnce
  void removal_atRunTime_leavesTheOthersWorkInPlace(Jdk jdk) throws IOException {
    App app = app().agent().file("larder.properties", PRICES);
    try (Talking talking = running(app, jdk)) {
      talking.ask("count");
      assertThat(isCached(talking)).isTrue();

      write(app, "cache.others.methods = Main$Shop.other(..)\n");
      await().atMost(LONG).until(() -> !isCached(talking));
      int before = Integer.parseInt(talking.ask("counted"));
      talking.ask("price");
      assertThat(talking.ask("counted")).isEqualTo(String.valueOf(before + 1));
      assertThat(talking.ask("other")).isEqualTo(talking.ask("other"));

      write(app, PRICES + "enabled = false\n");
      await().atMost(LONG).until(() -> !talking.ask("other").equals(talking.ask("other")));
      assertThat(isCached(talking)).isFalse();
      assertThat(talking.ask("counted")).isEqualTo(String.valueOf(before + 3));
    }
  }

  /** As an IDE or a debugger does it: HotSwap. */
  @OnEachJdkAtOnce
  void class_redefinedWithOtherBodies_keepsWhatIsStoredAndCachesWhatTheNewOnesGive(Jdk jdk) {
    App attachedTo = app().file("larder.properties", PRICES);
    try (Talking atTheStart = running(app().agent().file("larder.properties", PRICES), jdk);
        Talking attached = running(attachedTo, jdk)) {
      assertThat(Command.of(jdk, "attach", attached.pid()).exit()).isZero();
      for (Talking each : List.of(atTheStart, attached)) {
        String stored = each.ask("price");
        assertThat(stored).isNotEqualTo("7000").isEqualTo(each.ask("price"));

        each.ask("swap");
        assertThat(each.ask("other")).as("the new body of what is not cached").isEqualTo("7000");
        assertThat(each.ask("price")).as("what the old body gave").isEqualTo(stored);

        each.ask("clear");
        int hits = Integer.parseInt(each.ask("hits"));
        assertThat(each.ask("price")).as("what the new body gives").isEqualTo("7000");
        assertThat(each.ask("price")).isEqualTo("7000");
        assertThat(each.ask("hits")).isEqualTo(String.valueOf(hits + 1));
      }
    }
  }

  @OnEachJdkAtOnce
  void agent_attachedBesideAnother_leavesItsWorkAndGoesFromIt(Jdk jdk) throws IOException {
    App app = app().file("larder.properties", PRICES);
    try (Talking talking = running(app, jdk)) {
      talking.ask("count");
      talking.ask("price");
      assertThat(talking.ask("counted")).isEqualTo("1");

      assertThat(Command.of(jdk, "attach", talking.pid()).exit()).isZero();
      assertThat(isCached(talking)).isTrue();
      int before = Integer.parseInt(talking.ask("counted"));
      assertThat(before).as("the body that ran was counted").isGreaterThan(1);

      write(app, "# nothing\n");
      await().atMost(LONG).until(() -> !isCached(talking));
      before = Integer.parseInt(talking.ask("counted"));
      talking.ask("price");
      assertThat(talking.ask("counted")).isEqualTo(String.valueOf(before + 1));
    }
  }

  @OnEachJdkAtOnce
  void removal_afterAnAttach_restoresTheBytesThatOthersSee(Jdk jdk) throws IOException {
    // Older JVMs leave names out of what they show, which Larder puts back
    App app = app().withoutParameterNames().file("larder.properties", PRICES);
    try (Talking talking = running(app, jdk)) {
      talking.ask("count");
      talking.ask("bytes"); // from which on the JVM keeps the class's own
      String before = talking.ask("bytes");

      assertThat(Command.of(jdk, "attach", talking.pid()).exit()).isZero();
      assertThat(isCached(talking)).isTrue();
      ByteBuddyAgent.attach(
          App.asAgent("Main").toFile(), talking.pid()); // behind Larder, as it comes later
      assertThat(talking.ask("bytes")).as("woven").isNotEqualTo(before);
      assertThat(talking.ask("bytes")).isEqualTo(talking.ask("bytes"));
      assertThat(isCached(talking)).as("after it was transformed again").isTrue();

      for (String removal : List.of("enabled = false\n", "cache.prices.enabled = false\n")) {
        write(app, PRICES + removal);
        await(removal).atMost(LONG).until(() -> talking.ask("bytes").equals(before));
        assertThat(isCached(talking)).as(removal).isFalse();

        write(app, PRICES);
        await().atMost(LONG).until(() -> isCached(talking));
        await().atMost(LONG).until(() -> !talking.ask("bytes").equals(before));
      }

      write(app, "# nothing\n");
      await().atMost(LONG).until(() -> talking.ask("bytes").equals(before));
      int counted = Integer.parseInt(talking.ask("counted"));
      talking.ask("price");
      assertThat(talking.ask("counted")).isEqualTo(String.valueOf(counted + 1));
    }
  }

  @OnEachJdkAtOnce
  void removal_beneathAnotherThatCameLater_leavesTheBytesThatItMakesAlone(Jdk jdk)
      throws IOException {
    App app = app().withoutParameterNames().file("larder.properties", PRICES);
    String alone;
    try (Talking talking = running(app().withoutParameterNames(), jdk)) {
      alone = counting(talking);
    }
    try (Talking talking = running(app, jdk)) {
      assertThat(Command.of(jdk, "attach", talking.pid()).exit()).isZero();
      assertThat(isCached(talking)).isTrue();
      assertThat(counting(talking)).as("woven").isNotEqualTo(alone);
      assertThat(isCached(talking)).isTrue();

      write(app, PRICES + "enabled = false\n");

      await().atMost(LONG).until(() -> talking.ask("bytes").equals(alone));
      int counted = Integer.parseInt(talking.ask("counted"));
      assertThat(isCached(talking)).isFalse();
      assertThat(talking.ask("counted")).isEqualTo(String.valueOf(counted + 2));
    }
  }

  /** Has an agent that comes after all others count; the bytes that it has made then. */
  private static String counting(Talking app) throws IOException {
    ByteBuddyAgent.attach(App.asAgent("Main").toFile(), app.pid());
    app.ask("bytes"); // from which on the JVM keeps the class's own
    app.ask("count");
    return app.ask("bytes");
  }

  private static App app() {
    return App.named("beside").libraries("byte-buddy").jvm("-XX:+EnableDynamicAgentLoading");
  }

  private static Talking running(App app, Jdk jdk) {
    Talking talking = Talking.to(app, jdk);
    assertThat(talking.listen()).isEqualTo("runs");
    return talking;
  }

  private static boolean isCached(Talking app) {
    return app.ask("price").equals(app.ask("price"));
  }

  private static void write(App app, String text) throws IOException {
    Path file = app.directory().resolve("larder.properties");
    Files.writeString(file, text);
  }
}
