/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.transaction;

import java.util.IdentityHashMap;
import java.util.function.Supplier;

/**
 * A transaction of the application's: since when it runs, and what waits for its end.
 *
 * <p>It is made when the application begins it, which costs next to nothing, and makes itself known
 * to whoever runs it when the first call of a target asks for it.
 */
public final class Transaction {

  private final Outside outside;
  private final long since;
  private final long began;
  private boolean registered;
  private boolean mayWrite;
  private Work work;
  private IdentityHashMap<Object, Integer> savepoints;
  private volatile Outcome outcome;

  /** When a transaction begins, noted just before it does. */
  record Beginning(long since, long began) {
    static Beginning now() {
      return new Beginning(Moments.now(), System.nanoTime());
    }
  }

  Transaction(Outside outside, Beginning beginning) {
    this.outside = outside;
    this.since = beginning.since();
    this.began = beginning.began();
  }

  /** The moment of its beginning, among {@link Moments}. */
  public long since() {
    return since;
  }

  /** When it began, by {@link System#nanoTime}. */
  public long began() {
    return began;
  }

  Outside outside() {
    return outside;
  }

  /** Registers it, unless that was done before. */
  synchronized Transaction register() {
    if (!registered) {
      registered = true;
      mayWrite = outside.mayWrite();
      try {
        outside.register(this);
      } catch (RuntimeException refused) { // so it is over or doomed: its end is not told
        outcome = outcome == null ? Outcome.ROLLED_BACK : outcome;
      }
    }
    return this;
  }

  /** Whether it may write; then what it does waits for its commit. */
  public synchronized boolean mayWrite() {
    return mayWrite;
  }

  /** How it has ended; null while it has not. */
  public Outcome outcome() {
    return outcome;
  }

  /** What waits for its end; null where nothing does. */
  public synchronized Work work() {
    return work;
  }

  /** The same, made where nothing does yet; null where the transaction is over. */
  public synchronized Work work(Supplier<Work> empty) {
    if (outcome != null) {
      return null;
    }
    if (work == null) {
      work = empty.get();
    }
    return work;
  }

  /** Ends it, the first time. */
  void end(Outcome how) {
    Work waiting;
    synchronized (this) {
      if (outcome != null) {
        return;
      }
      outcome = how;
      waiting = work;
      work = null;
    }
    if (waiting != null) {
      waiting.end(how);
    }
  }

  /** Notes that it is committed, where nobody has asked for it, so that nothing waits for that. */
  synchronized void endUnasked() {
    if (!registered && outcome == null) {
      outcome = Outcome.COMMITTED;
    }
  }

  /** Notes a savepoint under whatever holds it. */
  synchronized void savepoint(Object holder) {
    if (savepoints == null) {
      savepoints = new IdentityHashMap<>();
    }
    savepoints.put(holder, work == null ? 0 : work.size());
  }

  /** Drops what waits since a savepoint, which may be one of which nothing is known. */
  synchronized void backTo(Object holder) {
    Integer size = savepoints == null ? null : savepoints.get(holder);
    if (work != null) {
      if (size == null) {
        work.doubt();
      } else {
        work.backTo(size);
      }
    }
  }
}
