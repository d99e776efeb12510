/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.flight;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When tags were last removed, as far as that matters to loads under way.
 *
 * <p>Whoever adds a tag excludes meanwhile those who ask.
 */
public final class RemovedTags {

  /** Beyond so many all are forgotten, and loads under way with tags do not store. */
  private static final int REMEMBERED = 10_000;

  private final Map<String, Long> moments = new ConcurrentHashMap<>();
  private volatile long forgotten;

  /** Says of a removed tag whether that counts. */
  @FunctionalInterface
  interface Overtaking {
    boolean isBy(String tag, long removedAt);
  }

  /**
   * Notes that a tag is removed.
   *
   * @param moment is later than that of each removal before
   * @return the moment of its last removal; null for none that is remembered
   */
  public Long add(String tag, long moment) {
    if (moments.size() >= REMEMBERED) {
      moments.clear();
      forgotten = moment;
    }
    return moments.put(tag, moment);
  }

  /** Whether any of some tags may have been removed after a moment. */
  public boolean areAny(List<String> tags, long since) {
    return areAny(tags, since, (tag, removedAt) -> removedAt > since);
  }

  /** The same, where not each removal since then counts. */
  boolean areAny(List<String> tags, long since, Overtaking overtaking) {
    if (tags.isEmpty()) {
      return false;
    }
    if (forgotten > since) {
      return true;
    }
    for (String tag : tags) {
      Long removedAt = moments.get(tag);
      if (removedAt != null && overtaking.isBy(tag, removedAt)) {
        return true;
      }
    }
    return false;
  }
}
