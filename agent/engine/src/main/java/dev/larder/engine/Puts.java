/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.remote.Guard;
import dev.larder.engine.remote.Turn;
import dev.larder.engine.transaction.Transaction;
import dev.larder.engine.transaction.Transactions;
import java.util.ArrayList;
import java.util.List;

/** What a target stores of each of its calls, whose body always runs. */
final class Puts {

  private final Engine engine;
  private final List<Put> puts;

  Puts(Engine engine, List<Put> puts) {
    this.engine = engine;
    this.puts = puts;
  }

  boolean isEmpty() {
    return puts.isEmpty();
  }

  /**
   * One put: the cache and the attributes of its operation.
   *
   * @param storable whether what it gives can be stored at all
   */
  record Put(
      TargetSpec spec,
      NamedCache cache,
      Partition partition,
      Attributes attributes,
      boolean storable,
      RemoteTier remote) {

    NewEntries entries(Engine engine) {
      return new NewEntries(engine, spec, cache, partition, attributes);
    }

    Stores stores(Engine engine) {
      return new Stores(engine, cache, partition, attributes, remote);
    }
  }

  /**
   * A put whose body runs.
   *
   * @param load begun where the key is known beforehand; else null
   * @param since the moment of the beginning, for a key that only the result tells
   * @param began the same by {@link System#nanoTime}
   * @param guard what the backend must still have; null where it is not to be stored there, or the
   *     key is not known beforehand
   * @param bypassed whether the call is one of those that are not to be stored: so is one behind
   *     the end of its transaction, since what it writes is committed by nobody
   */
  record Running(
      Put put,
      Loads.Put load,
      long since,
      long keyRemovals,
      long began,
      Guard guard,
      Turn turn,
      Transaction transaction,
      boolean bypassed) {}

  /**
   * Begins the puts of a call whose body is about to run.
   *
   * @param ask what the scope that the call was made in asks for
   */
  List<Running> begin(Object[] arguments, ThreadMode.Ask ask) {
    List<Running> running = new ArrayList<>(puts.size());
    Transaction transaction = puts.isEmpty() ? null : Transactions.current();
    for (Put put : puts) {
      long since = engine.removals().now();
      long keyRemovals = put.partition().keyRemovals.get();
      Loads.Put load = null;
      if (!put.attributes().keyTemplate().namesResult()) {
        Object key = key(put, arguments, null);
        load = key == null ? null : put.partition().loads.beginPut(key, since, transaction);
      }
      RemoteTier.Seen seen =
          put.remote() == null || load == null ? null : put.remote().find(load.key, false);
      running.add(
          new Running(
              put,
              load,
              since,
              keyRemovals,
              System.nanoTime(),
              seen == null ? null : put.remote().guard(load.key, seen, transaction),
              seen == null ? null : seen.turn(),
              transaction,
              ask == ThreadMode.Ask.BYPASS
                  || (transaction != null && transaction.outcome() != null)));
    }
    return running;
  }

  /** Stores, or evicts where the result may not be stored, after the body has returned. */
  void end(List<Running> running, Object value, Object[] arguments) {
    for (Running each : running) {
      end(each, value, arguments, true);
    }
  }

  /** Evicts, after a body has ended well whose value is too much to be kept. */
  void endWithNothing(List<Running> running, Object[] arguments) {
    for (Running each : running) {
      end(each, null, arguments, false);
    }
  }

  private void end(Running running, Object value, Object[] arguments, boolean mayBeKept) {
    Put put = running.put();
    Object key = running.load() != null ? running.load().key : key(put, arguments, value);
    boolean asked = isAsked(put, arguments, value);
    Entry entry =
        mayBeKept
                && asked
                && key != null
                && put.storable()
                && !running.bypassed()
                && !put.attributes().policy().isOff()
            ? put.entries(engine).of(value, arguments, Clock.precise())
            : null;
    if (asked && key != null && running.transaction() != null) {
      end(running, key, entry, running.transaction());
    } else {
      endNow(running, key, entry, asked, null);
    }
  }

