/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Entry;
import dev.larder.engine.flight.Circles;
import dev.larder.engine.flight.Circles.Run;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.Variant;
import dev.larder.engine.transaction.Transaction;
import java.util.List;

/**
 * One call of a target on its way to an entry. It is itself alone and no record: the {@code equals}
 * of its arguments is not ours to call.
 */
class Call {

  private final Target target;
  private final Object receiver;
  private final Object[] arguments;
  private final Object key;
  private final Variant variant;
  private final Asker asker;
  private final Transaction transaction;

  /**
   * A call.
   *
   * @param asker null where a thread waits for the answer
   * @param transaction in which it runs; null for none
   */
  Call(
      Target target,
      Object receiver,
      Object[] arguments,
      Object key,
      Variant variant,
      Asker asker,
      Transaction transaction) {
    this.target = target;
    this.receiver = receiver;
    this.arguments = arguments;
    this.key = key;
    this.variant = variant;
    this.asker = asker;
    this.transaction = transaction;
  }

  /** The same call, for a run outside of any transaction. */
  Call outside() {
    return transaction == null
        ? this
        : new Call(target, receiver, arguments, key, variant, asker, null);
  }

  /** Whether it is to be as if there were no cache, for the sake of its transaction. */
  boolean isHidden(NamedCache cache, Attributes target) {
    return transaction != null && TransactionWork.hides(transaction, cache, target, key);
  }

  /**
   * Whether it is not to be given an entry, for the sake of its transaction or of what its caller
   * takes the value for.
   */
  boolean isHidden(Entry entry) {
    return (transaction != null && TransactionWork.hides(transaction, entry))
        || !target.caching().allows(entry, arguments);
  }

  Target target() {
    return target;
  }

  /** Null of a static method. */
  Object receiver() {
    return receiver;
  }

  Object[] arguments() {
    return arguments;
  }

  /** Under which its result is kept. */
  Object key() {
    return key;
  }

  /** To which its receiver belongs. */
  Variant variant() {
    return variant;
  }

  /** In which it runs; null for none. */
  Transaction transaction() {
    return transaction;
  }

  /** Who waits without a thread; null where a thread does. */
  Asker asker() {
    return asker;
  }

  /**
   * The same call, made on this thread, for which no thread waits any more.
   *
   * @param observer of the call, whichever thread its value comes on
   */
  Call withoutThread(Handlers.Call observer) {
    Asker here = asker != null ? asker : Asker.onThisThread();
    return new Call(
        target, receiver, arguments, key, variant, here.observedBy(observer), transaction);
  }

  /** Who is to be told of it; null for whoever observes this thread. */
  Handlers.Call observer() {
    return asker == null ? null : asker.observer();
  }

  /** The runs that it is known to be a part of; mostly none. */
  List<Run> runs() {
    return asker == null ? Circles.running() : asker.runs();
  }

  /** Whether it is a part of the run that leads a flight, as far as that is known. */
  boolean isWithin(Flight flight) {
    return flight.isLedByThisThread() || (asker != null && asker.isWithin(flight));
  }
}
