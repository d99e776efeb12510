/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Adapters.SuspendAdapter;

/**
 * The calls of a target that is a suspend function of Kotlin's: its last parameter is whoever
 * continues with the value, and it is entered again for each of its own resumptions.
 *
 * <p>Larder runs the body itself, with a continuation that hears of the value before the caller's.
 */
final class SuspendCalls {

  private final Caching caching;
  private final SuspendAdapter adapter;

  /**
   * The calls of a target.
   *
   * @param caching null where they are not looked up
   */
  SuspendCalls(Caching caching, SuspendAdapter adapter) {
    this.caching = caching;
    this.adapter = adapter;
  }

  /** What a call gets; null to let the body run and think no more of it. */
  Ticket call(Target target, Object receiver, Object[] arguments) {
    Object continuation = arguments[arguments.length - 1];
    if (adapter.isResumption(continuation)) {
      return null;
    }
    ThreadMode mode = ThreadMode.current();
    if (caching != null) {
      if (mode != null) {
        mode.tellOuter(caching, receiver);
      }
      if (caching.isOuter(receiver)) {
        return null;
      }
    }
    ThreadMode.Ask ask = ThreadMode.asked(mode);
    try {
      return Ticket.answering(
          adapter.call(
              continuation,
              (within, context) ->
                  target.later().first(receiver, arguments, Asker.of(within, context, ask))));
    } catch (Throwable failure) { // of the body, which this caller asked for
      return Ticket.throwing(failure);
    }
  }

  /** Runs a body for nobody but the cache. */
  void load(Loading loading) {
    adapter.load(loading);
  }
}
