/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.entry;

import dev.larder.engine.value.Copier;
import java.util.List;

/**
 * A value that is kept in this JVM, and what says for how long; all moments are the {@link
 * Clock}'s.
 *
 * <p>Nearly all entries are values that everybody shares, for a time and no more: this class has
 * room for that alone, since there may be millions of them. What is copied for each caller is a
 * {@link Copied}, and what has tags, windows or anything else is a {@link Full}.
 */
public class Entry implements NearEntry {

  /** What is kept: a snapshot where the value is mutable; null where null is the value. */
  public final Object value;

  /**
   * Until when a hit may be served without a further thought: no refresh, no idle time to note. Of
   * a near entry it is moved on as often as its marks are found to stand.
   */
  volatile long plainUntil;

  private Entry(Object value, long plainUntil) {
    this.value = value;
    this.plainUntil = plainUntil;
  }

  /**
   * An entry of this JVM alone.
   *
   * @param copier makes a caller's own copy; null where the value is shared
   * @param type the declared type of the method that gave it, by name; compared where a template is
   *     the key, and empty elsewhere
   */
  public static Entry of(
      Object value, Copier copier, String type, long now, Lifetime lifetime, List<String> tags) {
    return of(value, copier, type, now, lifetime, tags, false, null);
  }

  /**
   * An entry; a near one is not plain until {@link #standUntil} says so.
   *
   * @param entities whether there are entities in it that a transaction which may write is not to
   *     be given
   * @param near what bounds the nearness of an entry that a backend has; null of one that is here
   *     alone
   */
  public static Entry of(
      Object value,
      Copier copier,
      String type,
      long now,
      Lifetime lifetime,
      List<String> tags,
      boolean entities,
      Near near) {
    boolean needsNoMore =
        type.isEmpty()
            && tags.isEmpty()
            && near == null
            && !entities
            && lifetime.isPlain()
            && !(value instanceof Thrown);
    if (!needsNoMore) {
      return new Full(value, copier, type, now, lifetime, tags, entities, near);
    }
    long deadline = after(now, lifetime.ttl());
    return copier == null ? new Entry(value, deadline) : new Copied(value, copier, deadline);
  }

  /** One of whose value each caller gets a copy. */
  private static class Copied extends Entry {
    private final Copier copier;

    Copied(Object value, Copier copier, long plainUntil) {
      super(value, plainUntil);
      this.copier = copier;
    }
  }

  /** One with all that there may be. */
  private static final class Full extends Copied {
    private final String type;
    private final long refreshAt;
    private final long deadline;
    private final long staleUntil;
    private final long errorUntil;
    private final long idle;
    private final List<String> tags;
    private final Near near;
    private final boolean entities;

    /** When it was last read; written only where there is an idle time. */
    private volatile long lastRead;

    Full(
        Object value,
        Copier copier,
        String type,
        long now,
        Lifetime lifetime,
        List<String> tags,
        boolean entities,
        Near near) {
      super(value, copier, now);
      this.type = type;
      this.deadline = after(now, lifetime.ttl());
      this.idle = lifetime.idle();
      this.refreshAt =
          lifetime.refreshAfter() == 0 ? Long.MAX_VALUE : after(now, lifetime.refreshAfter());
      this.near = near;
      this.entities = entities;
      this.staleUntil = after(deadline, lifetime.staleWhileRevalidate());
      this.errorUntil = after(deadline, lifetime.staleIfError());
      this.tags = tags;
      this.lastRead = now;
      boolean isPlain = idle == 0 && !entities && !(value instanceof Thrown);
      if (isPlain && (near == null || Near.isOutage(near))) {
        plainUntil = Math.min(deadline, refreshAt);
      }
    }

    private Full(Full loose, Copier copier, boolean entities) {
      super(loose.value, copier, loose.plainUntil);
      this.type = loose.type;
      this.refreshAt = loose.refreshAt;
      this.deadline = loose.deadline;
      this.staleUntil = loose.staleUntil;
      this.errorUntil = loose.errorUntil;
      this.idle = loose.idle;
      this.tags = loose.tags;
      this.near = loose.near;
      this.entities = entities;
      this.lastRead = loose.lastRead;
    }

    @Override
    public Entry kept(Copier copier, boolean entities) {
      return new Full(this, copier, entities);
    }

