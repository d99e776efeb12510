/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.observe;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A share of one method's keys: for each its last result, and since when caches of each time to
 * live would have had an entry for it.
 *
 * <p>Larder decides by what a cache would have done, and that is not told by the gaps between calls
 * alone: an entry is as old as its load, not as its last hit. So each key plays through all times
 * to live at once; for that it takes a number each.
 *
 * <p>A table that has no room for another key keeps every other one from then on, chosen by the
 * bits of their fingerprints, and lets each count for twice as many: the sampling by space of
 * SHARDS (Waldspurger and others, FAST '15). Whether a key is kept never depends on how often it is
 * asked for, so the figures stay right on average.
 */
final class KeyTable {

  /** How many keys it holds at most. */
  static final int MOST = 1_250;

  private static final int FIRST_SLOTS = 8;

  /** In units of ten milliseconds, so that a number holds more than half a year. */
  private static final int MILLIS_PER_UNIT = 10;

  private static final int LAST = 0;
  private static final int FLAGS = 1;
  private static final int LOADS = 2;
  private static final int WIDTH = LOADS + Ttls.COUNT;
  private static final int BYTES_PER_SLOT = 16 + 4 * WIDTH;

  /** That the last result is known; beside two bits for each time to live. */
  private static final int KNOWN = 1 << 30;

  /** Of each time to live: that what is no longer the result would be in the entry. */
  private static final int ALL_STALE = (1 << Ttls.COUNT) - 1;

  /** Where the bits stand that say that null would be in the entry. */
  private static final int NULLS = Ttls.COUNT;

  /** So often a call tries for the table, and then is left out: nobody waits to be observed. */
  private static final int SPINS = 100;

  private static final int PATIENCE_MILLIS = 1_000;

  private final Budget budget;
  private final ReentrantLock lock = new ReentrantLock();
  private final Tally tally = new Tally();

  /** Fingerprints of keys; 0 for a free slot. */
  private long[] keys = new long[FIRST_SLOTS];

  private long[] results = new long[FIRST_SLOTS];
  private int[] slots = new int[FIRST_SLOTS * WIDTH];
  private int size;

  /** Kept are the keys that end in so many zeros. */
  private int shift;

  KeyTable(Budget budget) {
    this.budget = budget;
  }

  /** Whether a key is among those that are kept where so many zeros are asked for. */
  static boolean isKept(long key, int shift) {
    return Long.numberOfTrailingZeros(key) >= shift;
  }

  /**
   * Notes a call.
   *
   * @param sampling of the method's tables; may be raised
   * @param began when the body began, in milliseconds
   * @param ended when it ended
   */
  void add(long key, Sampling sampling, Outcome outcome, long result, long began, long ended) {
    if (!lockSoon()) {
      return;
    }
    try {
      sampleBy(sampling.shift());
      if (!isKept(key, shift)) {
        return;
      }
      tally.calls += 1L << shift;
      int slot = find(key);
      if (keys[slot] != 0) {
        repeat(slot, outcome, result, unit(began), unit(ended));
      } else if (outcome != Outcome.FAILED) {
        slot = insert(key, sampling);
        if (slot >= 0) {
          begin(slot, outcome, result, unit(ended));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private static int unit(long millis) {
    return (int) (millis / MILLIS_PER_UNIT);
  }

  /** The slot of a key, or the free one where it would stand. */
  private int find(long key) {
    int mask = keys.length - 1;
    int slot = (int) (key >>> 24) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /**
   * Puts a key into a table that has none of it; its slot, or -1 where it is not kept after all.
   */
  private int insert(long key, Sampling sampling) {
    if (size >= MOST || (isFull() && !grow())) {
      sampling.raise(shift);
      sampleBy(sampling.shift());
      if (!isKept(key, shift)) {
        return -1;
      }
    }
    if (size + 1 >= keys.length) {
      return -1; // all of them are among those that are kept
    }
    int slot = find(key);
    keys[slot] = key;
    size++;
    return slot;
  }

  private boolean isFull() {
    return 4 * (size + 1) > 3 * keys.length;
  }

  private boolean grow() {
    boolean mayGrow = budget.take((long) keys.length * BYTES_PER_SLOT);
    if (mayGrow) {
      rebuild(2 * keys.length);
    }
    return mayGrow;
  }

  /** Lets go of the keys that are not kept from now on. */
  private void sampleBy(int asked) {
    if (asked > shift) {
      shift = asked;
      rebuild(keys.length);
    }
  }

  private void rebuild(int length) {
    long[] oldKeys = keys;
    long[] oldResults = results;
    int[] oldSlots = slots;
    keys = new long[length];
    results = new long[length];
    slots = new int[length * WIDTH];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0 && isKept(oldKeys[i], shift)) {
        int slot = find(oldKeys[i]);
        keys[slot] = oldKeys[i];
        results[slot] = oldResults[i];
        System.arraycopy(oldSlots, i * WIDTH, slots, slot * WIDTH, WIDTH);
        size++;
      }
    }
  }

  /** Notes the first call of a key, which every cache would have loaded. */
  private void begin(int slot, Outcome outcome, long result, int ended) {
    int at = slot * WIDTH;
    results[slot] = result;
    slots[at + LAST] = ended;
    slots[at + FLAGS] = outcome == Outcome.UNKNOWN ? 0 : KNOWN;
    for (int i = 0; i < Ttls.COUNT; i++) {
      load(at, i, outcome, ended);
    }
  }

  /** Notes that a cache of one time to live would have loaded. */
  private void load(int at, int ttl, Outcome outcome, int ended) {
    slots[at + LOADS + ttl] = ended;
    int isNull = outcome == Outcome.NULL ? 1 << (NULLS + ttl) : 0;
    slots[at + FLAGS] = (slots[at + FLAGS] & ~(1 << ttl | 1 << (NULLS + ttl))) | isNull;
  }

  private void repeat(int slot, Outcome outcome, long result, int began, int ended) {
    double weight = 1L << shift;
    int at = slot * WIDTH;
    boolean known = outcome == Outcome.VALUE || outcome == Outcome.NULL;
    boolean compared = known && (slots[at + FLAGS] & KNOWN) != 0;
    boolean differs = compared && results[slot] != result;
    int gap = Ttls.from((long) (began - slots[at + LAST]) * MILLIS_PER_UNIT);
    tally.repeats += weight;
    tally.gaps[gap] += weight;
    if (compared) {
      tally.compared += weight;
    }
    if (differs) {
      tally.changed += weight;
      tally.gapsChanged[gap] += weight;
      slots[at + FLAGS] |= ALL_STALE;
    }
    for (int i = 0; i < Ttls.COUNT; i++) {
      boolean isHit = began - slots[at + LOADS + i] <= Ttls.millis(i) / MILLIS_PER_UNIT;
      if (isHit) {
        hit(i, slots[at + FLAGS], weight);
      } else if (outcome != Outcome.FAILED) {
        load(at, i, outcome, ended);
      }
    }
    slots[at + LAST] = ended;
    if (known) {
      results[slot] = result;
      slots[at + FLAGS] |= KNOWN;
    } else if (outcome == Outcome.UNKNOWN) {
      slots[at + FLAGS] &= ~KNOWN;
    }
  }

  private void hit(int ttl, int flags, double weight) {
    boolean isStale = (flags & 1 << ttl) != 0;
    boolean isNull = (flags & 1 << (NULLS + ttl)) != 0;
    tally.hits[ttl] += weight;
    if (isStale) {
      tally.stale[ttl] += weight;
    }
    if (isNull) {
      tally.nullHits[ttl] += weight;
      if (isStale) {
        tally.nullStale[ttl] += weight;
      }
    }
  }

  /** Takes the lock unless that would take longer than what is done under it. */
  private boolean lockSoon() {
    for (int i = 0; i < SPINS; i++) {
      if (lock.tryLock()) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  /** Adds to what other tables have come to. */
  void addTo(Tally sum) {
    try {
      if (!lock.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      tally.keys = (double) size * (1L << shift);
      sum.add(tally);
    } finally {
      lock.unlock();
    }
  }

  /** How many keys are kept, as of some moment ago. */
  int size() {
    return size;
  }
}
