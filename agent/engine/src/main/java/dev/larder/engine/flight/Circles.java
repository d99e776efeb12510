/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.flight;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Who waits for which flight, in the whole JVM, so that nobody begins to wait who would close a
 * circle: such circles go through caches.
 *
 * <p>A flight waits for another where the thread that leads it does, and where a part of its run
 * follows another, or begins one, without a thread that waits: a stage inside a body. Whether the
 * run in fact needs what it asked for cannot be seen, and is taken as so: at worst a body runs once
 * more. What a run does on threads of which nobody knows that they are a part of it, as those that
 * complete a stage, is not seen; a circle through them ends by the follower's wait.
 */
public final class Circles {

  /** Which thread waits for which flight. */
  private static final ConcurrentHashMap<Thread, Flight> WAITING = new ConcurrentHashMap<>();

  /** Held while somebody decides to wait, so that of two that would close a circle one sees it. */
  private static final ReentrantLock DECIDING = new ReentrantLock();

  /** What a thread runs, the innermost last; the list stays with its thread. */
  private static final ThreadLocal<List<Run>> RUNNING = ThreadLocal.withInitial(ArrayList::new);

  private Circles() {}

  /**
   * A run of a body for one or more flights, and the flights that parts of it wait for. It knows
   * none of those that it is for: a thread may have it in its list long after it is over, where
   * another thread has ended it.
   */
  public static final class Run {
    private volatile Thread thread;
    private List<Flight> awaited;

    /** Notes that this thread goes on with it, as a part of all that it runs already. */
    public void enter() {
      List<Run> running = RUNNING.get();
      Thread me = Thread.currentThread();
      if (!running.isEmpty()) {
        running.removeIf(each -> each == this || each.thread != me);
      }
      thread = me;
      running.add(this);
    }

    /** Notes that it goes on without the thread that ran it, if at all. */
    public void leave() {
      thread = null;
      List<Run> running = RUNNING.get();
      for (int i = running.size() - 1; i >= 0; i--) {
        if (running.get(i) == this) {
          running.remove(i);
          return;
        }
      }
    }

    private synchronized void awaits(Flight flight) {
      if (awaited == null) {
        awaited = new ArrayList<>(2);
      }
      awaited.removeIf(each -> each == flight || each.isOver());
      awaited.add(flight);
    }

    private synchronized List<Flight> awaited() {
      return awaited == null ? List.of() : List.copyOf(awaited);
    }
  }

  /** What this thread runs; mostly nothing. */
  public static List<Run> running() {
    List<Run> running = RUNNING.get();
    return running.isEmpty() ? List.of() : List.copyOf(running);
  }

  /** Notes that a thread waits for a flight; false where that would never end. */
  static boolean beginWaiting(Thread me, Flight flight) {
    DECIDING.lock();
    try {
      if (reaches(flight, each -> each.isLedBy(me))) {
        return false;
      }
      WAITING.put(me, flight);
      return true;
    } finally {
      DECIDING.unlock();
    }
  }

  /** Notes that a thread waits no longer. */
  static void endWaiting(Thread me) {
    WAITING.remove(me);
  }

  /** Notes that a part of some runs has begun a flight. */
  public static void begin(List<Run> runs, Flight flight) {
    runs.forEach(each -> each.awaits(flight));
  }

  /**
   * Notes that a part of some runs follows a flight without a thread that waits; false where that
   * would never end.
   */
  public static boolean follow(List<Run> runs, Flight flight) {
    if (runs.isEmpty()) {
      return true;
    }
    DECIDING.lock();
    try {
      if (reaches(flight, each -> runs.contains(each.run()))) {
        return false;
      }
      begin(runs, flight);
      return true;
    } finally {
      DECIDING.unlock();
    }
  }

  /** Whether a flight is such a one, or waits for one, over however many others. */
  private static boolean reaches(Flight flight, Predicate<Flight> end) {
    Set<Flight> seen = new HashSet<>();
    ArrayDeque<Flight> next = new ArrayDeque<>(List.of(flight));
    while (!next.isEmpty()) {
      Flight each = next.pop();
      if (each.isOver() || !seen.add(each)) {
        continue;
      }
      if (end.test(each)) {
        return true;
      }
      next.addAll(each.run().awaited());
      Flight byThread = each.awaitedByThread(WAITING);
      if (byThread != null) {
        next.push(byThread);
      }
    }
    return false;
  }
}
