/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jfr;

import dev.larder.engine.Witness;
import dev.larder.engine.method.TargetSpec;
import dev.larder.spi.BackendException;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;

/**
 * Writes what happens to the caches into the recordings of the Flight Recorder. It is made when
 * somebody else has begun to use that, and its classes are loaded then.
 */
public final class Recorder implements Witness {

  /** So many hits, and so many misses, are written in a second at most. */
  static final int MOST_PER_SECOND = 1_000;

  private final Throttle hits;
  private final Throttle misses;
  private final EventType hitType;
  private final Runnable changed;

  private Recorder(LongSupplier millis, Runnable changed) {
    this.hits = new Throttle(MOST_PER_SECOND, millis);
    this.misses = new Throttle(MOST_PER_SECOND, millis);
    this.changed = changed;
    for (Class<? extends Event> each :
        List.of(
            HitEvent.class,
            MissEvent.class,
            LoadEvent.class,
            EvictEvent.class,
            BackendErrorEvent.class)) {
      FlightRecorder.register(each);
    }
    this.hitType = EventType.getEventType(HitEvent.class);
  }

  /** Whether somebody else has begun to use the Flight Recorder. */
  public static boolean isThereARecorder() {
    return FlightRecorder.isInitialized();
  }

  /**
   * A recorder that follows the recordings, of now and to come.
   *
   * @param millis a clock, which may be a coarse one
   * @param changed is run after each change of what is recorded
   */
  public static Recorder of(LongSupplier millis, Runnable changed) {
    Recorder recorder = new Recorder(millis, changed);
    FlightRecorder.addListener(recorder.new Following());
    return recorder;
  }

  private final class Following implements FlightRecorderListener {
    @Override
    public void recordingStateChanged(Recording recording) {
      changed.run();
    }
  }

  /** Whether some recording wants hits: only then are they worth telling. */
  public boolean wantsHits() {
    return hitType.isEnabled();
  }

  @Override
  public void hit(String cache, TargetSpec method, boolean stale) {
    HitEvent event = new HitEvent();
    if (event.isEnabled() && hits.passes()) {
      event.cache = cache;
      event.method = nameOf(method);
      event.stale = stale;
      event.commit();
    }
  }

  @Override
  public void missed(String cache, TargetSpec method) {
    MissEvent event = new MissEvent();
    if (event.isEnabled() && misses.passes()) {
      event.cache = cache;
      event.method = nameOf(method);
      event.commit();
    }
  }

  @Override
  public Object loadBegins(String cache, TargetSpec method) {
    LoadEvent event = new LoadEvent();
    if (!event.isEnabled()) {
      return null;
    }
    event.cache = cache;
    event.method = nameOf(method);
    event.begin();
    return event;
  }

  @Override
  public void bodyEnded(Object load) {
    if (load instanceof LoadEvent event) {
      event.end();
    }
  }

  @Override
  public void loadEnded(Object load, Outcome outcome) {
    if (load instanceof LoadEvent event) {
      event.outcome = textOf(outcome);
      event.commit();
    }
  }

  @Override
  public void removed(Removed what, String cache, long entries) {
    EvictEvent event = new EvictEvent();
    if (event.isEnabled()) {
      event.what = textOf(what);
      event.cache = cache;
      event.entries = entries;
      event.commit();
    }
  }

  @Override
  public void backendFailed(
      String cache, String backend, String operation, RuntimeException failure) {
    BackendErrorEvent event = new BackendErrorEvent();
    if (event.isEnabled()) {
      event.cache = cache;
      event.backend = backend;
      event.operation = operation;
      event.errorClass = classOf(failure);
      event.message = messageOf(failure);
      event.commit();
    }
  }

  private static String textOf(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String nameOf(TargetSpec method) {
    return method == null ? null : method.displayName();
  }

  /** The class of what was thrown at first. */
  private static String classOf(RuntimeException failure) {
    Throwable first = failure;
    while (first.getCause() != null && first.getCause() != first) {
      first = first.getCause();
    }
    return first.getClass().getName();
  }

  /**
   * What may be told of a failure: the message of Larder's own backends holds no secret, but what
   * another throws, or what made no sense, may have a key in it.
   */
  private static String messageOf(RuntimeException failure) {
    return failure instanceof BackendException known
        ? known.kind() == BackendException.Kind.GARBLED
            ? known.kind().name()
            : known.kind() + ": " + known.getMessage()
        : null;
  }
}
