/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What a person reads of one backend: that it is out, why, what Larder does about it, and that it
 * is back; and that it answers, but again and again refuses what it is asked to keep. However often
 * it comes and goes, that is two lines a minute at most; an outage that got no line at its
 * beginning gets it later if it is still there.
 */
final class BackendLog {

  private static final long OUTAGE_EVERY = TimeUnit.MINUTES.toNanos(1);
  private static final long REMINDER_EVERY = TimeUnit.MINUTES.toNanos(10);

  /** So many refusals are more than what passes by itself, as a server that changes its role. */
  static final int REFUSALS = 20;

  /** How many messages of the backend's own there may be in a minute. */
  static final int NOTES_A_MINUTE = 5;

  private final String name;
  private final LongSupplier nanos;
  private final Consumer<String> warn;
  private final Consumer<String> debug;

  private long outSince;
  private boolean out;

  /** Whether the outage that there is, or was last, has had its line. */
  private boolean told;

  private long toldAt;
  private int untold;
  private int refusals;
  private long refusedAt;
  private long refusalToldAt;
  private long notesSince;
  private int notes;

  /**
   * The log of a backend.
   *
   * @param nanos the time, as {@link System#nanoTime} gives it
   * @param warn takes what anybody should read
   * @param debug takes what was left out of that
   */
  BackendLog(String name, LongSupplier nanos, Consumer<String> warn, Consumer<String> debug) {
    this.name = name;
    this.nanos = nanos;
    this.warn = warn;
    this.debug = debug;
    this.toldAt = nanos.getAsLong() - REMINDER_EVERY;
    this.refusalToldAt = toldAt;
    this.notesSince = nanos.getAsLong();
  }

  /** The backend does not serve, or still does not. */
  synchronized void out(String reason) {
    long now = nanos.getAsLong();
    if (!out) {
      out = true;
      told = false;
      outSince = now;
    }
    boolean due = now - toldAt >= (told ? REMINDER_EVERY : OUTAGE_EVERY);
    if (!due) {
      debug.accept("backend " + name + " is out: " + reason);
      return;
    }
    warn.accept(
        "backend "
            + name
            + (told ? " is still out: " : " is out: ")
            + reason
            + "; methods cached there run their bodies, what is to be removed there is kept until it"
            + " is back, and it is asked again about twice a second"
            + (untold == 0
                ? ""
                : " (it was out " + untold + " times more since the last such line)"));
    told = true;
    toldAt = now;
    untold = 0;
  }

  /** The backend has said no, as it does of writes where it is full or somebody may not write. */
  synchronized void refused(String reason) {
    long now = nanos.getAsLong();
    if (refusals > 0 && now - refusedAt >= REMINDER_EVERY) {
      refusals = 0;
    }
    refusedAt = now;
    refusals++;
    boolean due = now - refusalToldAt >= REMINDER_EVERY && now - toldAt >= OUTAGE_EVERY;
    if (refusals < REFUSALS || !due) {
      debug.accept("backend " + name + " refuses: " + reason);
      return;
    }
    warn.accept(
        "backend "
            + name
            + " refuses what it is asked: "
            + reason
            + "; what it has is served, but while that lasts nothing is kept there: give it room, or"
            + " this user its rights");
    refusalToldAt = now;
    toldAt = now;
  }

  /**
   * The backend serves again, or for the first time.
   *
   * @param removals how many were kept for it and are done now
   */
  synchronized void back(int removals) {
    if (!out) {
      return;
    }
    out = false;
    String line =
        "backend "
            + name
            + " is back after "
            + TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - outSince)
            + " s, and serves again; removals that were kept for it and are done now: "
            + removals;
    if (told) {
      warn.accept(line);
    } else {
      untold++;
      debug.accept(line);
    }
  }

  /** The backend says something itself. */
  synchronized void note(String message) {
    long now = nanos.getAsLong();
    if (now - notesSince >= OUTAGE_EVERY) {
      notesSince = now;
      notes = 0;
    }
    notes++;
    (notes <= NOTES_A_MINUTE ? warn : debug).accept("backend " + name + ": " + message);
  }
}
