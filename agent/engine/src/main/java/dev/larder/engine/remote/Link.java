/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.BackendListener;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This JVM's side of one backend: it is started when it is first asked for, is left alone while it
 * fails, and is told what it missed before it serves again.
 *
 * <p>No caller waits for a backend that is not there. A thread of the link's own starts it, probes
 * it and replays removals; until that has succeeded {@link #isServing} is false and calls run
 * uncached.
 */
final class Link implements BackendListener {

  private static final Logger LOG = LoggerFactory.getLogger("dev.larder");

  private static final int FAILURES_IN_A_ROW = 20;
  private static final long FAILING_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long PROBE_EVERY_MILLIS = 500;
  private static final long PROBE_MILLIS = 1_000;

  /** For so long a first connection may take without a word about it. */
  private static final long CONNECTING_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long CONNECTING_EVERY_MILLIS = 50;
  private static final long WARN_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Beyond so many removals to be replayed, those of keys become one of all. */
  private static final int REMEMBERED = 10_000;

  private final String name;
  private final BackendFactory factory;
  private final ScheduledExecutorService prober;
  private final Map<String, Removal> missed = new LinkedHashMap<>();
  private final Marks marks = new Marks();

  private volatile boolean serving;
  private volatile Backend backend;
  private boolean begun;
  private long startedAt; // of the prober's thread alone
  private volatile boolean broken;
  private final AtomicInteger failures = new AtomicInteger();
  private long failingSince;
  private long warnedAt = System.nanoTime() - WARN_EVERY_NANOS;

  Link(String name, BackendFactory factory) {
    this.name = name;
    this.factory = factory;
    this.prober =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(null, task, "larder-" + name);
              thread.setDaemon(true);
              thread.setContextClassLoader(factory.getClass().getClassLoader());
              return thread;
            });
  }

  /** A removal that can be done again. */
  @FunctionalInterface
  interface Removal {
    void redo(Turn turn);
  }

  Marks marks() {
    return marks;
  }

  /** Whether calls may be answered by it now; the first question starts it. */
  boolean isServing() {
    if (!serving) {
      begin();
    }
    return serving;
  }

  /** Begins to connect, unless that has been done. */
  synchronized void begin() {
    if (!begun) {
      begun = true;
      prober.execute(this::probe);
    }
  }

  /** The backend, once it has been started. */
  Backend backend(boolean probing) {
    Backend started = backend;
    if (started == null || (!serving && !probing)) {
      throw new BackendException(Kind.UNAVAILABLE, "there is no connection", null);
    }
    return started;
  }

  /** Notes an answer; a slow one counts as a failure. */
  void answered(boolean slow) {
    if (slow) {
      failed(new BackendException(Kind.OVERLOADED, "it answers slower than half of timeout", null));
    } else if (failures.get() != 0) {
      failures.set(0);
    }
  }

  /** Notes a failure; after enough of them in a row the backend is left alone. */
  synchronized void failed(BackendException failure) {
    long now = System.nanoTime();
    int inARow = failures.incrementAndGet();
    if (inARow == 1) {
      failingSince = now;
    }
    boolean longEnough = inARow > 1 && now - failingSince >= FAILING_NANOS;
    if (serving && (inARow >= FAILURES_IN_A_ROW || longEnough)) {
      leaveAlone(failure.getMessage());
    }
  }

  /** Notes a removal that the backend did not take: it serves nothing until it has. */
  synchronized void missed(String key, Removal removal) {
    missed.put(key, removal);
    if (serving) {
      leaveAlone("a removal did not get through");
    } else {
      begin();
    }
  }

  /**
   * Notes the removal of a key that the backend did not take.
   *
   * @param prefix what all keys of the cache begin with
   * @param clear the removal of all of them, which takes the place of very many
   */
  synchronized void missed(
      String key, Removal removal, String prefix, String clearKey, Removal clear) {
    if (missed.containsKey(clearKey) || missed.size() >= REMEMBERED) {
      missed.keySet().removeIf(each -> each.startsWith(prefix));
      missed(clearKey, clear);
    } else {
      missed(key, removal);
    }
  }

  private void leaveAlone(String reason) {
    serving = false;
    marks.forget();
    warn("it is left alone, since " + reason);
    prober.execute(this::probe);
  }

  /** Starts it if need be, asks whether it is there, replays what it missed, and lets it serve. */
  private void probe() {
    if (serving || broken) {
      return;
    }
    try {
      if (backend == null) {
        start();
      }
    } catch (RuntimeException | LinkageError wrong) {
      broken = true;
      LOG.warn(
          "backend {} cannot be used, and methods cached there run uncached: {}",
          name,
          wrong.getMessage(),
          wrong instanceof IllegalArgumentException ? null : wrong);
      return;
    }
    try {
      new Turn(this, PROBE_MILLIS, true).run(Backend::ping);
      replay();
    } catch (RuntimeException away) {
      boolean young = System.nanoTime() - startedAt < CONNECTING_NANOS;
      if (!young) {
        warn(away.getMessage());
      }
      prober.schedule(
          this::probe, young ? CONNECTING_EVERY_MILLIS : PROBE_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void start() {
    Backend made = factory.create(name);
    made.start(factory.settings(made), this);
    startedAt = System.nanoTime();
    backend = made;
  }

  private void replay() {
    while (true) {
      Map.Entry<String, Removal> next;
      synchronized (this) {
        next = missed.isEmpty() ? null : missed.entrySet().iterator().next();
        if (next == null) {
          failures.set(0);
          serving = true;
          return;
        }
      }
      next.getValue().redo(new Turn(this, PROBE_MILLIS, true));
      synchronized (this) {
        missed.remove(next.getKey(), next.getValue());
      }
    }
  }

  @Override
  public void changed(Collection<String> keys) {
    // Nothing of it is kept in this JVM but marks, which are read again after 100 ms anyhow.
  }

  @Override
  public void flush() {
    marks.forget();
  }

  @Override
  public void warn(String message) {
    synchronized (this) {
      long now = System.nanoTime();
      if (now - warnedAt < WARN_EVERY_NANOS) {
        LOG.debug("backend {}: {}", name, message);
        return;
      }
      warnedAt = now;
    }
    LOG.warn(
        "backend {}: {}; while it is out, methods cached there run their bodies, and Larder asks it"
            + " again every {} ms",
        name,
        message,
        PROBE_EVERY_MILLIS);
  }
}
