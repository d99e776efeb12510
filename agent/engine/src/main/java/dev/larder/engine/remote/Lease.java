/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The lease of a flight that runs once in all JVMs: a token that the backend keeps for some
 * seconds, and that its holder renews for as long as its load runs. A JVM that ends, or hangs, does
 * not renew it, and another one leads.
 *
 * <p>What becomes of a flight is written in the token's place, as the flights of one JVM tell their
 * followers: after a first failure one other JVM takes over; after a second one, or a result that
 * may not be stored, each runs for itself for a while.
 */
public final class Lease {

  /** Stands for one that another JVM holds. */
  public static final Lease HELD = new Lease(null, null, null, 0);

  /** For how long a lease holds that is not renewed. */
  static final long MILLIS = 4_000;

  static final long RENEW_MILLIS = 1_000;

  /** For how long a failed flight waits for somebody to take over. */
  private static final long HANDED_OVER_MILLIS = 1_000;

  /** For how long a key whose flights came to nothing is not collapsed. */
  private static final long UNCOLLAPSED_MILLIS = 10_000;

  private static final long DEADLINE_MILLIS = 500;

  private final Link link;
  private final String key;
  private final byte[] token;

  /** When it lapses, by {@link System#nanoTime}; by this clock alone, which no JVM shares. */
  private volatile long heldUntil;

  private volatile boolean lost;
  private volatile ScheduledFuture<?> renewals;

  /**
   * A lease that the backend has granted.
   *
   * @param asked when it was asked for, by {@link System#nanoTime}
   */
  Lease(Link link, String key, byte[] token, long asked) {
    this.link = link;
    this.key = key;
    this.token = token;
    this.heldUntil = asked + TimeUnit.MILLISECONDS.toNanos(MILLIS);
  }

  /** What became of a flight. */
  public enum Ending {
    /** Its result is stored, or nobody needs it. */
    LANDED,
    /** Its body has thrown. */
    FAILED,
    /** Its result may not be shared. */
    DISPERSED
  }

  /** Whether no other JVM can have been granted it since. */
  boolean isHeld() {
    return !lost && System.nanoTime() - heldUntil < 0;
  }

  /** Notes who renews it. */
  void renewedBy(ScheduledFuture<?> task) {
    renewals = task;
  }

  /** Asks for more time; waits for nothing. */
  void renew() {
    long asked = System.nanoTime();
    if (!isHeld()) {
      lose();
      return;
    }
    replace(token, MILLIS)
        .whenComplete(
            (outcome, failure) -> {
              if (outcome == Outcome.DONE) {
                heldUntil = asked + TimeUnit.MILLISECONDS.toNanos(MILLIS);
              } else if (failure == null) {
                lose();
              } // else there may be time to ask again
            });
  }

  private void lose() {
    lost = true;
    stop();
  }

  private void stop() {
    ScheduledFuture<?> task = renewals;
    if (task != null) {
      task.cancel(false);
    }
  }

  /** Gives it back, and leaves word for those who wait; waits for nothing. */
  public void end(Ending ending) {
    stop();
    if (lost) {
      return;
    }
    lost = true;
    if (ending == Ending.LANDED) {
      link.backend(true).removeIf(key, token, Deadline.in(DEADLINE_MILLIS));
    } else if (ending == Ending.FAILED && Tokens.isFirstLease(token)) {
      replace(Tokens.handedOver(), HANDED_OVER_MILLIS);
    } else {
      replace(Tokens.uncollapsed(), UNCOLLAPSED_MILLIS);
    }
  }

  private CompletionStage<Outcome> replace(byte[] value, long millis) {
    return link.backend(true).replace(key, token, value, millis, Deadline.in(DEADLINE_MILLIS));
  }
}
