/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.flight;

import dev.larder.engine.entry.Clock;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.transaction.Transaction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The flights of one partition: one running load per key, whose leader runs the body and whose
 * followers wait for what it gives.
 *
 * <p>What a follower may come to wait for without end is cut short. A leader that fails hands over
 * to one of its followers; a second failure, or a result that may not be stored, lets all of them
 * run, and the key is not collapsed for a while. A follower that would close a circle of threads
 * that wait for each other runs its body instead, and so does one whose wait is over or
 * interrupted.
 */
public final class Flights {

  /** For so long a key whose flights came to nothing is not collapsed, in milliseconds. */
  private static final long UNCOLLAPSED = 10_000;

  private static final int REMEMBERED_UNCOLLAPSED = 10_000;

  private final Loads loads;
  private final FlightTable flights = new FlightTable();
  private final ConcurrentHashMap<Object, Long> uncollapsed = new ConcurrentHashMap<>();

  /** Flights whose loads are listed there once nobody can join them any more. */
  public Flights(Loads loads) {
    this.loads = loads;
  }

  /** What became of a flight, told to its followers. */
  public enum Outcome {
    /** The entry is there for all. */
    LANDED,
    /** The leader failed; one follower takes over. */
    HANDED_OVER,
    /** Nothing that could be shared; each follower runs its body. */
    DISPERSED
  }

  /** What a follower is to do. */
  public record Answer(Outcome outcome, Entry entry) {
    public static final Answer RUN = new Answer(Outcome.DISPERSED, null);
    static final Answer LEAD = new Answer(Outcome.HANDED_OVER, null);

    /** The wait is over, though the flight is not. */
    public static final Answer OVER = new Answer(Outcome.DISPERSED, null);

    static Answer landed(Entry entry) {
      return new Answer(Outcome.LANDED, entry);
    }

    /** The same for who asked at a moment; to run where what has landed was past its time then. */
    public Answer forOneWhoAskedAt(long moment) {
      return entry != null && entry.staleUntil() <= moment ? RUN : this;
    }
  }

  /**
   * Begins a flight, unless one of its key is under way. Whoever leads it on its thread says so by
   * {@link Flight#leadOnThisThread}.
   *
   * @return the flight that there was; null where this call is now the leader of {@code mine}
   */
  public Flight joinOrLead(Flight mine) {
    return flights.putIfAbsent(mine);
  }

  /** Whether nothing is under way. */
  public boolean isEmpty() {
    return flights.isEmpty();
  }

  /** Whether callers of a key are to run for themselves for now. */
  public boolean isUncollapsed(Object key) {
    if (uncollapsed.isEmpty()) {
      return false;
    }
    Long until = uncollapsed.get(key);
    if (until == null) {
      return false;
    }
    if (Clock.precise() < until) {
      return true;
    }
    uncollapsed.remove(key, until);
    return false;
  }

  /** Gives what a flight has loaded to its followers; after the entry was stored. */
  public void land(Flight flight, Entry entry) {
    end(flight, entry);
  }

  /**
   * Ends a flight that nobody has joined; false where somebody has, and is to be told what it gave.
   * Who comes just now looks again.
   */
  public boolean endUnfollowed(Flight flight) {
    if (flight.isFollowed()) {
      return false;
    }
    flights.remove(flight);
    return flight.tellUnlessAsked(Answer.LEAD);
  }

  /** Says that the leader has failed. */
  public void fail(Flight flight) {
    if (flight.secondAttempt) {
      disperse(flight);
    } else {
      end(flight, Answer.LEAD);
    }
  }

  /** Says that the result may not be shared. */
  public void disperse(Flight flight) {
    if (flight.isFollowed()) {
      if (uncollapsed.size() >= REMEMBERED_UNCOLLAPSED) {
        uncollapsed.clear();
      }
      uncollapsed.put(flight.key, Clock.precise() + UNCOLLAPSED);
    }
    end(flight, Answer.RUN);
  }

  /** Says that nobody wants the result any more; who has come just now takes over. */
  public void abandon(Flight flight) {
    end(flight, Answer.LEAD);
  }

  private void end(Flight flight, Object answer) {
    if (flight.loads()) { // as one that waits for the commit of its transaction
      leave(flight);
    } else {
      flights.remove(flight);
    }
    flight.tell(answer);
  }

  /**
   * Notes that a load begins; {@link Loads#end} must follow.
   *
   * @param flight that it leads; null for none
   * @param transaction in which it runs; null for none
   */
  public Loads.Load beginLoad(Object key, Flight flight, long since, Transaction transaction) {
    return flight != null && flight.beginLoad(since, transaction)
        ? flight
        : loads.begin(key, since, transaction);
  }

  /**
   * Stores what is to take the place of whatever a key has: no load that leads a flight of the key
   * stores over it, nor does anybody join that flight any more.
   *
   * @param put whether it stored
   */
  public boolean replace(Object key, BooleanSupplier put) {
    boolean[] stored = {false};
    flights.replace(
        key,
        flight -> {
          if (flight == null) {
            stored[0] = put.getAsBoolean();
            return false;
          }
          synchronized (flight) { // so that its load stores before this, or not at all
            stored[0] = put.getAsBoolean();
            if (stored[0]) {
              flight.overtake();
            }
          }
          return stored[0];
        });
    return stored[0];
  }

  /** Sees to it that nobody joins the flight of a key any more, since the key was removed. */
  public void overtake(Object key) {
    flights.removeIf(
        key,
        flight -> {
          flight.overtake();
          return true;
        });
  }

  /** Sees to it that nobody joins a flight any more. */
  public void leave(Flight flight) {
    flights.removeIf(flight.key, now -> now == flight && left(now));
  }

  /** Sees to it that nobody joins such flights any more. */
  public void leaveIf(Predicate<Flight.Origin> test) {
    flights.removeIf(now -> test.test(now.origin) && left(now));
  }

  private boolean left(Flight flight) {
    flight.leaveTo(loads);
    return true;
  }

  /**
   * Waits for a flight that another thread leads.
   *
   * @param millis for how long at most
   * @return what to do; {@link Answer#RUN} also where the wait is over, was interrupted (the
   *     thread's mark is set again) or would never end
   */
  public static Answer await(Flight flight, long millis) {
    long asked = Clock.precise();
    Thread me = Thread.currentThread();
    if (!Circles.beginWaiting(me, flight)) {
      return Answer.RUN;
    }
    try {
      return flight.follow().get(millis, TimeUnit.MILLISECONDS).forOneWhoAskedAt(asked);
    } catch (InterruptedException interrupted) {
      me.interrupt();
      return Answer.RUN;
    } catch (TimeoutException | ExecutionException over) {
      return Answer.RUN;
    } finally {
      Circles.endWaiting(me);
      flight.unfollow();
    }
  }

  /**
   * Waits for a part of a flight that another thread leads.
   *
   * @return false, without having waited, where that would never end
   */
  public static boolean await(Flight flight, CompletableFuture<?> part, long nanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    Thread me = Thread.currentThread();
    if (!Circles.beginWaiting(me, flight)) {
      return false;
    }
    try {
      part.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } finally {
      Circles.endWaiting(me);
    }
  }
}
