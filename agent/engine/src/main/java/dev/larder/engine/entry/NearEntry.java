/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.entry;

import dev.larder.engine.codec.TagMark;
import java.util.List;

/** What this JVM keeps of an entry that a backend has. */
public interface NearEntry {

  /** What bounds its nearness. */
  Near near();

  /** Until when it may be served without a look at its marks, by the engine's clock. */
  long plainUntil();

  /** Notes that its marks stand until then, at least. */
  void standUntil(long moment);

  /** What it is tagged with. */
  List<String> tags();

  /**
   * Until when, and while which marks stand, this JVM need not ask the backend.
   *
   * @param mark the cache's, as the entry carries it
   * @param until the end of its time here
   */
  record Near(byte[] mark, List<TagMark> tags, long until) {

    /** Of an entry that is kept here while the backend is out. */
    public static final Near OUTAGE = new Near(new byte[0], List.of(), Long.MAX_VALUE);

    /** Whether that is what bounds an entry. */
    @SuppressWarnings("ReferenceEquality") // there is one
    static boolean isOutage(Near near) {
      return near == OUTAGE;
    }
  }
}
