/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.spi.Daemons;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets flushed bytes through when nothing has followed them for a while.
 *
 * <p>Nearly every flush is the last thing of its answer, and is taken back at once: to note it and
 * to take it back is to put it into a set and out of it. One thread keeps the time, for as long as
 * anything is noted, and looks only at what is in the set then; a client that reads slowly holds up
 * a thread of its own, never the next flush.
 */
public final class Flusher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Flusher.class);

  /** How long flushed bytes are held back for the end that may follow them, at least. */
  static final long MILLIS = 95;

  /** The set is looked at no more often, so that none is held back for more than 100 ms. */
  private static final long STEP = TimeUnit.MILLISECONDS.toNanos(5);

  private static final long HELD = TimeUnit.MILLISECONDS.toNanos(MILLIS);

  /** A late flush. */
  @FunctionalInterface
  public interface Flush {
    void run() throws IOException;
  }

  /** A flush that has been noted. */
  final class Noted {
    private final long due = System.nanoTime() + HELD;
    private final Flush flush;

    private Noted(Flush flush) {
      this.flush = flush;
    }

    /** Takes it back; it may be running already. */
    void cancel() {
      noted.remove(this);
    }
  }

  private final Set<Noted> noted = ConcurrentHashMap.newKeySet();

  private final AtomicBoolean timed = new AtomicBoolean();

  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          5,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> Daemons.thread("larder-http-flush", task, 0));

  /**
   * Notes a flush, to be made between {@link #MILLIS} and 100 ms from now, unless it is taken back.
   */
  Noted later(Flush flush) {
    Noted entry = new Noted(flush);
    noted.add(entry);
    if (!timed.get() && timed.compareAndSet(false, true)) {
      boolean begun = false;
      try {
        threads.execute(this::keepTime);
        begun = true;
      } finally {
        if (!begun) {
          timed.set(false);
        }
      }
    }
    return entry;
  }

  private void keepTime() {
    boolean done = false;
    try {
      while (!done) {
        if (noted.isEmpty()) {
          timed.set(false);
          // One may have been noted before that, by somebody who took this thread for awake.
          done = noted.isEmpty() || !timed.compareAndSet(false, true);
        } else {
          TimeUnit.NANOSECONDS.sleep(Math.max(STEP, makeDue()));
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      if (!done) {
        timed.set(false);
      }
    }
  }

  /** Makes those whose time has come; for how long there will be no other, in nanoseconds. */
  private long makeDue() {
    long now = System.nanoTime();
    long next = HELD;
    for (Iterator<Noted> all = noted.iterator(); all.hasNext(); ) {
      Noted each = all.next();
      long left = each.due - now;
      if (left > 0) {
        next = Math.min(next, left);
      } else {
        threads.execute(() -> run(each.flush));
        all.remove();
      }
    }
    return next;
  }

  private static void run(Flush flush) {
    try {
      flush.run();
    } catch (IOException | RuntimeException clientGone) {
      log.debug("a flushed answer could not be written; its client is gone", clientGone);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
