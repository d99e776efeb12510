/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.transaction.Transaction;
import dev.larder.engine.transaction.Transactions;
import java.util.List;

/**
 * What a call that was not a hit has come to at the entry of its method: an answer, or a run of the
 * body and what has to be done with its result.
 */
abstract class Ticket {

  private Ticket() {}

  static Answer answering(Object answer) {
    return new Answer(answer, null, null);
  }

  static Answer throwing(Throwable thrown) {
    return new Answer(null, thrown, null);
  }

  static Answer following(Step next) {
    return new Answer(null, null, next);
  }

  static Running running(Target target, Object receiver, Object[] arguments, Miss miss) {
    return running(target, receiver, arguments, miss, List.of());
  }

  static Running running(
      Target target, Object receiver, Object[] arguments, Miss miss, List<Puts.Running> puts) {
    return new Running(target, receiver, arguments, miss, puts, Transactions.current());
  }

  /** The same of a call that began before, perhaps on another thread. */
  static Running running(Call call, Miss miss) {
    return new Running(
        call.target(), call.receiver(), call.arguments(), miss, List.of(), call.transaction());
  }

  /** The look-up that found nothing; null of none, of an answer, and where there was no look-up. */
  static Miss missOf(Ticket ticket) {
    return ticket instanceof Running running ? running.miss : null;
  }

  /** Of a call whose body does not run, or has run already. */
  static final class Answer extends Ticket {

    /** What the caller is given, where neither of the next two says otherwise. */
    final Object answer;

    /** What is thrown in place of an answer; null for none. */
    final Throwable thrown;

    /** What the answer is to come from, without a thread that waits; null for none. */
    final Step next;

    private Answer(Object answer, Throwable thrown, Step next) {
      this.answer = answer;
      this.thrown = thrown;
      this.next = next;
    }
  }

  /** Of a call whose body runs; its end is taken once, whatever happens while it is. */
  static final class Running extends Ticket {
    final Target target;
    final Object receiver;
    final Object[] arguments;

    /** The look-up that found nothing; null where the call only evicts or puts. */
    final Miss miss;

    /** Runs that are to be stored in any case; empty of most. */
    private List<Puts.Running> puts;

    /** Its place among calls that put for one interface's method; null where it has none. */
    private OpenPut open;

    /** Of the puts of those who subscribe to what the body gives. */
    private List<PutOrigin> origins = List.of();

    /** In which the call began; null for none. */
    final Transaction transaction;

    private boolean ended;

    private Running(
        Target target,
        Object receiver,
        Object[] arguments,
        Miss miss,
        List<Puts.Running> puts,
        Transaction transaction) {
      this.target = target;
      this.receiver = receiver;
      this.arguments = arguments;
      this.miss = miss;
      this.puts = puts;
      this.transaction = transaction;
    }

    /** The same without the look-up. */
    Running withoutMiss() {
      return miss == null
          ? this
          : new Running(target, receiver, arguments, null, puts, transaction).around(open);
    }

    List<Puts.Running> puts() {
      return puts;
    }

    /** Says since when nothing may have been removed for those who subscribe later. */
    Running since(List<PutOrigin> moments) {
      origins = moments;
      return this;
    }

    List<PutOrigin> origins() {
      return origins;
    }

    /** Says that others that put may be reached, or reach this one. */
    Running around(OpenPut place) {
      open = place;
      return this;
    }

    OpenPut open() {
      return open;
    }

    /** Closes what is open as the body has ended, and leaves the puts to whoever was reached. */
    void close() {
      if (open != null) {
        ThreadMode.close(open);
        if (hasLeftPuts()) {
          Puts.failed(puts);
          puts = List.of();
        }
      }
    }

    /** Whether the puts are another's, which the call has reached. */
    boolean hasLeftPuts() {
      return open != null && open.isLeftToAnother();
    }

    /** Ends the puts of a run that gives nothing to put. */
    void dropPuts() {
      Puts.failed(puts);
      if (open != null) {
        open.forget();
      }
    }

    /** Whether the body runs for nobody but the cache: that is no call, after which to evict. */
    boolean isInBackground() {
      return miss != null && miss.inBackground();
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
}
