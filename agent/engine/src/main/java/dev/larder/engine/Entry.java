/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.value.Copier;
import java.util.List;

/**
 * A value that is kept in this JVM, and what says for how long; all moments are the {@link
 * Clock}'s.
 */
final class Entry implements NearEntry {

  /** What is kept: a snapshot where the value is mutable; null where null is the value. */
  final Object value;

  /** Makes a caller's own copy; null where the value is shared. */
  final Copier copier;

  /**
   * The declared type of the method that gave it, by name; compared where a template is the key.
   */
  final String type;

  /**
   * Until when a hit may be served without a further thought: no refresh, no idle time to note. Of
   * a near entry it is moved on as often as its marks are found to stand.
   */
  volatile long plainUntil;

  /** From when on an access renews it; {@link Long#MAX_VALUE} for never. */
  final long refreshAt;

  /** The end of the time to live. */
  final long deadline;

  /** The end of the window in which the old value is served while a new one is made. */
  final long staleUntil;

  /** The end of the window in which the old value is served where the body throws. */
  final long errorUntil;

  /** For how long it may stay unread, in milliseconds; 0 for any time. */
  final long idle;

  final List<String> tags;

  /** What bounds the nearness of an entry that a backend has; null of one that is here alone. */
  final Near near;

  /** Whether there are entities in it that a transaction which may write is not to be given. */
  final boolean entities;

  /** When it was last read; written only where {@link #idle} asks for it. */
  volatile long lastRead;

  /** An entry of this JVM alone. */
  Entry(Object value, Copier copier, String type, long now, Lifetime lifetime, List<String> tags) {
    this(value, copier, type, now, lifetime, tags, false, null);
  }

  /** An entry; a near one is not plain until {@link #standUntil} says so. */
  Entry(
      Object value,
      Copier copier,
      String type,
      long now,
      Lifetime lifetime,
      List<String> tags,
      boolean entities,
      Near near) {
    this.value = value;
    this.copier = copier;
    this.type = type;
    this.deadline = after(now, lifetime.ttl());
    this.idle = lifetime.idle();
    this.refreshAt =
        lifetime.refreshAfter() > 0 ? after(now, lifetime.refreshAfter()) : Long.MAX_VALUE;
    this.near = near;
    this.entities = entities;
    boolean isPlain = idle == 0 && !entities && !(value instanceof Results.Thrown);
    boolean isSure = near == null || near == Near.OUTAGE;
    this.plainUntil = isPlain && isSure ? Math.min(deadline, refreshAt) : now;
    this.staleUntil = after(deadline, lifetime.staleWhileRevalidate());
    this.errorUntil = after(deadline, lifetime.staleIfError());
    this.tags = tags;
    this.lastRead = now;
  }

  /** How an entry stands to its times. */
  enum Age {
    FRESH,
    /** Within its time to live, and to be renewed. */
    AGEING,
    /** Past its time to live, and still to be served while it is renewed. */
    STALE,
    /** Nothing to be served. */
    OVER;

    boolean isWithinTime() {
      return this == FRESH || this == AGEING;
    }
  }

  /** How old it is now; one within its time to live counts as read. */
  Age age() {
    long now = Clock.precise();
    if (idle > 0 && lastRead + idle <= now) {
      return Age.OVER;
    }
    if (now < deadline) {
      if (idle > 0) {
        lastRead = now;
      }
      return refreshAt <= now ? Age.AGEING : Age.FRESH;
    }
    return now < staleUntil && !(value instanceof Results.Thrown) ? Age.STALE : Age.OVER;
  }

  @Override
  public Near near() {
    return near;
  }

  @Override
  public long plainUntil() {
    return plainUntil;
  }

  @Override
  public List<String> tags() {
    return tags;
  }

  @Override
  public void standUntil(long moment) {
    if (idle == 0 && !entities) {
      plainUntil = Math.min(Math.min(moment, near.until()), Math.min(deadline, refreshAt));
    }
  }

  /** Whether it could still answer a call, or stand in for a failure. */
  boolean isOfUse() {
    long now = Clock.precise();
    return now < end() && (idle == 0 || now < lastRead + idle);
  }

  /** The last moment at which it can be of any use. */
  long end() {
    return Math.max(staleUntil, errorUntil);
  }

  private static long after(long moment, long millis) {
    return millis >= Long.MAX_VALUE - moment ? Long.MAX_VALUE : moment + millis;
  }
}
