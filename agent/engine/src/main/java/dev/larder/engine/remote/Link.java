/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.BackendListener;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Daemons;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

  /** How long a probe, or a removal that is done again, may take at least, and at most. */
  private static final long SHORTEST_PROBE_MILLIS = 1_000;

  private static final long LONGEST_PROBE_MILLIS = 5_000;

  /** For so long a first connection may take without a word about it. */
  private static final long CONNECTING_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long CONNECTING_EVERY_MILLIS = 50;
  private static final int REPLAYED_AT_ONCE = 16;

  /** By up to this share each pause is longer, so that not every JVM asks at once. */
  private static final double JITTER = 0.2;

  private final String name;
  private final BackendLog log;
  private final BackendFactory factory;
  private final ScheduledExecutorService prober;
  private final Missed missed = new Missed();
  private final List<WeakReference<NearEntries>> kept = new CopyOnWriteArrayList<>();
  private final Marks marks = new Marks();
  private final Leases leases;

  private volatile boolean serving;
  private volatile Backend backend;
  private boolean begun;
  private long startedAt; // of the prober's thread alone, as the next
  private long startedFor; // the timeout
  private volatile boolean broken;
  private final AtomicInteger failures = new AtomicInteger();
  private long failingSince;

  Link(String name, BackendFactory factory) {
    this.name = name;
    this.log = new BackendLog(name, System::nanoTime, LOG::warn, LOG::debug);
    this.factory = factory;
    this.leases = new Leases(this, name);
    this.prober =
        Executors.newSingleThreadScheduledExecutor(
            task -> Daemons.threadOf(factory.getClass(), "larder-" + name, task));
  }

  /** A removal that can be done again. */
  @FunctionalInterface
  interface Removal {
    void redo(Turn turn);
  }

  Marks marks() {
    return marks;
  }

  Leases leases() {
    return leases;
  }

  /** Whether calls may be answered by it now; the first question starts it. */
  boolean isServing() {
    if (!serving) {
      begin();
    }
    return serving;
  }

  /** The same, of which nothing begins. */
  boolean serves() {
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

  private static String reason(Throwable failure) {
    return failure instanceof BackendException ? failure.getMessage() : failure.toString();
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
      leaveAlone(inARow + " calls failed in a row, the last since " + failure.getMessage());
    } else if (serving && failure.kind() == Kind.REFUSED) {
      log.refused(failure.getMessage());
    }
  }

  /**
   * Notes that a whole cache, or a tag, was removed and the backend did not take it: it serves
   * nothing until it has.
   *
   * @param cache what the keys of the cache begin with, or the tag's own
   * @param why it did not
   */
  synchronized void missed(String cache, Removal clear, RuntimeException why) {
    missed.addClear(cache, clear);
    missedOne(why);
  }

  /**
   * Notes that a key was removed and the backend did not take it: it serves nothing until it has.
   *
   * @param clear the removal of the whole cache, which takes the place of very many
   * @param why it did not
   */
  synchronized void missed(
      String cache, String key, Removal removal, Removal clear, RuntimeException why) {
    missed.add(cache, key, removal, clear);
    missedOne(why);
  }

  private void missedOne(RuntimeException why) {
    if (serving) {
      leaveAlone("a removal did not get through, since " + reason(why));
    } else {
      begin();
    }
  }

  private void leaveAlone(String reason) {
    serving = false;
    flush();
    log.out(reason);
    prober.execute(this::probe);
  }

  /** Starts it if need be, asks whether it is there, replays what it missed, and lets it serve. */
  private void probe() {
    if (serving || broken) {
      return;
    }
    Backend former = backend;
    boolean isOutgrown = former != null && factory.timeout() > startedFor;
    try {
      if (former == null || isOutgrown) {
        start(); // a client that gives up before its callers would seem to be out for good
      }
    } catch (VirtualMachineError ours) { // there may be room for it later
      log.out(ours.toString());
      probeAgain(PROBE_EVERY_MILLIS);
      return;
    } catch (RuntimeException | Error wrong) { // the backend may be anybody's
      broken = true;
      boolean isTold = wrong instanceof IllegalArgumentException;
      LOG.warn(
          "backend {} cannot be used, and methods cached there run uncached: {}",
          name,
          isTold ? wrong.getMessage() : wrong.toString(),
          isTold ? null : wrong);
      return;
    }
    try {
      if (isOutgrown) {
        former.close();
      }
      probing().run(Backend::ping);
      replay();
    } catch (RuntimeException | Error away) { // whatever it was: it is asked again
      boolean young = System.nanoTime() - startedAt < CONNECTING_NANOS;
      if (!young) {
        log.out(reason(away));
      }
      probeAgain(young ? CONNECTING_EVERY_MILLIS : PROBE_EVERY_MILLIS);
    }
  }

  /**
   * A turn for what no caller waits for. What calls would count as answered in time must do here
   * too, or a slow backend would be out for good; but while one waits for an answer that is lost, a
   * backend may be back, and that is to be seen within seconds.
   */
  private Turn probing() {
    long ofCalls = factory.timeout() / 2;
    long millis = Math.max(SHORTEST_PROBE_MILLIS, Math.min(ofCalls, LONGEST_PROBE_MILLIS));
    return new Turn(this, millis, true);
  }

  private void probeAgain(long millis) {
    double pause = millis + millis * JITTER * ThreadLocalRandom.current().nextDouble();
    prober.schedule(this::probe, (long) pause, TimeUnit.MILLISECONDS);
  }

  private void start() {
    Backend made = factory.create(name);
    if (made.capabilities() == null) {
      throw new IllegalArgumentException(
          "backend = "
              + name
              + ": its capabilities() gave null, and must give an empty set for none");
    }
    BackendSettings settings = factory.settings(made);
    made.start(settings, this);
    startedFor = settings.timeout();
    startedAt = System.nanoTime();
    backend = made;
  }

  /** Several at once: thousands of round trips of milliseconds would take too long one by one. */
  private void replay() {
    int removals = 0;
    ExecutorService several = null;
    try {
      while (true) {
        List<Missed.Due> next;
        synchronized (this) {
          next = missed.next(REPLAYED_AT_ONCE);
          if (next.isEmpty()) {
            failures.set(0);
            serving = true;
            break;
          }
        }
        if (next.size() == 1) {
          redo(next.get(0));
        } else {
          several = several == null ? threads() : several;
          redoAll(next, several);
        }
        removals += next.size();
      }
    } finally {
      if (several != null) {
        several.shutdownNow();
      }
    }
    log.back(removals);
    tellKept(NearEntries::served);
  }

  private ExecutorService threads() {
    return Executors.newFixedThreadPool(
        REPLAYED_AT_ONCE, task -> Daemons.thread("larder-" + name + "-replay", task, 0));
  }

  private void redoAll(List<Missed.Due> all, ExecutorService threads) {
    List<Future<?>> done = new ArrayList<>(all.size());
    for (Missed.Due each : all) {
      done.add(threads.submit(() -> redo(each)));
    }
    try {
      for (Future<?> each : done) {
        each.get();
      }
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof BackendException known
          ? known
          : new BackendException(Kind.GARBLED, failed.getCause().toString(), failed.getCause());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new BackendException(Kind.UNAVAILABLE, "the backend is closed", closing);
    }
  }

  private void redo(Missed.Due due) {
    due.redo(probing());
    synchronized (this) {
      missed.done(due);
    }
  }

  /** Lets go of the backend, for good. */
  void close() {
    broken = true;
    serving = false;
    leases.close();
    prober.shutdownNow();
    Backend last = backend;
    if (last != null) {
      try {
        last.close();
      } catch (RuntimeException | Error failed) { // it may be anybody's, and nobody is left to help
        log.note("it could not be closed: " + failed);
      }
    }
  }

  /** Tells it from now on what happens at the backend, for as long as anybody else holds it. */
  void tell(NearEntries entries) {
    kept.removeIf(each -> each.get() == null);
    kept.add(new WeakReference<>(entries));
  }

  private void tellKept(Consumer<NearEntries> what) {
    for (WeakReference<NearEntries> each : kept) {
      NearEntries entries = each.get();
      if (entries != null) {
        what.accept(entries);
      }
    }
  }

  @Override
  public void changed(Collection<String> keys) {
    for (String key : keys) {
      marks.changed(key);
      tellKept(entries -> entries.changed(key));
    }
  }

  @Override
  public void flush() {
    marks.forget();
    tellKept(NearEntries::flush);
  }

  @Override
  public void warn(String message) {
    log.note(message);
  }
}
