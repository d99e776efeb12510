/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the calls of one method. Whatever the method is, that is to cost little beside it: of one
 * that is over faster than a look-up only few calls are timed and none is compared, and where
 * results take long to look through, those of fewer keys are.
 */
public final class MethodWatch {

  private static final int TABLES = 8;

  /** What is over sooner is worth no cache, in nanoseconds. */
  private static final long TOO_FAST = 1_000;

  /** One call in so many of what is too fast is timed. */
  private static final int ONE_IN = 64;

  /** After so many calls on average it is thought over what to look at. */
  private static final int THINKING_OVER = 1_024;

  /** How many keys are to be left where results take long to look through. */
  private static final int FEW_KEYS = 100;

  /** Beyond that little would be left to compare. */
  private static final int MOST_LEFT_OUT = 6;

  /** The share of a method's own time that looking through its results may take. */
  private static final double SHARE = 0.1;

  private final Subject subject;
  private final Budget budget;
  private final long origin = System.nanoTime();

  private final LongAdder calls = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder nulls = new LongAdder();
  private final LongAdder keyed = new LongAdder();
  private final LongAdder timed = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder keyNanos = new LongAdder();
  private final LongAdder ownNanos = new LongAdder();
  private final Reasons unkeyed = new Reasons();
  private final Reasons uncompared = new Reasons();
  private final Durations durations = new Durations();
  private final Durations keyDurations = new Durations();
  private final Sampling sampling = new Sampling();
  private final AtomicReferenceArray<KeyTable> tables = new AtomicReferenceArray<>(TABLES);

  private volatile String unkeepable;
  private volatile boolean tooFast;

  /** So many times half of the calls are not compared, where there are too few keys to do it by. */
  private volatile int leftOut;

  /** What a key took to make when the last ones were made. */
  private double perKey;

  private Since since = new Since(0, 0, 0, 0, 0);

  /** What the figures were when it was last thought over what to look at. */
  private record Since(long timed, long nanos, long keyed, long keyNanos, long ownNanos) {}

  MethodWatch(Subject subject, Budget budget) {
    this.subject = subject;
    this.budget = budget;
  }

  Subject subject() {
    return subject;
  }

  /** Whether a call that begins is to be looked at; if not, it has been counted. */
  public boolean looksAtNext() {
    if (tooFast && ThreadLocalRandom.current().nextInt(ONE_IN) != 0) {
      calls.increment();
      return false;
    }
    return true;
  }

  /** Whether a call's key is to be made. */
  public boolean wantsKey() {
    return !tooFast;
  }

  /**
   * Whether the result of a call is to be looked through. Of a call where it is not, {@link
   * #passed} is to be told.
   */
  public boolean wantsResult(long key) {
    int left = leftOut;
    return KeyTable.isKept(key, sampling.shift())
        && (left == 0 || ThreadLocalRandom.current().nextInt(1 << left) == 0);
  }

  /** Whether it is not known yet that a result cannot be kept in memory. */
  public boolean wantsToKeep() {
    return unkeepable == null && isPowerOfTwo(timed.sum());
  }

  private static boolean isPowerOfTwo(long number) {
    return (number & (number - 1)) == 0;
  }

  /** Notes why a result cannot be kept in memory. */
  public void cannotKeep(String reason) {
    unkeepable = reason;
  }

  /** Notes a call that could have no key. */
  public void noKey(String reason) {
    unkeyed.add(reason);
  }

  /** Notes a result that cannot be compared. */
  public void notCompared(String reason) {
    uncompared.add(reason);
  }

  /** Notes how long a key took to make. */
  public void tookForKey(long nanoTime) {
    keyNanos.add(nanoTime);
    keyDurations.add(nanoTime);
  }

  /** Notes how long it took to look through a result. */
  public void tookForResult(long nanoTime) {
    ownNanos.add(nanoTime);
  }

  /**
   * Notes the end of a call.
   *
   * @param began as {@link System#nanoTime} gave it
   * @param ended as it gave it
   */
  public void ended(Outcome outcome, long began, long ended) {
    calls.increment();
    timed.increment();
    nanos.add(ended - began);
    durations.add(ended - began);
    if (outcome == Outcome.FAILED) {
      failures.increment();
    } else if (outcome == Outcome.NULL) {
      nulls.increment();
    }
    if (ThreadLocalRandom.current().nextInt(THINKING_OVER) == 0) {
      thinkOver();
    }
  }

