/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.transaction.Transaction;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The loads that run now, by key, so that the removal of a key is seen by each load of it that
 * began before, and by no other.
 */
public final class Loads {

  private final ConcurrentHashMap<Object, Running> running = new ConcurrentHashMap<>();

  /** A run of a body, from before it began. */
  public static final class Load {
    final Object key;
    final long since;
    private final boolean put;
    private long removalsSeen;
    private boolean ended;

    /** In which it runs; null for none. */
    final Transaction transaction;

    private Load(Object key, long since, Transaction transaction, boolean put) {
      this.key = key;
      this.since = transaction == null ? since : Math.min(since, transaction.since());
      this.transaction = transaction;
      this.put = put;
    }

    /** Whether it is a put, over which no other load that runs now may store. */
    boolean isPut() {
      return put;
    }

    public Object key() {
      return key;
    }

    /** What was handed over at its beginning. */
    public long since() {
      return since;
    }
  }

  /** How many loads of one key run, and how often it was removed while any did. */
  private static final class Running {
    private int loads;
    private long removals;
  }

  /** Notes that a load begins; {@link #end} must follow. */
  public Load begin(Object key, long since) {
    return begin(key, since, null);
  }

  /** The same, in a transaction, as old as which the load is; null for none. */
  Load begin(Object key, long since, Transaction transaction) {
    return begin(new Load(key, since, transaction, false));
  }

  /** Notes that a put begins; {@link #end} must follow. */
  Load beginPut(Object key, long since, Transaction transaction) {
    return begin(new Load(key, since, transaction, true));
  }

  private Load begin(Load load) {
    running.compute(
        load.key,
        (k, known) -> {
          Running now = known == null ? new Running() : known;
          now.loads++;
          load.removalsSeen = now.removals;
          return now;
        });
    return load;
  }

  /** Notes that the key is removed, before its entry goes. */
  public void removed(Object key) {
    running.computeIfPresent(
        key,
        (k, now) -> {
          now.removals++;
          return now;
        });
  }

  /**
   * Notes that a load has ended, and stores what it gave unless its key was removed meanwhile. Of a
   * load that has ended before nothing is stored; one whose store fails has not ended.
   *
   * @param store puts the entry and says whether it did; null if there is nothing to store
   * @return whether it was stored
   */
  public boolean end(Load load, BooleanSupplier store) {
    boolean[] stored = {false};
    running.computeIfPresent(
        load.key,
        (k, now) -> {
          if (load.ended) {
            return now;
          }
          if (store != null && now.removals == load.removalsSeen) {
            stored[0] = store.getAsBoolean();
            now.removals += stored[0] && load.put ? 1 : 0;
          }
          load.ended = true;
          now.loads--;
          return now.loads == 0 ? null : now;
        });
    return stored[0];
  }

  /** How many keys are being loaded. */
  int size() {
    return running.size();
  }
}
