/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Clock;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.flight.Loads;
import dev.larder.engine.flight.OwnRemovals;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Keys;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.ValueType;
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
    for (Put put : puts) {
      if (put.attributes().keyTemplate().namesResult() || put.attributes().shape().isSource()) {
        put.partition().remember();
      }
    }
  }

  boolean isEmpty() {
    return puts.isEmpty();
  }

  /**
   * One put: the cache and the attributes of its operation.
   *
   * @param storable whether what it gives can be stored at all
   * @param tiers null where its entries stay in this JVM
   * @param type of the values
   */
  record Put(
      TargetSpec spec,
      NamedCache cache,
      Partition partition,
      Attributes attributes,
      boolean storable,
      RemoteTiers tiers,
      ValueType type) {

    /** The same for a receiver. */
    Put on(Object receiver) {
      ValueType own = attributes.valueTypes().ofReceiver(receiver);
      return own.equals(type)
          ? this
          : new Put(spec, cache, partition, attributes, storable, tiers, own);
    }

    /** What it has with a backend; null where its entries stay in this JVM. */
    RemoteTier remote() {
      return tiers == null ? null : tiers.of(type);
    }

    /** Whether anything of it is to be stored. */
    boolean mayStore() {
      return storable && !attributes.policy().isOff();
    }

    NewEntries entries(Engine engine) {
      return new NewEntries(engine, spec, cache, partition, attributes);
    }

    Stores stores(Engine engine) {
      return new Stores(engine, cache, partition, attributes);
    }
  }

  /**
   * A put whose body runs.
   *
   * @param load begun where the key is known beforehand; else null
   * @param origin since when nothing may have been removed
   * @param guard what the backend must still have; null where it is not to be stored there, or the
   *     key is not known beforehand
   * @param turn with the backend; null where nothing is to be stored there
   * @param bypassed whether the call is one of those that are not to be stored: so is one behind
   *     the end of its transaction, since what it writes is committed by nobody
   */
  record Running(
      Put put,
      Loads.Put load,
      PutOrigin origin,
      Guard guard,
      Turn turn,
      Transaction transaction,
      boolean bypassed) {}

  /** The origins of what a body that is about to run gives, for those who subscribe to it. */
  List<PutOrigin> origins(ThreadMode.Ask ask) {
    List<PutOrigin> origins = new ArrayList<>(puts.size());
    for (Put put : puts) {
      boolean isAway = put.remote() != null && put.mayStore() && ask != ThreadMode.Ask.BYPASS;
      origins.add(origin(put, isAway ? put.remote().turn() : null, true));
    }
    return origins;
  }

  /**
   * The origin of what begins now.
   *
   * @param turn in which the backend is asked; null for not at all
   */
  private PutOrigin origin(Put put, Turn turn, boolean isOfSource) {
    long now = engine.removals().now();
    return new PutOrigin(now, turn == null ? null : put.remote().since(turn), isOfSource);
  }

  /**
   * Begins the puts of a call whose body is about to run.
   *
   * @param ask what the scope that the call was made in asks for
   */
  List<Running> begin(Object receiver, Object[] arguments, ThreadMode.Ask ask) {
    return begin(receiver, arguments, ask, null);
  }

  /**
   * The same, of a subscription to what a body has given.
   *
   * @param origins from before the body ran; null where it is about to run
   */
  List<Running> begin(
      Object receiver, Object[] arguments, ThreadMode.Ask ask, List<PutOrigin> origins) {
    List<Running> running = new ArrayList<>(puts.size());
    Transaction transaction = puts.isEmpty() ? null : Transactions.current();
    boolean bypassed =
        ask == ThreadMode.Ask.BYPASS || (transaction != null && transaction.outcome() != null);
    for (int i = 0; i < puts.size(); i++) {
      Put put = puts.get(i).on(receiver);
      boolean isKeyed = !put.attributes().keyTemplate().namesResult();
      Turn turn = put.remote() != null && put.mayStore() && !bypassed ? put.remote().turn() : null;
      PutOrigin origin =
          origins != null
              ? origins.get(i)
              : origin(put, isKeyed || transaction != null ? null : turn, false);
      Object key = isKeyed ? key(put, arguments, null) : null;
      Loads.Put load =
          key == null ? null : put.partition().loads.beginPut(key, origin.since(), transaction);
      Guard guard =
          turn == null || key == null ? null : origin.guard(put.remote(), key, transaction, turn);
      running.add(new Running(put, load, origin, guard, turn, transaction, bypassed));
    }
    return running;
  }

  /**
   * Stores, or evicts where the result may not be stored, after the body has returned.
   *
   * @param open its place among calls for one interface's method; null where it has none
   */
  void end(List<Running> running, Object value, Object[] arguments, OpenPut open) {
    for (Running each : running) {
      end(each, value, arguments, true, open);
    }
  }

  /** Evicts, after a body has ended well whose value is too much to be kept. */
  void endWithNothing(List<Running> running, Object[] arguments, OpenPut open) {
    for (Running each : running) {
      end(each, null, arguments, false, open);
    }
  }

  private void end(
      Running running, Object value, Object[] arguments, boolean mayBeKept, OpenPut open) {
    Put put = running.put();
    Object key = running.load() != null ? running.load().key : key(put, arguments, value);
    if (key != null && open != null && open.takeDone(put.partition(), key)) {
      failed(running);
      return;
    }
    Verdict verdict = verdict(put, arguments, value);
    boolean asked = verdict != Verdict.LEAVE;
    Entry entry =
        mayBeKept
                && verdict == Verdict.STORE
                && key != null
                && put.mayStore()
                && !running.bypassed()
            ? put.entries(engine)
                .of(put.attributes().type(put.type()), value, arguments, Clock.precise())
            : null;
    if (asked && key != null && running.transaction() != null) {
      end(running, key, entry, running.transaction());
    } else {
      endNow(running, key, entry, asked, null);
    }
    if (asked && key != null && open != null) {
      open.did(put.partition(), key);
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
    Loads.Put load = running.load();
    if (load == null && entry != null) {
      load = put.partition().loads.beginPut(key, running.origin().since(), running.transaction());
    }
    if (load != null) {
      // It is listed now, so that what is removed or put from here on is seen there.
      Entry unremoved = isUnremoved(running, load) ? entry : null;
      load.follow(put.remote() == null ? own : null);
      stored = store(running, load, unremoved);
      if (stored) {
        running.origin().stored(load);
      }
    }
    if (stored && put.remote() != null) {
      for (Partition partition : put.cache().partitions()) {
        partition.flights.overtake(key); // whoever comes now is to find what was put
      }
    }
    if (asked && !stored && key != null) {
      long removedRemotely = put.remote() == null ? 0 : put.remote().remove(key, running.turn());
      boolean removed = put.partition().remove(key);
      put.cache().removed((removed ? 1 : 0) + Math.max(0, removedRemotely));
    }
  }

  /**
   * Whether the key was not removed, nor put, between the origin and the listing of the load. The
   * store of a transaction asks for that itself.
   */
  private static boolean isUnremoved(Running running, Loads.Load load) {
    return running.transaction() != null
        || (running.load() != null && !running.origin().isOfSource())
        || !running.put().partition().isRemovedSince(load.since(), load.key);
  }

  private boolean store(Running running, Loads.Load load, Entry entry) {
    Put put = running.put();
    Stores stores = put.stores(engine);
    if (put.remote() == null) {
      return stores.store(load, entry);
    }
    Guard guard =
        running.load() != null || running.turn() == null || entry == null
            ? running.guard()
            : running
                .origin()
                .guardOfResult(put.remote(), load.key, running.transaction(), running.turn());
    return stores.storeRemotely(put.remote(), load, entry, guard, running.turn());
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

  /** What {@code condition} and {@code unless} say of a put. */
  private enum Verdict {
    STORE,
    LEAVE,
    /** Nothing, as they have failed: what is there may have become wrong. */
    EVICT
  }

  private Verdict verdict(Put put, Object[] arguments, Object value) {
    Attributes attributes = put.attributes();
    String attribute = "condition";
    try {
      if (attributes.condition() != null && !attributes.condition().test(arguments, value)) {
        return Verdict.LEAVE;
      }
      attribute = "unless";
      return attributes.unless() != null && attributes.unless().test(arguments, value)
          ? Verdict.LEAVE
          : Verdict.STORE;
    } catch (ExpressionException failed) {
      put.cache().counters.errors.increment();
      engine
          .warnings()
          .once(put.spec(), "a put evicts, since {}: {}", attribute, failed.getMessage());
      return Verdict.EVICT;
    }
  }

  private Object key(Put put, Object[] arguments, Object value) {
    try {
      return Keys.ofText(put.attributes().keyTemplate().render(arguments, value));
    } catch (NoKeyException | ExpressionException failed) {
      put.cache().counters.errors.increment();
      engine.warnings().once(put.spec(), "a put is left out, since key: {}", failed.getMessage());
      return null;
    }
  }
}
