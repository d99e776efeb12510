/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.agent;

import dev.larder.engine.Engine;
import dev.larder.engine.Witness;
import dev.larder.engine.method.TargetSpec;
import dev.larder.ops.jfr.Recorder;
import dev.larder.ops.jmx.CacheBeans;
import dev.larder.weave.Service;
import dev.larder.weave.Weaver;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/**
 * What is seen of the caches by JMX and in recordings of the Flight Recorder, once the application,
 * or whoever looks at it, has had the JVM make its MBean server or its recorder.
 *
 * <p>It holds no lock while it calls either of them: that may call listeners of the application's.
 */
final class Monitoring implements Witness {

  private final Rooms rooms;

  /** Null while there is no server. */
  private volatile CacheBeans beans;

  private final AtomicBoolean isRecorderKnown = new AtomicBoolean();
  private volatile Witness recordings = Witness.NONE;

  /** The same, to be asked; null while there is no recorder. */
  private volatile Recorder recorder;

  private volatile boolean tellsHits;

  /** Whether a servlet's rule was found of which there is no bean yet. */
  private volatile boolean rulesWaiting;

  Monitoring(Rooms rooms) {
    this.rooms = rooms;
  }

  /** Is given the platform's MBean server by the JVM, each time that somebody asks for it. */
  void server(Object server) {
    if (beans == null) {
      began(CacheBeans.of(server, new RoomsHoldings(rooms), Version.text(), rooms::settings));
    } else {
      rulesInUse();
    }
  }

  /** Is told by the JVM, each time that somebody asks for its recorder, that there is one. */
  void flightRecorder() {
    if (!isRecorderKnown.get() && isRecorderKnown.compareAndSet(false, true)) {
      Recorder made = Recorder.of(new EngineTime(rooms), this::recordingsChanged);
      recorder = made;
      recordings = made;
      recordingsChanged();
    }
  }

  /** What recordings want may be something else now. */
  private void recordingsChanged() {
    Recorder asked = recorder;
    if (asked == null) {
      return; // and will be asked once it is made
    }
    boolean changed;
    synchronized (this) {
      boolean wanted = asked.wantsHits();
      changed = wanted != tellsHits;
      tellsHits = wanted;
    }
    if (changed) {
      guarded(rooms::tellHits);
    }
  }

  /** Whether some recording wants hits. */
  boolean tellsHits() {
    return tellsHits;
  }

  /** Uses a service that was perhaps given to others before, and has it handed over from now on. */
  void use(Service service, Weaver weaver, Instrumentation instrumentation) {
    guarded(
        () -> {
          weaver.weave(service, instrumentation);
          if (service == Service.MBEAN_SERVER) {
            began(
                CacheBeans.whereThereIsAServer(
                    new RoomsHoldings(rooms), Version.text(), rooms::settings));
          } else if (Recorder.isThereARecorder()) {
            flightRecorder();
          }
        });
  }

  private void began(CacheBeans made) {
    if (made != null) {
      beans = made;
      update();
    }
  }

  @Override
  public void cacheMade(String cache) {
    update();
  }

  @Override
  public void hit(String cache, TargetSpec method, boolean stale) {
    recordings.hit(cache, method, stale);
  }

  @Override
  public void missed(String cache, TargetSpec method) {
    recordings.missed(cache, method);
  }

  @Override
  public Object loadBegins(String cache, TargetSpec method) {
    return recordings.loadBegins(cache, method);
  }

  @Override
  public void bodyEnded(Object load) {
    if (load != null) {
      recordings.bodyEnded(load);
    }
  }

  @Override
  public void loadEnded(Object load, Outcome outcome) {
    if (load != null) {
      recordings.loadEnded(load, outcome);
    }
  }

  @Override
  public void removed(Removed what, String cache, long entries) {
    recordings.removed(what, cache, entries);
  }

  @Override
  public void backendFailed(
      String cache, String backend, String operation, RuntimeException failure) {
    recordings.backendFailed(cache, backend, operation, failure);
  }

  /** Other settings hold: there may be other rules. */
  void settingsTaken() {
    CacheBeans now = beans;
    if (now != null) {
      guarded(now::removeGone);
      update();
    }
  }

  /**
   * A servlet's rule was found, as its class was being loaded: no moment to call anything of the
   * application's.
   */
  void rulesChanged() {
    rulesWaiting = true;
  }

  /** A request has come, or JMX is asked for. */
  void rulesInUse() {
    rooms.useServices();
    if (rulesWaiting && beans != null) {
      rulesWaiting = false;
      update();
    }
  }

  private void update() {
    CacheBeans now = beans;
    if (now != null) {
      guarded(now::addMissing);
    }
  }

  /** What may throw. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private static void guarded(Work work) {
    try {
      work.run();
    } catch (Throwable failure) { // the application's call goes on
      LoggerFactory.getLogger(Monitoring.class)
          .warn("not all caches are seen from outside ({})", failure.toString(), failure);
    }
  }

  /** The engine's clock, which costs nearly nothing, by an engine that there may not be yet. */
  private static final class EngineTime implements LongSupplier {
    private final Rooms rooms;
    private Engine engine;

    EngineTime(Rooms rooms) {
      this.rooms = rooms;
    }

    @Override
    public long getAsLong() {
      Engine known = engine;
      if (known == null) {
        known = rooms.engine();
        engine = known;
      }
      return known.coarseMillis();
    }
  }
}
