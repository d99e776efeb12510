/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.flight;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The flights that can be joined, by key.
 *
 * <p>Few are under way at a time, and each miss begins and ends one: so it is nothing but a row of
 * slots, in which a flight is its own link. A flight that finds its slot empty is put there, and
 * taken out again, by one atomic write each. Whatever else there is to do is done under the slot's
 * lock by a thread that puts {@link #SEIZED} in the slot and has what was there to itself until it
 * puts it back: nobody can begin, end or find a flight of that slot then.
 */
final class FlightTable {

  private static final int SLOTS = 256;

  /** Fewer than slots, as a lock is seldom asked for; more than one, as a put stores under it. */
  private static final int LOCKS = 16;

  /** Stands in a slot whose flights another thread has to itself. */
  private static final Object SEIZED = new Object();

  private final AtomicReferenceArray<Object> slots = new AtomicReferenceArray<>(SLOTS);
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

  FlightTable() {
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  private static int slotOf(Object key) {
    int hash = key.hashCode();
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }

  private ReentrantLock lockOf(int slot) {
    return locks[slot & (LOCKS - 1)];
  }

  /** Adds a flight unless there is one of its key; the one that there was, or null. */
  Flight putIfAbsent(Flight flight) {
    int slot = slotOf(flight.key);
    Object head = slots.get(slot);
    if (head == null && slots.compareAndSet(slot, null, flight)) {
      return null;
    }
    if (head instanceof Flight there && there.key.equals(flight.key)) {
      return there;
    }
    return putIfAbsentAmongOthers(slot, flight);
  }

  private Flight putIfAbsentAmongOthers(int slot, Flight flight) {
    ReentrantLock lock = lockOf(slot);
    lock.lock();
    try {
      Flight chain = seize(slot);
      Flight rest = chain;
      try {
        Flight known = find(chain, flight.key);
        if (known == null) {
          flight.next = chain;
          rest = flight;
        }
        return known;
      } finally {
        slots.set(slot, rest);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Removes a flight if it is there. */
  void remove(Flight flight) {
    int slot = slotOf(flight.key);
    // One that is followed by none never will be: others are put before it.
    if (flight.next == null && slots.compareAndSet(slot, flight, null)) {
      return;
    }
    removeIf(slot, each -> each == flight);
  }

  /**
   * Removes the flight of a key if there is one and the test says so; until then nobody can find
   * it.
   */
  void removeIf(Object key, Predicate<Flight> test) {
    removeIf(slotOf(key), each -> each.key.equals(key) && test.test(each));
  }

  /** Removes each flight for which the test is true. */
  void removeIf(Predicate<Flight> test) {
    for (int slot = 0; slot < SLOTS; slot++) {
      removeIf(slot, test);
    }
  }

  private void removeIf(int slot, Predicate<Flight> test) {
    if (slots.get(slot) == null) {
      return;
    }
    ReentrantLock lock = lockOf(slot);
    lock.lock();
    try {
      Flight rest = seize(slot);
      try {
        Flight before = null;
        for (Flight each = rest; each != null; ) {
          Flight next = each.next;
          if (!test.test(each)) {
            before = each;
          } else {
            each.next = null;
            if (before == null) {
              rest = next;
            } else {
              before.next = next;
            }
          }
          each = next;
        }
      } finally {
        slots.set(slot, rest);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes the flight of a key, if the test says so, while nobody can begin one.
   *
   * @param test is also asked where there is no flight, of null
   */
  void replace(Object key, Predicate<Flight> test) {
    int slot = slotOf(key);
    ReentrantLock lock = lockOf(slot);
    lock.lock();
    try {
      Flight chain = seize(slot);
      Flight rest = chain;
      try {
        Flight known = find(chain, key);
        if (test.test(known) && known != null) {
          rest = without(chain, known);
        }
      } finally {
        slots.set(slot, rest);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether there are none. */
  boolean isEmpty() {
    for (int slot = 0; slot < SLOTS; slot++) {
      if (slots.get(slot) != null) {
        return false;
      }
    }
    return true;
  }

  /** Takes what a slot has, whose lock is held, until something is put there again. */
  private Flight seize(int slot) {
    Object head = slots.getAndSet(slot, SEIZED);
    if (head == SEIZED) {
      throw new IllegalStateException("a flight is begun, ended or looked for inside the table");
    }
    return (Flight) head;
  }

  private static Flight find(Flight chain, Object key) {
    for (Flight each = chain; each != null; each = each.next) {
      if (each.key.equals(key)) {
        return each;
      }
    }
    return null;
  }

  private static Flight without(Flight chain, Flight flight) {
    Flight rest = flight.next;
    flight.next = null;
    if (chain == flight) {
      return rest;
    }
    Flight before = chain;
    while (before.next != flight) {
      before = before.next;
    }
    before.next = rest;
    return chain;
  }
}
