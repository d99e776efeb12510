/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder;

/**
 * What one cache has done in this JVM since it started, as it was when it was asked for.
 *
 * <p>{@link #hits}, {@link #misses} and {@link #bypassed} add up to the calls.
 */
public final class CacheStats {

  private static final int FIGURES = 11;

  private final long[] figures;

  /** Of the figures in the order of the accessors below; a missing one counts as 0. */
  CacheStats(long[] figures) {
    this.figures = new long[FIGURES];
    System.arraycopy(figures, 0, this.figures, 0, Math.min(figures.length, FIGURES));
  }

  /** Calls that were answered from the cache, {@link #stale} ones among them. */
  public long hits() {
    return figures[0];
  }

  /** Calls that found nothing; one that waited for another's run is among them. */
  public long misses() {
    return figures[1];
  }

  /** Calls that were neither looked up nor stored. */
  public long bypassed() {
    return figures[2];
  }

  /** Hits past their time to live, within a stale window. */
  public long stale() {
    return figures[3];
  }

  /** Runs of a method's body whose result was to be stored. */
  public long loads() {
    return figures[4];
  }

  /** Time spent in {@link #loads}, in nanoseconds. */
  public long loadNanos() {
    return figures[5];
  }

  /** Results that were stored. */
  public long stores() {
    return figures[6];
  }

  /** Entries that an evict, a tag or a clear removed. */
  public long removals() {
    return figures[7];
  }

  /** Entries that went for want of room. */
  public long evictions() {
    return figures[8];
  }

  /** Failures of Larder or of the backend, none of which the application saw. */
  public long errors() {
    return figures[9];
  }

  /** Entries that this JVM keeps; some of them may be past their time. */
  public long entries() {
    return figures[10];
  }

  @Override
  public String toString() {
    return "CacheStats[hits="
        + hits()
        + ", misses="
        + misses()
        + ", bypassed="
        + bypassed()
        + ", stale="
        + stale()
        + ", loads="
        + loads()
        + ", loadNanos="
        + loadNanos()
        + ", stores="
        + stores()
        + ", removals="
        + removals()
        + ", evictions="
        + evictions()
        + ", errors="
        + errors()
        + ", entries="
        + entries()
        + "]";
  }
}