  /**
   * Notes the end of a call that has a key.
   *
   * @param result the fingerprint of what it gave, where there is one
   */
  public void ended(long key, Outcome outcome, long result, long began, long ended) {
    keyed.increment();
    long nonZero = key == 0 ? 1 : key;
    if (KeyTable.isKept(nonZero, sampling.shift())) {
      table(nonZero).add(nonZero, sampling, outcome, result, millis(began), millis(ended));
    }
    ended(outcome, began, ended);
  }

  /** Notes the end of a call that has a key, and whose result was not looked through. */
  public void passed(Outcome outcome, long began, long ended) {
    keyed.increment();
    ended(outcome, began, ended);
  }

  private long millis(long nanoTime) {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime - origin);
  }

  private KeyTable table(long key) {
    int i = (int) (key >>> 56) % TABLES;
    KeyTable table = tables.get(i);
    if (table == null) {
      KeyTable made = new KeyTable(budget);
      table = tables.compareAndSet(i, null, made) ? made : tables.get(i);
    }
    return table;
  }

  /** Looks at less where what is done here is not little beside the bodies; of the last calls. */
  private synchronized void thinkOver() {
    Since now = new Since(timed.sum(), nanos.sum(), keyed.sum(), keyNanos.sum(), ownNanos.sum());
    long more = now.timed - since.timed;
    if (more < THINKING_OVER / 2) {
      return;
    }
    double body = (double) (now.nanos - since.nanos) / more;
    if (now.keyed > since.keyed) {
      perKey = (double) (now.keyNanos - since.keyNanos) / (now.keyed - since.keyed);
    }
    tooFast = body < Math.max(TOO_FAST, 2 * perKey);
    if (now.ownNanos - since.ownNanos > SHARE * (now.nanos - since.nanos)) {
      if (keysKept() > FEW_KEYS) {
        sampling.raise(sampling.shift());
      } else {
        leftOut = Math.min(leftOut + 1, MOST_LEFT_OUT);
      }
    }
    since = now;
  }

  /** How many keys are kept now. */
  int keysKept() {
    int kept = 0;
    for (int i = 0; i < TABLES; i++) {
      KeyTable table = tables.get(i);
      kept += table == null ? 0 : table.size();
    }
    return kept;
  }

  /** What has been observed so far. */
  Report.Method report() {
    Tally tally = new Tally();
    for (int i = 0; i < TABLES; i++) {
      if (tables.get(i) != null) {
        tables.get(i).addTo(tally);
      }
    }
    // By chance a key that is asked for very often may be among those that are kept, or not, and of
    // such keys most calls are left out where threads meet: what is missing or too much is known,
    // and that the calls of such keys soon follow each other.
    double missing = keyed.sum() - tally.calls;
    List<Report.Gap> gaps = new ArrayList<>();
    for (int i = 0; i <= Ttls.COUNT; i++) {
      double repeats = corrected(tally.gaps[i], i == 0 ? missing : 0);
      gaps.add(
          new Report.Gap(
              i == Ttls.COUNT ? -1 : Ttls.millis(i),
              Math.round(repeats),
              scaled(tally.gapsChanged[i], tally.gaps[i], repeats)));
    }
    List<Report.Lifetime> lifetimes = new ArrayList<>();
    for (int i = 0; i < Ttls.COUNT; i++) {
      double hits = corrected(tally.hits[i], missing);
      lifetimes.add(
          new Report.Lifetime(
              Ttls.millis(i),
              Math.round(hits),
              scaled(tally.stale[i], tally.hits[i], hits),
              scaled(tally.nullHits[i], tally.hits[i], hits),
              scaled(tally.nullStale[i], tally.hits[i], hits)));
    }
    double repeats = corrected(tally.repeats, missing);
    return new Report.Method(
        subject,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - origin),
        calls.sum(),
        failures.sum(),
        nulls.sum(),
        unkeyed.all(),
        uncompared.all(),
        unkeepable,
        1 << Math.min(sampling.shift(), 30),
        Math.round(tally.keys),
        Math.round(repeats),
        scaled(tally.compared, tally.repeats, repeats),
        scaled(tally.changed, tally.repeats, repeats),
        times(),
        gaps,
        lifetimes);
  }

  private static double corrected(double estimate, double missing) {
    return Math.max(0, estimate + missing);
  }

  /** A part of an estimate, of what that has been corrected to. */
  private static long scaled(double part, double whole, double corrected) {
    return whole == 0 ? 0 : Math.round(part * corrected / whole);
  }

  private Report.Times times() {
    long count = timed.sum();
    return new Report.Times(
        count == 0 ? 0 : nanos.sum() / count,
        durations.quantile(0.5),
        durations.quantile(0.95),
        keyed.sum() == 0 ? 0 : Math.min(keyNanos.sum() / keyed.sum(), keyDurations.quantile(0.95)));
  }
}
