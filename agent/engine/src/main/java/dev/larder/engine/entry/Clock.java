/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.entry;

import dev.larder.spi.Daemons;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Time in milliseconds since some moment of this JVM, in two strengths.
 *
 * <p>{@link #precise} asks the operating system, which costs more than all the rest of a hit.
 * {@link #coarse} reads a field that a daemon thread advances; it is never ahead of {@link
 * #precise}, and behind it by a tick, or by more where the machine is overloaded. So a reader
 * trusts it only for what is {@link #GUARD} or more away.
 *
 * <p>The thread does not tick for nobody: after a second it leaves a sentinel in the field and
 * parks, and the next reader, who sees the sentinel, wakes it. A JVM that reads nothing from its
 * caches so has one parked thread, and a busy one pays a wake-up per second.
 */
public final class Clock {

  /** What is nearer than so many milliseconds is compared with the precise time. */
  static final long GUARD = 1_000;

  private static final long ASLEEP = Long.MIN_VALUE;
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int TICKS_PER_WAKING = 200;
  private static final long ORIGIN = System.nanoTime() - TimeUnit.HOURS.toNanos(1);
  private static final VarHandle NOW;

  static {
    try {
      NOW = MethodHandles.lookup().findVarHandle(Clock.class, "now", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  @SuppressWarnings("unused") // through NOW
  private volatile long now = ASLEEP;

  private volatile Thread ticker;

  /** The time now, to the millisecond. */
  public static long precise() {
    return at(System.nanoTime());
  }

  /** What {@link System#nanoTime} gave as a time of this clock's. */
  public static long at(long nanoTime) {
    return TimeUnit.NANOSECONDS.toMillis(nanoTime - ORIGIN);
  }

  /** The time at the last tick. */
  public long coarse() {
    long time = now;
    return time == ASLEEP ? wake() : time;
  }

  /** Whether a moment has come; precise where it is near, cheap where it is far. */
  public boolean reached(long moment) {
    long left = moment - coarse();
    return left < GUARD && (left <= 0 || moment <= precise());
  }

  private long wake() {
    long time = precise();
    if (NOW.compareAndSet(this, ASLEEP, time)) {
      Thread running = ticker;
      if (running == null) {
        start();
      } else {
        LockSupport.unpark(running);
      }
    }
    return time;
  }

  private void start() {
    Thread thread = Daemons.thread("larder-clock", this::tick, 64 * 1024);
    ticker = thread;
    thread.start();
  }

  private void tick() {
    while (true) {
      for (int i = 0; i < TICKS_PER_WAKING; i++) {
        LockSupport.parkNanos(TICK_NANOS);
        now = precise();
      }
      now = ASLEEP;
      while (now == ASLEEP) {
        LockSupport.park(this);
      }
    }
  }
}
