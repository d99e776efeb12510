/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendLogTest {

  private long now = Long.MAX_VALUE - 5; // as System.nanoTime may begin: it overflows on the way
  private final List<String> lines = new ArrayList<>();
  private final List<String> quiet = new ArrayList<>();
  private final BackendLog log = new BackendLog("redis", () -> now, lines::add, quiet::add);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void outage_isToldWithItsBackendCauseAndRemedy_andItsEndOnce() {
    log.out("it did not answer in time");
    pass(Duration.ofSeconds(7));
    log.out("it did not answer in time");
    log.back(3);
    log.back(0);

    assertThat(lines)
        .containsExactly(
            "backend redis is out: it did not answer in time; methods cached there run their bodies,"
                + " what is to be removed there is kept until it is back, and it is asked again"
                + " about twice a second",
            "backend redis is back after 7 s, and serves again; removals that were kept for it and"
                + " are done now: 3");
  }

  @Test
  void firstConnection_thatWasNotWaitedFor_getsNoLine() {
    log.back(0);

    assertThat(lines).isEmpty();
  }

  @Test
  void flapping_getsTwoLinesAMinute_whichTellHowOften() {
    for (int i = 0; i < 600; i++) { // five minutes
      log.out("it did not answer in time");
      pass(Duration.ofMillis(300));
      log.back(0);
      pass(Duration.ofMillis(200));
    }

    assertThat(lines).hasSize(2 * 5);
    assertThat(lines.get(2)).endsWith("(it was out 119 times more since the last such line)");
    assertThat(lines.size() + quiet.size()).isEqualTo(2 * 600);
  }

  @Test
  void outage_afterOneThatWasTold_isToldOnceTheMinuteIsOver() {
    log.out("first");
    log.back(0);
    log.out("second");
    pass(Duration.ofSeconds(59));
    log.out("second");
    assertThat(lines).hasSize(2);
    pass(Duration.ofSeconds(1));
    log.out("second");

    assertThat(lines).hasSize(3);
    assertThat(lines.get(2)).startsWith("backend redis is out: second;");
  }

  @Test
  void longOutage_isRecalledEveryTenMinutes() {
    for (int i = 0; i < 2 * 60 * 60; i++) { // an hour
      log.out("refused");
      pass(Duration.ofMillis(500));
    }

    assertThat(lines).hasSize(6);
    assertThat(lines.get(5)).startsWith("backend redis is still out: refused;");
  }

  @Test
  void notes_areFewAMinute() {
    for (int i = 0; i < 100; i++) {
      log.note("a value is too large");
    }
    assertThat(lines)
        .hasSize(BackendLog.NOTES_A_MINUTE)
        .containsOnly("backend redis: a value is too large");
    pass(Duration.ofMinutes(1));
    log.note("again");

    assertThat(lines).last().isEqualTo("backend redis: again");
  }

  @Test
  void refusals_manyInTheMidstOfAnswers_areToldOnceInTenMinutes() {
    for (int i = 0; i < BackendLog.REFUSALS - 1; i++) {
      log.refused("OOM command not allowed");
    }
    assertThat(lines).isEmpty();

    for (int i = 0; i < 20 * 60; i++) { // twenty minutes
      log.refused("OOM command not allowed");
      pass(Duration.ofSeconds(1));
    }

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .startsWith("backend redis refuses what it is asked: OOM command not allowed; what it has");
  }

  @Test
  void refusals_nowAndThen_areNotTold() {
    for (int i = 0; i < 100; i++) {
      log.refused("READONLY");
      pass(Duration.ofMinutes(10));
    }

    assertThat(lines).isEmpty();
    assertThat(quiet).hasSize(100);
  }

  @Test
  void refusals_besideAnOutage_areNoThirdLineInAMinute() {
    log.out("it did not answer in time");
    log.back(0);
    for (int i = 0; i < 59; i++) {
      log.refused("OOM command not allowed");
      pass(Duration.ofSeconds(1));
    }
    assertThat(lines).hasSize(2);
  }
}
