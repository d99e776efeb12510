/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Circles.Run;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
final class Flights {

  /** For so long a key whose flights came to nothing is not collapsed, in milliseconds. */
  private static final long UNCOLLAPSED = 10_000;

  private static final int REMEMBERED_UNCOLLAPSED = 10_000;

  private final ConcurrentHashMap<Object, Flight> flights = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Object, Long> uncollapsed = new ConcurrentHashMap<>();

  /** What became of a flight, told to its followers. */
  enum Outcome {
    /** The entry is there for all. */
    LANDED,
    /** The leader failed; one follower takes over. */
    HANDED_OVER,
    /** Nothing that could be shared; each follower runs its body. */
    DISPERSED
  }

  /** What a follower is to do. */
  record Answer(Outcome outcome, Entry entry) {
    static final Answer RUN = new Answer(Outcome.DISPERSED, null);
    static final Answer LEAD = new Answer(Outcome.HANDED_OVER, null);

    /** The wait is over, though the flight is not. */
    static final Answer OVER = new Answer(Outcome.DISPERSED, null);
  }

  /** One running load of one key, led by the thread that made it. */
  static final class Flight {
    final Object key;
    final Caching target;
    private final boolean secondAttempt;
    private final Run run;
    private final boolean isAlone;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile Thread leader = Thread.currentThread();
    private volatile boolean followed;
    private int waiting;
    private Runnable whenLeft;

    /** By which callers share the Future that the body gives; null where it gives none. */
    private volatile Supplier<SharedFuture> future;

    Flight(Object key, Caching target, boolean secondAttempt) {
      this(key, target, secondAttempt, new Run(), true);
    }

    /** One of several that come of one run, which whoever runs it enters and leaves. */
    static Flight of(Run run, Object key, Caching target, boolean secondAttempt) {
      return new Flight(key, target, secondAttempt, run, false);
    }

    private Flight(Object key, Caching target, boolean secondAttempt, Run run, boolean isAlone) {
      this.run = run;
      this.isAlone = isAlone;
      this.key = key;
      this.target = target;
      this.secondAttempt = secondAttempt;
      if (target.givesFuture()) {
        SharedFuture shared = new SharedFuture();
        this.future = () -> shared;
      }
    }

    /** Says that the load goes on without the thread that began it. */
    void leaveThread() {
      leader = null;
      if (isAlone) {
        run.leave();
      }
    }

    /** Says that the load goes on with this thread. */
    void leadOnThisThread() {
      leader = Thread.currentThread();
      run.enter();
    }

    /** Completes with what a follower is to do, who must {@link #unfollow} in the end. */
    synchronized CompletableFuture<Answer> follow() {
      followed = true;
      waiting++;
      return answer.copy();
    }

    /** Says that a follower waits no longer. */
    void unfollow() {
      Runnable last;
      synchronized (this) {
        waiting--;
        last = waiting == 0 ? whenLeft : null;
      }
      if (last != null) {
        last.run();
      }
    }

    /**
     * Whether anybody waits.
     *
     * @param left runs when the last of them waits no longer
     */
    synchronized boolean isAwaited(Runnable left) {
      if (waiting == 0) {
        return false;
      }
      whenLeft = left;
      return true;
    }

    /** Whether its value comes when somebody asks a Future for it. */
    boolean isByFuture() {
      return future != null;
    }

    /** A share in its Future; null where there is none, or none any more. */
    SharedFuture joinFuture(long waitMillis) {
      SharedFuture shared = future == null ? null : future.get();
      return shared != null && shared.join(waitMillis) ? shared : null;
    }

    /** Its Future, which from now on is there for as long as a caller has a share in it. */
    SharedFuture handOutFuture() {
      SharedFuture shared = future.get();
      future = new WeakReference<>(shared)::get;
      return shared;
    }

    boolean isLedByThisThread() {
      return isLedBy(Thread.currentThread());
    }

    boolean isLedBy(Thread thread) {
      return leader == thread;
    }

    /** The run that it comes of. */
    Run run() {
      return run;
    }

    /** Whether nobody waits for it any more. */
    boolean isOver() {
      return answer.isDone();
    }

    /** The flight that the thread that leads it waits for; null for none. */
    Flight awaitedByThread(Map<Thread, Flight> waiting) {
      Thread led = leader;
      return led == null ? null : waiting.get(led);
    }
  }

  /**
   * Begins a flight, unless one of its key is under way. Whoever leads it on its thread says so by
   * {@link Flight#leadOnThisThread}.
   *
   * @return the flight that there was; null where this call is now the leader of {@code mine}
   */
  Flight joinOrLead(Flight mine) {
    Flight flying = flights.get(mine.key);
    return flying != null ? flying : flights.putIfAbsent(mine.key, mine);
  }

  /** Whether nothing is under way. */
  boolean isEmpty() {
    return flights.isEmpty();
  }

  /** The flight of a key; null where there is none. */
  Flight of(Object key) {
    return flights.get(key);
  }

  /** Whether callers of a key are to run for themselves for now. */
  boolean isUncollapsed(Object key) {
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
  void land(Flight flight, Entry entry) {
    end(flight, new Answer(Outcome.LANDED, entry));
  }

  /** Says that the leader has failed. */
  void fail(Flight flight) {
    if (flight.secondAttempt) {
      disperse(flight);
    } else {
      end(flight, Answer.LEAD);
    }
  }

  /** Says that the result may not be shared. */
  void disperse(Flight flight) {
    if (flight.followed) {
      if (uncollapsed.size() >= REMEMBERED_UNCOLLAPSED) {
        uncollapsed.clear();
      }
      uncollapsed.put(flight.key, Clock.precise() + UNCOLLAPSED);
    }
    end(flight, Answer.RUN);
  }

  /** Says that nobody wants the result any more; who has come just now takes over. */
  void abandon(Flight flight) {
    end(flight, Answer.LEAD);
  }

  private void end(Flight flight, Answer answer) {
    flights.remove(flight.key, flight);
    flight.leaveThread();
    flight.answer.complete(answer);
  }

  /** Sees to it that nobody joins the flight of a key any more, since the key was removed. */
  void overtake(Object key) {
    flights.remove(key);
  }

  /** Sees to it that nobody joins a flight any more. */
  void overtake(Flight flight) {
    flights.remove(flight.key, flight);
  }

  /** Sees to it that nobody joins such flights any more. */
  void overtakeIf(Predicate<Caching> test) {
    flights.values().removeIf(flight -> test.test(flight.target));
  }

  /**
   * Waits for a flight that another thread leads.
   *
   * @param millis for how long at most
   * @return what to do; {@link Answer#RUN} also where the wait is over, was interrupted (the
   *     thread's mark is set again) or would never end
   */
  static Answer await(Flight flight, long millis) {
    Thread me = Thread.currentThread();
    if (!Circles.beginWaiting(me, flight)) {
      return Answer.RUN;
    }
    try {
      return flight.follow().get(millis, TimeUnit.MILLISECONDS);
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
  static boolean await(Flight flight, CompletableFuture<?> part, long nanos)
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
