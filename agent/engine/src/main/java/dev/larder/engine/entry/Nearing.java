/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.entry;

import dev.larder.engine.codec.EntryHeader;
import dev.larder.engine.entry.NearCache.Place;
import dev.larder.engine.remote.Found;
import dev.larder.engine.remote.RemoteCache;
import dev.larder.engine.remote.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings what one target finds with its backend into the near cache.
 *
 * <p>Where the backend pushes changes, a key is read a second time, and watched, once it is known
 * to have an entry: had the look-up watched it, a key without one would be watched too, and filling
 * it would be news to everybody who had looked.
 */
public final class Nearing<E extends NearEntry> {

  /** How long an entry stays near where no changes are pushed and nothing says it. */
  private static final long UNPUSHED_TTL = 1_000;

  private final NearCache<E> near;

  /** For how long, in milliseconds; 0 for what fits the backend. */
  private final long asked;

  private final RemoteCache cache;
  private final long idle;

  /**
   * The way into a near cache.
   *
   * @param idle for how long an entry may stay unread, in milliseconds; 0 for any time
   */
  public Nearing(NearCache<E> near, RemoteCache cache, long idle) {
    this.near = near;
    this.asked = cache.policy().near().ttl();
    this.cache = cache;
    this.idle = idle;
  }

  /** A look-up that has begun. */
  public static final class Begun<E> {
    private final List<String> stored;
    private final List<?> keys;

    /** Taken for the keys; null where that comes later. */
    private final List<Place<E>> places;

    /** The end of the time here of what it finds. */
    private final long until;

    private Begun(List<String> stored, List<?> keys, List<Place<E>> places, long until) {
      this.stored = stored;
      this.keys = keys;
      this.places = places;
      this.until = until;
    }
  }

  /** What a look-up has found and is to be kept near, as it lies there and as it is kept. */
  public record Read<E>(Found found, E entry) {}

  /**
   * Notes that keys are about to be looked up; {@link #end} must follow.
   *
   * @param stored the keys as the backend has them
   * @param keys the same as this JVM has them
   */
  public Begun<E> begin(List<String> stored, List<?> keys) {
    boolean pushes = cache.isPushing();
    List<Place<E>> places = pushes ? null : new ArrayList<>(keys.size());
    for (int i = 0; !pushes && i < keys.size(); i++) {
      places.add(near.take(stored.get(i), keys.get(i)));
    }
    long ttl = ttl(pushes);
    return new Begun<>(stored, keys, places, ttl == Long.MAX_VALUE ? ttl : Clock.precise() + ttl);
  }

  private long ttl(boolean pushes) {
    long ttl = asked > 0 ? asked : pushes ? Long.MAX_VALUE : UNPUSHED_TTL;
    return idle > 0 ? Math.min(ttl, idle / 10) : ttl; // the backend is to hear of reads
  }

  /** What bounds the nearness of an entry that was found. */
  public NearEntry.Near near(Begun<E> begun, EntryHeader header) {
    return new NearEntry.Near(header.cacheMark(), header.tags(), begun.until);
  }

  /**
   * Keeps what was found and is served.
   *
   * @param read in the keys' order; null for what is not to be kept
   */
  public void end(Begun<E> begun, List<Read<E>> read, Turn turn) {
    List<Found> asked = new ArrayList<>();
    List<Place<E>> places = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      Read<E> each = read.get(i);
      Place<E> place = begun.places == null ? null : begun.places.get(i);
      if (begun.places == null && each != null) {
        place = near.take(begun.stored.get(i), begun.keys.get(i));
        asked.add(each.found());
      } else if (place != null && each == null) {
        near.leave(begun.stored.get(i), place);
        place = null;
      }
      places.add(place);
    }
    List<Boolean> still = asked.isEmpty() ? List.of() : cache.areStill(asked, turn);
    for (int i = 0, next = 0; i < places.size(); i++) {
      Place<E> place = places.get(i);
      if (place != null && (begun.places != null || still.get(next++))) {
        near.keep(begun.stored.get(i), place, read.get(i).entry());
      } else if (place != null) {
        near.leave(begun.stored.get(i), place);
      }
    }
  }
}
