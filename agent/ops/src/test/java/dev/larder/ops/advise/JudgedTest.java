/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.advise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgedTest {

  /**
   * Hits and stale ones at 1s, 5s, 10s, 30s, 1m, 5m, 10m, 30m, 1h; the ttl that is chosen, and the
   * largest that is safe. A dash for none.
   */
  @ParameterizedTest
  @CsvSource({
    "5000 8000 9000 9500 9700 9800 9850 9890 9900, 0 0 0 0 0 0 0 0 0, 10s, 1h",
    "5000 8000 9000 9500 9700 9800 9850 9890 9900, 0 0 0 5 9 20 30 40 50, 10s, 1m",
    "5000 8000 9000 9500 9700 9800 9850 9890 9900, 0 7 9 0 0 0 0 0 0, 5s, 5s",
    "5000 8000 9000 9500 9700 9800 9850 9890 9900, 5 9 9 9 9 9 9 9 9, -, -",
    "5000 8000 9000 9500 9700 9800 9850 9890 9900, 4 8 9 9 9 9 9 9 9, 1s, 1s",
    "600 600 600 600 600 600 600 600 9000, 0 0 0 0 0 0 0 0 0, 1h, 1h",
    "9000 9000 9000 9000 9000 9000 9000 9000 9000, 0 0 0 0 0 0 0 0 0, 1s, 1h",
    "0 0 0 0 9000 9000 9000 9000 9000, 0 0 0 0 0 0 0 0 0, 1m, 1h",
  })
  void ttl_isTheShortestWithNearlyAllHitsOfTheLargestSafeOne(
      String hits, String stale, String ttl, String largest) {
    Reports method = new Reports();
    method.hits = numbers(hits);
    method.stale = numbers(stale);

    Choice choice = Choice.of(method.method());

    assertThat(choice == null ? "-" : Texts.duration(choice.ttlMillis())).isEqualTo(ttl);
    assertThat(choice == null ? "-" : Texts.duration(choice.largestMillis())).isEqualTo(largest);
  }

  private static long[] numbers(String text) {
    return Stream.of(text.split(" ")).mapToLong(Long::parseLong).toArray();
  }

  @Test
  void ttl_isNoLongerThanAnybodyHasObserved() {
    Reports method = new Reports();
    method.observed = 20 * Reports.SECOND;
    assertThat(Choice.of(method.method()).largestMillis()).isEqualTo(10 * Reports.SECOND);
    method.observed = 10;
    assertThat(Choice.of(method.method()).ttlMillis()).isEqualTo(Reports.SECOND);
  }

  @Test
  void nullsThatSoonChange_areLeftOut() {
    Reports method = new Reports();
    method.nulls = 1_000;
    for (int i = 0; i < method.hits.length; i++) {
      method.nullHits[i] = 1_000;
      method.nullStale[i] = 500;
      method.stale[i] = 500;
    }
    Choice choice = Choice.of(method.method());
    assertThat(choice.cacheNull()).isFalse();
    assertThat(choice.stale()).isZero();
    assertThat(choice.hits()).isEqualTo(8_500);
  }

  @Test
  void nullsThatStay_areKept() {
    Reports method = new Reports();
    method.nulls = 1_000;
    method.nullHits[8] = 1_000;
    assertThat(Choice.of(method.method()).cacheNull()).isTrue();
  }

  @Test
  void verdicts_sayWhy() {
    assertThat(Judged.of(new Reports().method()).verdict()).isEqualTo(Verdict.CACHE);

    Reports fast = new Reports();
    fast.mean = 900;
    assertVerdict(fast, Verdict.NOT_WORTH, "its body takes 900 ns");

    Reports paused = new Reports();
    paused.mean = 1_600;
    paused.most95 = 240;
    assertVerdict(paused, Verdict.NOT_WORTH, "its body takes 240 ns");

    Reports key = new Reports();
    key.mean = 3_000;
    key.key = 2_000;
    assertVerdict(key, Verdict.NOT_WORTH, "its key alone 2.0 µs");

    Reports unique = new Reports();
    unique.repeats = 0;
    assertVerdict(unique, Verdict.NOT_WORTH, "no repeats");

    Reports few = new Reports();
    few.repeats = 400;
    assertVerdict(few, Verdict.NOT_WORTH, "400 of 10,000");

    Reports late = new Reports();
    late.hits = new long[9];
    assertVerdict(late, Verdict.NOT_WORTH, "too late");

    Reports changing = new Reports();
    changing.changed = 5_000;
    changing.stale = changing.hits;
    assertVerdict(changing, Verdict.NOT_SAFE, "5,000 gave another result");

    Reports rare = new Reports();
    rare.calls = 19;
    assertVerdict(rare, Verdict.UNKNOWN, "19 calls say too little");

    Reports unkeyed = new Reports();
    unkeyed.unkeyed = Map.of("parameter p0: it is a lambda", 9_000L);
    assertVerdict(unkeyed, Verdict.NOT_POSSIBLE, "p0: it is a lambda");

    Reports uncompared = new Reports();
    uncompared.compared = 0;
    uncompared.uncompared = Map.of("the result is a java.io.InputStream", 9_900L);
    assertVerdict(uncompared, Verdict.NOT_POSSIBLE, "cannot be compared: the result is a java.io");

    Reports unkeepable = new Reports();
    unkeepable.unkeepable = "result.lock is a lock";
    assertVerdict(unkeepable, Verdict.NOT_POSSIBLE, "cannot be kept: result.lock");

    Reports failing = new Reports();
    failing.failures = 9_000;
    assertVerdict(failing, Verdict.NOT_WORTH, "9,000 of 10,000 calls threw");

    Reports guarded = new Reports();
    guarded.obstacle = "it carries authorisation";
    assertVerdict(guarded, Verdict.NOT_POSSIBLE, "authorisation");

    Reports reactive = new Reports();
    reactive.notObserved = "it gives a Mono";
    assertVerdict(reactive, Verdict.UNKNOWN, "Mono");
  }

  private static void assertVerdict(Reports method, Verdict verdict, String reason) {
    Judged judged = Judged.of(method.method());
    assertThat(judged.verdict()).as("%s", judged.reason()).isEqualTo(verdict);
    assertThat(judged.reason()).contains(reason);
  }
}