    @Override
    public String type() {
      return type;
    }

    @Override
    public long refreshAt() {
      return refreshAt;
    }

    @Override
    public long deadline() {
      return deadline;
    }

    @Override
    public long staleUntil() {
      return staleUntil;
    }

    @Override
    public long errorUntil() {
      return errorUntil;
    }

    @Override
    public long idle() {
      return idle;
    }

    @Override
    public List<String> tags() {
      return tags;
    }

    @Override
    public Near near() {
      return near;
    }

    @Override
    public boolean hasEntities() {
      return entities;
    }

    @Override
    boolean isLeftUnread(long now) {
      return idle > 0 && now - lastRead >= idle;
    }

    @Override
    boolean isRead(long now) {
      if (isLeftUnread(now)) {
        return false;
      }
      if (idle > 0 && now < deadline) {
        lastRead = now;
      }
      return true;
    }

    @Override
    public void standUntil(long moment) {
      if (idle == 0 && !entities) {
        plainUntil = Math.min(Math.min(moment, near.until()), Math.min(deadline, refreshAt));
      }
    }
  }

  /** How an entry stands to its times. */
  public enum Age {
    FRESH,
    /** Within its time to live, and to be renewed. */
    AGEING,
    /** Past its time to live, and still to be served while it is renewed. */
    STALE,
    /** Nothing to be served. */
    OVER;

    public boolean isWithinTime() {
      return this == FRESH || this == AGEING;
    }
  }

  /** The same for many callers, where this was made for one. */
  public Entry kept(Copier copier, boolean entities) {
    return copier == null ? this : new Copied(value, copier, plainUntil);
  }

  /** The value for one caller; a copy of its own where it is mutable. */
  public final Object given() {
    Copier copier = copier();
    return copier == null ? value : copier.copyOf(value);
  }

  /** Whether null is what it gives, be it by an old value that stands in for an exception. */
  public final boolean givesNull() {
    return value instanceof Thrown thrown
        ? thrown.instead() != null && thrown.instead().value == null
        : value == null;
  }

  /** Makes a caller's own copy; null where the value is shared. */
  public final Copier copier() {
    return this instanceof Copied copied ? copied.copier : null;
  }

  /** The declared type of the method that gave it, by name; empty where it need not be compared. */
  public String type() {
    return "";
  }

  /** From when on an access renews it; {@link Long#MAX_VALUE} for never. */
  public long refreshAt() {
    return Long.MAX_VALUE;
  }

  /** The end of the time to live. */
  public long deadline() {
    return plainUntil;
  }

  /** The end of the window in which the old value is served while a new one is made. */
  public long staleUntil() {
    return deadline();
  }

  /** The end of the window in which the old value is served where the body throws. */
  public long errorUntil() {
    return deadline();
  }

  /** For how long it may stay unread, in milliseconds; 0 for any time. */
  public long idle() {
    return 0;
  }

  @Override
  public List<String> tags() {
    return List.of();
  }

  @Override
  public Near near() {
    return null;
  }

  @Override
  public final long plainUntil() {
    return plainUntil;
  }

  /** Whether there are entities in it that a transaction which may write is not to be given. */
  public boolean hasEntities() {
    return false;
  }

  /** Whether it has been left unread for longer than it may be. */
  boolean isLeftUnread(long now) {
    return false;
  }

  /** Whether it could still answer a call, or stand in for a failure. */
  public final boolean isOfUse() {
    long now = Clock.precise();
    return now < Math.max(staleUntil(), errorUntil()) && !isLeftUnread(now);
  }

  /** Notes a read within its time to live; whether it has not been left unread for too long. */
  boolean isRead(long now) {
    return true;
  }

  /** How old it is now; one within its time to live counts as read. */
  public final Age age() {
    long now = Clock.precise();
    if (!isRead(now)) {
      return Age.OVER;
    }
    if (now < deadline()) {
      return refreshAt() <= now ? Age.AGEING : Age.FRESH;
    }
    return now < staleUntil() && !(value instanceof Thrown) ? Age.STALE : Age.OVER;
  }

  @Override
  public void standUntil(long moment) {
    throw new IllegalStateException("an entry without marks is near by itself");
  }

  private static long after(long moment, long millis) {
    return millis >= Long.MAX_VALUE - moment ? Long.MAX_VALUE : moment + millis;
  }
}
