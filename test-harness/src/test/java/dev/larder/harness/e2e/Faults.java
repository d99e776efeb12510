/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.harness.e2e.Load.Figures;
import dev.larder.harness.e2e.Load.Served;
import dev.larder.harness.server.SlowProxy.Manner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings faults on a backend while an application calls its cached methods, and judges what the
 * application noticed. Each fault is a row of the table in {@code target/faults.md}.
 */
final class Faults {

  /** How long a fault lasts; {@code faults.sh} makes it longer. */
  static final Duration LASTING =
      Duration.ofSeconds(Integer.getInteger("larder.faults.seconds", 2));

  /** What a machine with other work may add to a wait before it counts as ours, in milliseconds. */
  private static final double TOLERANCE = 500;

  private static final long BACK_MILLIS = 10_000;

  private Faults() {}

  /** Something that is done to a server. */
  @FunctionalInterface
  interface Deed {
    void run() throws Exception;
  }

  /**
   * Has an application live through a fault.
   *
   * @param fault what it is called in the table
   * @param inject brings it on
   * @param heal ends it; from then on hits must come back
   */
  static void liveThrough(String fault, Load load, Deed inject, Deed heal) {
    liveThrough(fault, load, LASTING, inject, heal);
  }

  /** The same through one that lasts so long at least. */
  static void liveThrough(String fault, Load load, Duration least, Deed inject, Deed heal) {
    load.awaitHits();
    load.figures();
    Served before = load.served();
    run(inject);
    last(least.compareTo(LASTING) > 0 ? least : LASTING);
    double meanwhile = load.served().shareSince(before);
    run(heal);
    judge(fault, load, meanwhile, load.awaitHits());
  }

  /** What a manner does to answers, in the words of the table. */
  static String done(Manner manner) {
    return switch (manner) {
      case PASS -> "passed on";
      case DROP -> "lost";
      case HALVE -> "cut in half";
      case CORRUPT -> "with bits flipped";
      case REPEAT -> "given twice";
    };
  }

  /** Does something again and again for as long as a fault lasts. */
  static void again(Deed deed) throws Exception {
    for (long end = System.nanoTime() + LASTING.toNanos(); System.nanoTime() - end < 0; ) {
      deed.run();
    }
  }

  /** Lets a fault last. */
  static void last() {
    last(LASTING);
  }

  private static void last(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Judges what was seen since the figures were last asked for. */
  static void judge(String fault, Load load, double hitsMeanwhile, long back) {
    Figures seen = load.figures();
    note(fault, load.jdk(), seen, hitsMeanwhile, back);
    assertThat(seen.errors()).as("errors; the first: %s", load.first()).isZero();
    assertThat(seen.wrong()).as("wrong answers; the first: %s", load.first()).isZero();
    assertThat(seen.calls()).as("calls").isGreaterThan(100);
    assertThat(seen.worst())
        .as("worst added latency in ms, where the machine itself was late by %s", seen.machine())
        .isLessThan(load.timeout() + TOLERANCE + 2 * seen.machine());
    assertThat(back).as("ms until hits were back; err: %s", load.err()).isLessThan(BACK_MILLIS);
  }

  private static void note(String fault, Jdk jdk, Figures seen, double hitsMeanwhile, long back) {
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %d | %,d | %d | %d | %.0f | %.0f | %.0f | %.0f %% | %.1f |%n",
            fault,
            jdk.feature(),
            seen.calls(),
            seen.errors(),
            seen.wrong(),
            seen.worst(),
            seen.p99(),
            seen.machine(),
            100 * hitsMeanwhile,
            back / 1000.0);
    System.out.print("fault " + row);
    try {
      Files.writeString(
          Path.of("target", "faults.md"),
          row,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void run(Deed deed) {
    try {
      deed.run();
    } catch (Exception failure) {
      throw new AssertionError("the fault could not be brought on, or ended", failure);
    }
  }
}
