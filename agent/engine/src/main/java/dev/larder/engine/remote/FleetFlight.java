/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;

/** Leads the flight of a key in all JVMs, or waits for the one that does. */
public final class FleetFlight {

  /** How soon a follower in another JVM looks again, at first and in the end. */
  public static final long FIRST_PAUSE_NANOS = 4_000_000;

  public static final long LAST_PAUSE_NANOS = 64_000_000;

  private FleetFlight() {}

  /** What a look-up has seen. */
  public interface Seen {

    /** What the backend has. */
    Found found();

    Turn turn();
  }

  /**
   * Where this JVM stands.
   *
   * @param seen the last look-up; null where the backend failed
   * @param lease of the flight that this JVM leads for all; {@link Lease#HELD} where another does,
   *     or did; null where each is to run for itself, or nothing is to be run
   */
  public record Standing<S>(S seen, Lease lease) {}

  /**
   * Leads, or waits until what another JVM gives is there.
   *
   * @param tagged whether the method, or the rule, has tags
   * @param waitMillis how long it waits at most; 0 for not at all
   * @param seen by this JVM's first look-up; null where the backend failed
   * @param find looks again, in a given turn or, where that is null, in one of its own
   * @param isEnough whether what it has seen makes a load unnecessary
   */
  public static <S extends Seen> Standing<S> of(
      RemoteCache cache,
      boolean tagged,
      long waitMillis,
      S seen,
      Function<Turn, S> find,
      Predicate<S> isEnough) {
    long began = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    S last = seen;
    Lease other = null;
    while (last != null && !isEnough.test(last)) {
      Lease lease = cache.lead(last.found(), tagged, last.turn());
      if (lease == null) {
        break;
      }
      if (lease != Lease.HELD) {
        return lead(last, lease, find, isEnough);
      }
      if (waitMillis == 0) {
        return new Standing<>(last, Lease.HELD);
      }
      if (System.nanoTime() - began > waitMillis * 1_000_000
          || Thread.currentThread().isInterrupted()) {
        break;
      }
      LockSupport.parkNanos(varied(pause));
      pause = Math.min(2 * pause, LAST_PAUSE_NANOS);
      last = find.apply(null);
      other = Lease.HELD;
    }
    return new Standing<>(last, other);
  }

  /** A pause that is not everybody's. */
  public static long varied(long pause) {
    return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2);
  }

  /** Leads, unless the flight before this one has landed between the look-up and now. */
  private static <S extends Seen> Standing<S> lead(
      S before, Lease lease, Function<Turn, S> find, Predicate<S> isEnough) {
    boolean leads = false;
    try {
      S seen = find.apply(before.turn());
      leads = seen != null && !isEnough.test(seen);
      return new Standing<>(seen, leads ? lease : null);
    } finally {
      if (!leads) {
        lease.end(Lease.Ending.LANDED);
      }
    }
  }
}
