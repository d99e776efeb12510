/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.spi.Daemons;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks in the background: few at a time, on named daemon threads, with the context class
 * loader of the caller that asked for them. What else was on the caller's thread is absent, but for
 * what {@link CallerContext} carries.
 *
 * <p>There is one for bodies, which may take any time, and one for what callers may be waiting for
 * and Larder does by itself: that is not to wait for a body.
 */
final class Background {

  private static final int THREADS = 4;
  private static final int WAITING = 1_000;

  /**
   * Short, because the compiled code in which a thread waits may have taken in what it ran last,
   * and the JVM then keeps the classes of that: those of an application that is undeployed by now.
   */
  private static final int IDLE_SECONDS = 1;

  private static final Logger LOG = LoggerFactory.getLogger("dev.larder");

  private final AtomicInteger number = new AtomicInteger();
  private final String name;
  private final ThreadPoolExecutor executor;

  /**
   * One without threads yet.
   *
   * @param name of its threads, without their number
   */
  Background(String name) {
    this.name = name;
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            this::thread);
    executor.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable run) {
    return Daemons.thread(name + "-" + number.incrementAndGet(), run, 0);
  }

  /** Runs a task soon; false where too many wait already. */
  boolean run(Runnable task) {
    ClassLoader callers = Thread.currentThread().getContextClassLoader();
    try {
      executor.execute(
          () -> {
            Thread thread = Thread.currentThread();
            thread.setContextClassLoader(callers);
            try {
              task.run();
            } catch (Throwable failure) { // the application's handler is not to be told of ours
              LOG.error("what Larder does in the background failed", failure);
            } finally {
              thread.setContextClassLoader(null);
            }
          });
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError full) { // of tasks, or of threads
      return false;
    }
  }
}
