/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Deadline;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a cache promises besides where its entries are kept with a backend. */
abstract class RemoteCacheContract extends CacheUnderLoadContract {

  private Backend hand;

  RemoteCacheContract(BackendContractTest place) {
    super(place);
  }

  /** A way to the server past the caches, to lose cells of theirs. */
  private Backend hand() {
    if (hand == null) {
      hand = place().newBackend();
      hand.start(new BackendSettings("hand", 5_000, place().reachable()), new RecordingListener());
      await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> done(hand.ping(soon())));
    }
    return hand;
  }

  @AfterAll
  void closeHand() {
    if (hand != null) {
      hand.close();
    }
  }

  private static Deadline soon() {
    return Deadline.in(5_000);
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void value_tooLarge_isGivenAndKeptNowhere(Layout layout) {
    assumeThat(place().tooLargeValue())
        .as("this backend takes whatever fits into memory")
        .isPositive();
    Pair pair = pair(layout);
    String small = (String) pair.one().call("keyed", "named", "growing");
    assertThat(pair.other().call("keyed", "named", "growing")).isEqualTo(small);
    String large = "x".repeat(place().tooLargeValue());
    pair.one().body =
        name -> {
          runs.incrementAndGet();
          return large;
        };

    assertThat(pair.one().put("keyed", "named", "growing")).isEqualTo(large);
    int before = runs.get();
    for (int i = 0; i < 2; i++) {
      assertThat(pair.one().call("keyed", "named", "growing")).isEqualTo(large);
    }
    assertThat(runs.get()).as("runs").isEqualTo(before + 2);

    pair.one().body = usualBody;
    eventually(
        () -> {
          Object now = pair.other().call("keyed", "named", "growing");
          assertThat(now)
              .isNotEqualTo(small)
              .isEqualTo(pair.one().call("keyed", "named", "growing"));
        });
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void mark_lost_takesWhatIsBehindItAndRecovers(Layout layout) throws Exception {
    Pair pair = pair(layout);
    long id = 2 * newId();
    for (String mark : List.of(":tagged:!mark", ":!all", ":!tag:kind:0")) {
      String before = agreed(pair, "tagged", id);

      assertThat(done(hand().remove(pair.prefix() + mark, soon()))).as(mark).isTrue();

      for (Jvm each : pair.both()) {
        eventually(() -> assertThat(each.find("tagged", id)).as(mark).isNotEqualTo(before));
      }
      agreed(pair, "tagged", id);
      assertThat(pair.both()).as("after %s", mark).allMatch(each -> each.isHit("tagged", id));
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void eraOfTags_lost_keepsNothingFromBeingStoredForLong(Layout layout) throws Exception {
    Pair pair = pair(layout);
    String before = agreed(pair, "tagged", 2 * newId());
    assertThat(before).isNotNull();

    assertThat(done(hand().remove(pair.prefix() + ":!tags", soon()))).isTrue();

    long id = 2 * newId();
    String after = agreed(pair, "tagged", id);
    pair.other().caches.engine.evictTag("kind:0");
    assertThat(pair.other().find("tagged", id)).isNotEqualTo(after);
    eventually(() -> assertThat(pair.one().find("tagged", id)).isNotEqualTo(after));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void listOfVariants_lost_isAClearAtTheNextEvict(Layout layout) throws Exception {
    Pair pair = pair(layout);
    long id = newId();
    String found = agreed(pair, "listed", id);
    byte[] mark = done(hand().get(pair.prefix() + ":listed:!mark", soon()));
    String list = pair.prefix() + ":listed:!" + HexFormat.of().formatHex(mark);

    assertThat(done(hand().remove(list, soon()))).isTrue();

    assertThat(pair.one().caches.engine.evict("listed", id)).as("nobody knows").isEqualTo(-1);
    assertThat(pair.one().find("listed", id)).isNotEqualTo(found);
    eventually(() -> assertThat(pair.other().find("listed", id)).isNotEqualTo(found));
    agreed(pair, "listed", id);
    assertThat(pair.other().caches.engine.evict("listed", id)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void clearAll_leavesWhatIsUnderAnotherPrefix(Layout layout) {
    Pair pair = pair(layout);
    long id = newId();
    Jvm another = newJvm(layout, pair.prefix() + "-too");
    String theirs = another.find("us", id);
    assertThat(another.find("us", id)).isEqualTo(theirs);
    String ours = pair.one().find("us", id);
    assertThat(ours).isNotEqualTo(theirs);

    pair.one().caches.engine.clearAll();
    pair.one().caches.engine.evictTag("kind:0");

    assertThat(pair.one().find("us", id)).isNotEqualTo(ours);
    assertThat(another.find("us", id)).isEqualTo(theirs);
    another.caches.close();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void releases_withAnotherShapeOfOneClass_keepTheirValuesApart(Layout layout) throws Exception {
    Pair pair = pair(layout);
    try (Release before =
            Release.of("before", "record Price(long id, String text) {}", "new Price(id, run)");
        Release after =
            Release.of(
                "after",
                "record Price(long id, String text, String currency) {}",
                "new Price(id, run, \"EUR\")")) {
      for (int i = 0; i < 4; i++) {
        assertThat(call(pair.one(), before, "released", 1))
            .hasToString("Price[id=1, text=before 1]");
        assertThat(call(pair.other(), after, "released", 1))
            .hasToString("Price[id=1, text=after 1, currency=EUR]");
        // Under a template's text both have one entry, of which each reads its own alone.
        assertThat(call(pair.one(), before, "keyed", 1).toString()).contains("text=before");
        assertThat(call(pair.other(), after, "keyed", 1).toString()).contains("text=after");
      }

      assertThat(pair.one().caches.engine.evict("released", 1L))
          .as("entries of both releases")
          .isEqualTo(2);

      assertThat(call(pair.one(), before, "released", 1).toString()).doesNotContain("before 1]");
      eventually(
          () ->
              assertThat(call(pair.other(), after, "released", 1).toString())
                  .doesNotContain("after 1,"));
    }
  }

  private static Object call(Jvm jvm, Release release, String cache, long id) {
    return jvm.caches.call(release.shop(), cache, "find", id);
  }
}
