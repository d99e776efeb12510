/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.transaction.Transaction;
import dev.larder.engine.transaction.Transactions;
import java.util.List;

/**
 * What a call that was not a hit carries from the entry of its method to its end.
 *
 * <p>It holds the answer, or what has to be done with the body's result. Its end is taken once,
 * whatever happens while it is.
 */
final class Ticket {

  final Target target;
  final Object receiver;
  final Object[] arguments;

  /** The look-up that found nothing; null where the call is an answer, or only evicts or puts. */
  final Caching.Miss miss;

  /** Runs that are to be stored in any case; empty of most. */
  final List<Puts.Running> puts;

  /** The answer; meant only where {@link #answered}. */
  final Object answer;

  final boolean answered;

  /** What is thrown in place of an answer; null for none. */
  final Throwable thrown;

  /** Whether the body has run for the answer. */
  final boolean hasRun;

  /** What the answer is to come from, without a thread that waits; null for none. */
  final Step next;

  /** In which the call began; null for none. */
  final Transaction transaction;

  private boolean ended;

  private Ticket(
      Target target,
      Object receiver,
      Object[] arguments,
      Caching.Miss miss,
      List<Puts.Running> puts,
      boolean answered,
      Object answer,
      Throwable thrown,
      boolean hasRun,
      Step next) {
    this.target = target;
    this.receiver = receiver;
    this.arguments = arguments;
    this.miss = miss;
    this.puts = puts;
    this.answered = answered;
    this.answer = answer;
    this.thrown = thrown;
    this.hasRun = hasRun;
    this.next = next;
    this.transaction = answered ? null : Transactions.current();
  }

  static Ticket answering(Object answer) {
    return new Ticket(null, null, null, null, List.of(), true, answer, null, false, null);
  }

  /** Of a call for which Larder has run the body itself. */
  static Ticket answeringAfterRun(Object answer) {
    return new Ticket(null, null, null, null, List.of(), true, answer, null, true, null);
  }

  static Ticket throwing(Throwable thrown) {
    return new Ticket(null, null, null, null, List.of(), true, null, thrown, false, null);
  }

  static Ticket following(Step next) {
    return new Ticket(null, null, null, null, List.of(), true, null, null, false, next);
  }

  static Ticket running(Target target, Object receiver, Object[] arguments, Caching.Miss miss) {
    return running(target, receiver, arguments, miss, List.of());
  }

  static Ticket running(
      Target target,
      Object receiver,
      Object[] arguments,
      Caching.Miss miss,
      List<Puts.Running> puts) {
    return new Ticket(target, receiver, arguments, miss, puts, false, null, null, false, null);
  }

  /** The same without the look-up. */
  Ticket withoutMiss() {
    return miss == null ? this : running(target, receiver, arguments, null, puts);
  }

  /** Whether anything but the look-up wants to know of the result. */
  boolean isWatched() {
    return !puts.isEmpty() || !target.evictsNothing();
  }

  /** Whether the end is still to be taken; true once. */
  boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }
}
