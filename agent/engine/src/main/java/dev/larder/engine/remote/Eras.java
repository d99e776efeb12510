/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.remote;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this JVM knows of the eras of tags that it has ended itself, by removing a tag: which era
 * came before, and which tag it was. So the removal of a tag hinders none of its loads that have
 * others. What another JVM has removed in between breaks the row, and counts for all.
 */
final class Eras {

  /** More than end while a load runs; beyond them loads with tags do not store. */
  private static final int REMEMBERED = 1_000;

  private final Map<ByteBuffer, Change> changes =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Change> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * How an era came about.
   *
   * @param formerSince a moment at which the one before it had begun, by {@link System#nanoTime}
   * @param tag the one that was removed
   */
  private record Change(byte[] former, long formerSince, String tag) {}

  /** Notes that this JVM has ended an era, and that no other came between it and the next. */
  synchronized void ended(byte[] former, long formerSince, String tag, byte[] next) {
    changes.put(ByteBuffer.wrap(next), new Change(former, formerSince, tag));
  }

  /** Whether nothing was removed from one era to another but tags that are none of these. */
  synchronized boolean spare(List<String> tags, byte[] from, byte[] to) {
    byte[] at = to;
    while (!Arrays.equals(at, from)) {
      Change change = changes.get(ByteBuffer.wrap(at));
      if (change == null || tags.contains(change.tag())) {
        return false;
      }
      at = change.former();
    }
    return true;
  }

  /**
   * The era that there was at a moment, by {@link System#nanoTime}.
   *
   * @param era that began after it
   * @return null where that is not known
   */
  synchronized byte[] before(byte[] era, long moment) {
    Change change = changes.get(ByteBuffer.wrap(era));
    while (change != null && change.formerSince() - moment >= 0) {
      change = changes.get(ByteBuffer.wrap(change.former()));
    }
    return change == null ? null : change.former();
  }
}
