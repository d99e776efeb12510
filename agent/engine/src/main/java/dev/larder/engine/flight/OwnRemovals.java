/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.flight;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What one transaction has removed itself in this JVM: that does not stand against what it puts
 * afterwards, though every put of a transaction is as old as its beginning.
 *
 * <p>Of each thing is kept when it was last removed by anybody before. Where that was another,
 * since the transaction began, its removal counts as ever.
 */
public final class OwnRemovals {

  private static final ThreadLocal<OwnRemovals> ACTING = new ThreadLocal<>();

  private final Map<Object, Own> removals = new HashMap<>();
  private boolean isCommitted;

  /**
   * Removals of one thing that followed each other, with none of anybody else's between.
   *
   * @param before the moment of the last one that was another's; 0 for none that is remembered
   * @param last the moment of the last of these
   * @param meanwhile the moment of the last of these that was not done after the commit; 0 for none
   */
  private record Own(long before, long last, long meanwhile) {}

  /** The entry of one key. */
  public record OfKey(Loads loads, Object key) {}

  /** Removes something, all of which is this transaction's. */
  public long by(LongSupplier removal) {
    OwnRemovals outer = ACTING.get();
    ACTING.set(this);
    try {
      return removal.getAsLong();
    } finally {
      if (outer == null) {
        ACTING.remove();
      } else {
        ACTING.set(outer);
      }
    }
  }

  /** What is removed from now on was asked for before all that is stored yet. */
  public synchronized void committed() {
    isCommitted = true;
  }

  /** Whether a removal on this thread is some transaction's, and so to be noted. */
  public static boolean areNoted() {
    return ACTING.get() != null;
  }

  /**
   * Notes a removal.
   *
   * @param what a {@link Cleared} of a cache, a tag's name or {@link OfKey}
   * @param before the moment of the one before it; 0 for none that is remembered
   * @param now the moment of this one
   */
  public static void note(Object what, long before, long now) {
    OwnRemovals acting = ACTING.get();
    if (acting != null) {
      acting.add(what, before, now);
    }
  }

  private synchronized void add(Object what, long before, long now) {
    Own known = removals.get(what);
    long others = known != null && known.last() == before ? known.before() : before;
    long meanwhile = !isCommitted ? now : known == null ? 0 : known.meanwhile();
    removals.put(what, new Own(others, now, meanwhile));
  }

  /**
   * Whether the last removal of something is not to count: it, and all others since the transaction
   * began, are this transaction's, and came before a put or were asked for before it.
   *
   * @param since the moment at which the transaction began
   * @param begun the moment at which the put did
   */
  synchronized boolean allow(Object what, long removedAt, long since, long begun) {
    Own own = removals.get(what);
    return own != null
        && own.last() == removedAt
        && own.before() <= since
        && own.meanwhile() <= begun;
  }
}
