/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.flight;

import dev.larder.engine.transaction.Transaction;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The loads that run now, by key, so that the removal of a key is seen by each load of it that
 * began before, and by no other.
 *
 * <p>A load that leads a flight is listed here only once its key leads to that flight no more:
 * until then whoever removes the key meets it there ({@link Flights#overtake}).
 */
public final class Loads {

  private final ConcurrentHashMap<Object, Running> running = new ConcurrentHashMap<>();

  /** A run of a body, from before it began. */
  public static class Load {
    public final Object key;
    private long since;
    private Transaction transaction;

    /** Null until it is listed. */
    private Listing listing;

    /** One that is to begin. */
    Load(Object key) {
      this.key = key;
    }

    void begin(long moment, Transaction within) {
      since = within == null ? moment : Math.min(moment, within.since());
      transaction = within;
    }

    /**
     * Whether a removal stands against it.
     *
     * @param what see {@link OwnRemovals#note}
     * @param removedAt the moment of the last one; 0 for none
     */
    public boolean isOvertaken(Object what, long removedAt) {
      return removedAt > since;
    }

    /** Whether some removals may not count, so that each is asked for by {@link #isOvertaken}. */
    public boolean follows() {
      return false;
    }

    /** Whether it is a put, over which no other load that runs now may store. */
    public boolean isPut() {
      return false;
    }

    /** In which it runs; null for none. */
    public final Transaction transaction() {
      return transaction;
    }

    final boolean isListed() {
      return listing != null;
    }

    public final Object key() {
      return key;
    }

    /** What was handed over at its beginning. */
    public final long since() {
      return since;
    }
  }

  /** The run of a body that replaces what there is. */
  public static final class Put extends Load {
    private long begun;
    private long replacedAt;

    /** Of its transaction, where they do not count; null where all do. */
    private OwnRemovals own;

    private Put(Object key) {
      super(key);
    }

    @Override
    void begin(long moment, Transaction within) {
      super.begin(moment, within);
      begun = moment;
    }

    /** Makes its transaction's own removals, where they came before it, count no more. */
    public void follow(OwnRemovals removals) {
      own = removals;
    }

    @Override
    public boolean isOvertaken(Object what, long removedAt) {
      return super.isOvertaken(what, removedAt)
          && (own == null || !own.allow(what, removedAt, since(), begun));
    }

    /** Notes the moment at which it has replaced what there was. */
    public void replaced(long moment) {
      replacedAt = moment;
    }

    /** The moment at which it has replaced what there was; 0 where nobody is to know. */
    public long replacedAt() {
      return replacedAt;
    }

    @Override
    public boolean follows() {
      return own != null;
    }

    @Override
    public boolean isPut() {
      return true;
    }
  }

  /** Stores what a load gave. */
  @FunctionalInterface
  public interface Storing<T> {

    /** Puts it and says whether it did. */
    boolean store(Load load, T what);
  }

  /** What is noted of a load that is listed. */
  private static final class Listing {
    private final long removalsSeen;
    private boolean ended;

    Listing(long removalsSeen) {
      this.removalsSeen = removalsSeen;
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
    return begin(new Load(key), since, transaction);
  }

  /** Notes that a put begins; {@link #end} must follow. */
  public Put beginPut(Object key, long since, Transaction transaction) {
    return begin(new Put(key), since, transaction);
  }

  private <L extends Load> L begin(L load, long since, Transaction transaction) {
    load.begin(since, transaction);
    list(load);
    return load;
  }

  /** Lists a load that goes on. */
  void list(Load load) {
    running.compute(
        load.key,
        (k, known) -> {
          Running now = known == null ? new Running() : known;
          now.loads++;
          load.listing = new Listing(now.removals);
          return now;
        });
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
    return end(load, store, (same, what) -> what.getAsBoolean());
  }

  /**
   * The same.
   *
   * @param what null if there is nothing to store
   */
  public <T> boolean end(Load load, T what, Storing<T> storing) {
    Boolean ended = load instanceof Flight flight ? flight.endLoad(what, storing) : null;
    return ended == null ? endListed(load, what, storing) : ended;
  }

  private <T> boolean endListed(Load load, T what, Storing<T> storing) {
    boolean[] stored = {false};
    running.computeIfPresent(
        load.key,
        (k, now) -> {
          Listing listing = load.listing;
          if (listing.ended) {
            return now;
          }
          if (what != null && now.removals == listing.removalsSeen) {
            stored[0] = storing.store(load, what);
            now.removals += stored[0] && load.isPut() ? 1 : 0;
          }
          listing.ended = true;
          now.loads--;
          return now.loads == 0 ? null : now;
        });
    return stored[0];
  }

  /** How many keys are listed. */
  public int size() {
    return running.size();
  }
}