  /** Ends a put of a transaction, at once or after its commit. */
  private void end(Running running, Object key, Entry entry, Transaction transaction) {
    boolean waits =
        TransactionWork.put(
            transaction,
            new TransactionWork.Putting(
                running.put().cache(),
                Keys.textOf(key),
                entry == null ? List.of() : entry.tags(),
                new TransactionWork.Later() {
                  @Override
                  public void store(OwnRemovals own) {
                    endNow(running, key, entry, true, own);
                  }

                  @Override
                  public void remove() {
                    endNow(running, key, null, true, null);
                  }

                  @Override
                  public void drop() {
                    failed(running);
                  }
                }));
    if (!waits) {
      endNow(running, key, entry, true, null);
    }
  }

  /**
   * Stores, or evicts.
   *
   * @param own what does not stand against it; a backend knows of no such difference
   */
  private void endNow(Running running, Object key, Entry entry, boolean asked, OwnRemovals own) {
    Put put = running.put();
    boolean stored = false;
    if (running.load() != null || (entry != null && isUnremoved(running))) {
      Loads.Put load = running.load() != null ? running.load() : begin(running, key);
      load.follow(put.remote() == null ? own : null);
      stored = store(running, load, entry);
    }
    if (stored && put.remote() != null) {
      for (Partition partition : put.cache().partitions()) {
        partition.flights.overtake(key); // whoever comes now is to find what was put
      }
    }
    if (asked && !stored && key != null) {
      long removedRemotely = put.remote() == null ? 0 : put.remote().remove(key);
      boolean removed = put.partition().remove(key);
      put.cache().removed((removed ? 1 : 0) + Math.max(0, removedRemotely));
    }
  }

  /** Whether no key was removed since; of what a transaction's store asks for its own key alone. */
  private static boolean isUnremoved(Running running) {
    return running.transaction() != null
        || running.put().partition().keyRemovals.get() == running.keyRemovals();
  }

  private static Loads.Put begin(Running running, Object key) {
    return running.put().partition().loads.beginPut(key, running.since(), running.transaction());
  }

  private boolean store(Running running, Loads.Load load, Entry entry) {
    Put put = running.put();
    Stores stores = put.stores(engine);
    if (put.remote() == null) {
      return stores.store(load, entry);
    }
    if (running.load() != null) {
      return stores.storeRemotely(load, entry, running.guard(), running.turn());
    }
    Turn turn = put.remote().turn();
    Transaction transaction = running.transaction();
    Guard guard =
        transaction == null
            ? put.remote().guardSince(load.key, running.began(), turn)
            : put.remote().guardSince(load.key, transaction, turn);
    return stores.storeRemotely(load, entry, guard, turn);
  }

  /** Ends puts that are none: their body has thrown, or another has put. */
  static void failed(List<Running> running) {
    for (Running each : running) {
      failed(each);
    }
  }

  private static void failed(Running running) {
    if (running.load() != null) {
      running.put().partition().loads.end(running.load(), null);
    }
  }

  private boolean isAsked(Put put, Object[] arguments, Object value) {
    Attributes attributes = put.attributes();
    try {
      return (attributes.condition() == null || attributes.condition().test(arguments, value))
          && (attributes.unless() == null || !attributes.unless().test(arguments, value));
    } catch (ExpressionException failed) {
      put.cache().counters.errors.increment();
      engine.warnings().once(put.spec(), "a put is left out: {}", failed.getMessage());
      return false;
    }
  }

  private Object key(Put put, Object[] arguments, Object value) {
    try {
      return Keys.ofText(put.attributes().keyTemplate().render(arguments, value));
    } catch (NoKeyException | ExpressionException failed) {
      put.cache().counters.errors.increment();
      engine.warnings().once(put.spec(), "a put is left out: {}", failed.getMessage());
      return null;
    }
  }
}
