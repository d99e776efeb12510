/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.spi.Daemons;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets flushed bytes through when nothing has followed them for a while.
 *
 * <p>One thread keeps the time; a client that reads slowly holds up a thread of its own, never the
 * next flush.
 */
public final class Flusher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Flusher.class);

  /** A late flush. */
  @FunctionalInterface
  public interface Flush {
    void run() throws IOException;
  }

  private final ScheduledThreadPoolExecutor clock;
  private final ExecutorService writers;

  Flusher() {
    ThreadFactory daemons = task -> Daemons.thread("larder-http-flush", task, 0);
    clock = new ScheduledThreadPoolExecutor(1, daemons);
    clock.setRemoveOnCancelPolicy(true);
    clock.setKeepAliveTime(5, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
    writers =
        new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons);
  }

  ScheduledFuture<?> after(long millis, Flush flush) {
    return clock.schedule(() -> writers.execute(() -> run(flush)), millis, TimeUnit.MILLISECONDS);
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
    clock.shutdownNow();
    writers.shutdownNow();
  }
}
