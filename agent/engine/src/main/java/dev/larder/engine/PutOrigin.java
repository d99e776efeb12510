/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.flight.Loads;
import dev.larder.engine.remote.Guard;
import dev.larder.engine.remote.Since;
import dev.larder.engine.remote.Turn;
import dev.larder.engine.transaction.Transaction;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The moment since which nothing may have been removed, nor put, where a put is to store, in this
 * JVM and with the backend. Of a source it is that of the call, whose body may have made the value
 * already, and belongs to all subscriptions; but what one of them has stored stands against none
 * that comes after it.
 */
final class PutOrigin {

  private final AtomicLong since;
  private final Since away;
  private final boolean isOfSource;

  /**
   * A moment.
   *
   * @param away the same with the backend; null where nothing is stored there, or the put is as old
   *     as its guard or its transaction
   * @param isOfSource whether puts begin after it, as subscriptions do
   */
  PutOrigin(long since, Since away, boolean isOfSource) {
    this.since = new AtomicLong(since);
    this.away = away;
    this.isOfSource = isOfSource;
  }

  long since() {
    return since.get();
  }

  boolean isOfSource() {
    return isOfSource;
  }

  /** Notes what has been stored, and is no older than that moment. */
  void stored(Loads.Put load) {
    since.accumulateAndGet(load.replacedAt(), Math::max);
  }

  /** The guard of a put whose value is still to come; null where that is not to be stored. */
  Guard guard(RemoteTier remote, Object key, Transaction transaction, Turn turn) {
    return isOfSource && transaction == null
        ? remote.guardSince(key, away, true, turn)
        : guardAsOldAs(transaction, remote, key, turn);
  }

  /** The same of a put whose key its value has told. */
  Guard guardOfResult(RemoteTier remote, Object key, Transaction transaction, Turn turn) {
    return transaction == null
        ? remote.guardSince(key, away, false, turn)
        : guardAsOldAs(transaction, remote, key, turn);
  }

  private Guard guardAsOldAs(Transaction transaction, RemoteTier remote, Object key, Turn turn) {
    if (transaction == null) {
      return remote.guardPut(key, null, turn);
    }
    if (isOfSource && away == null) {
      return null;
    }
    long began = transaction.began();
    boolean isOlder = isOfSource && away.began() - began < 0;
    return remote.guardPut(key, isOlder ? away.began() : began, turn);
  }
}
