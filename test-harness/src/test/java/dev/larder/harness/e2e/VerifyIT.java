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
import java.util.ArrayList;
import java.util.List;

/** Hits that are run again to see whether what they gave is still so. */
class VerifyIT {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Jdk JDK = Jdk.all().findFirst().orElseThrow();

  @OnEachJdkAtOnce
  void staleHit_isServedAndReported(Jdk jdk) {
    App app = App.named("running").agent("verify=100%");
    try (Talking talking = running(app, jdk)) {
      String kept = talking.ask("marked 1");
      for (int i = 0; i < 5; i++) {
        assertThat(talking.ask("marked 1")).as("what is verified is served on").isEqualTo(kept);
      }
      await().atMost(LONG).until(() -> !reports(talking).isEmpty());
      assertThat(reports(talking))
          .singleElement()
          .asString()
          .contains("Main.marked", "a hit was stale", "shorter ttl");
      assertThat(talking.ask("stats 0 marked")).as("hits and entries").startsWith("5 ");
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(stats(talking, "--json"))
                      .containsPattern("\"verified\":([1-9]),\"verifiedStale\":\\1"));
      assertThat(stats(talking)).contains("verified  verifiedStale");
    }
  }

  @OnEachJdkAtOnce
  void hit_evictedSinceItsChange_isNotReported(Jdk jdk) {
    App app = App.named("running").agent("verify=100%");
    try (Talking talking = running(app, jdk)) {
      talking.ask("marked 1");
      talking.ask("marked 2");
      talking.ask("marked 1");
      talking.ask("evict 1 marked");
      talking.ask("marked 2"); // whose moment of grace is over after that of the first
      await().atMost(LONG).until(() -> !reports(talking).isEmpty());
      assertThat(stats(talking, "--json")).contains("\"verified\":1,\"verifiedStale\":1");
    }
  }

  @OnEachJdkAtOnce
  void share_changedWhileRunning_isTakenUp(Jdk jdk) {
    App app = App.named("running").agent();
    Path file = app.directory().resolve("larder.properties");
    write(file, "cache.plain.methods = Main.plain(..)\n");
    try (Talking talking = running(app, jdk)) {
      talking.ask("plain 1");
      String once = talking.ask("runs");
      assertThat(talking.ask("plain 1")).isNotNull();
      assertThat(talking.ask("runs")).isEqualTo(once);

      write(file, "cache.plain.methods = Main.plain(..)\nverify = 100%\n");
      await()
          .atMost(LONG)
          .until(
              () -> {
                talking.ask("plain 1");
                return !talking.ask("runs").equals(once);
              });
    }
  }

  private static Talking running(App app, Jdk jdk) {
    Talking talking = Talking.to(app, jdk);
    assertThat(talking.listen()).isEqualTo("runs");
    return talking;
  }

  private static List<String> reports(Talking talking) {
    return talking.err().stream().filter(line -> line.contains("a hit was stale")).toList();
  }

  private static String stats(Talking talking, String... more) {
    List<String> words = new ArrayList<>(List.of("stats", talking.pid(), "marked"));
    words.addAll(List.of(more));
    Command stats = Command.of(JDK, words.toArray(new String[0]));
    assertThat(stats.exit()).as(stats.err()).isZero();
    return stats.out();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
