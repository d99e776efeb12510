/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.spi.Daemons;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * <p>Nearly every flush is the last thing of its answer, and is taken back at once: to note it
 * costs a place in a queue, and wakes nobody while there is another before it. One thread keeps the
 * time, for as long as anything is noted; a client that reads slowly holds up a thread of its own,
 * never the next flush.
 */
public final class Flusher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Flusher.class);

  /** How long flushed bytes are held back for the end that may follow them. */
  static final long MILLIS = 100;

  /** A late flush. */
  @FunctionalInterface
  public interface Flush {
    void run() throws IOException;
  }

  /** A flush that has been noted. */
  static final class Noted {
    private final long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);

    /** Null once it is taken back. */
    private volatile Flush flush;

    private Noted(Flush flush) {
      this.flush = flush;
    }

    /** Takes it back; it may be running already. */
    void cancel() {
      flush = null;
    }
  }

  /** In the order in which they are due, since all wait for as long. */
  private final Queue<Noted> noted = new ConcurrentLinkedQueue<>();

  private final AtomicBoolean timed = new AtomicBoolean();

  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          5,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> Daemons.thread("larder-http-flush", task, 0));

  /** Notes a flush, to be made once {@link #MILLIS} have gone by unless it is taken back. */
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
        Noted first = noted.peek();
        if (first == null) {
          timed.set(false);
          // One may have been noted before that, by somebody who took this thread for awake.
          done = noted.isEmpty() || !timed.compareAndSet(false, true);
        } else {
          pass(first);
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

  /** Passes over the first if it was taken back; else waits for its time, and makes it then. */
  private void pass(Noted first) throws InterruptedException {
    Flush flush = first.flush;
    long left = first.due - System.nanoTime();
    if (flush != null && left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
      return;
    }
    if (flush != null) {
      threads.execute(() -> run(flush));
    }
    noted.remove();
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
