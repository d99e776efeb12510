/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

/**
 * What there was with the backend as a put began that comes to its key, or to its value, only
 * later. The marks were the current ones then, so that a clear or a removal by tag leaves behind
 * whatever carries them; of a key that was not known then, it is told by how long a removal is
 * past.
 *
 * <p>One that belongs to several runs, as the subscriptions to one source are, is also told what
 * each of them has stored: that stands against none that comes after it.
 */
public final class Since {

  private final byte[] mark;
  private final byte[] era;
  private volatile Last last;

  /**
   * Since when nothing may have been removed.
   *
   * @param began by {@link System#nanoTime}
   * @param stored the first bytes of the entry that was stored then; null for none
   */
  record Last(long began, byte[] stored) {}

  /**
   * The beginning of a put.
   *
   * @param mark the cache's
   * @param era of tags; null where there are none
   * @param began by {@link System#nanoTime}, before the marks were asked for
   */
  Since(byte[] mark, byte[] era, long began) {
    this.mark = mark;
    this.era = era;
    this.last = new Last(began, null);
  }

  /** When it began, by {@link System#nanoTime}, or was last known to stand. */
  public long began() {
    return last.began();
  }

  byte[] mark() {
    return mark;
  }

  byte[] era() {
    return era;
  }

  Last last() {
    return last;
  }

  /**
   * Notes what was stored.
   *
   * @param sent the moment before it was sent
   */
  synchronized void stored(byte[] head, long sent) {
    if (sent - last.began() > 0) {
      last = new Last(sent, head);
    }
  }
}
