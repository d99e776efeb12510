/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Adapters.SourceAdapter;

/**
 * The calls of a target that gives a source: each subscription to what a call gave is looked up for
 * itself, and the body runs, with the call's arguments, once one of them misses.
 */
final class SourceCalls {

  private final Caching caching;
  private final SourceAdapter adapter;

  /**
   * The calls of a target.
   *
   * @param caching null where they are not looked up
   */
  SourceCalls(Caching caching, SourceAdapter adapter) {
    this.caching = caching;
    this.adapter = adapter;
  }

  /** What a call gets at once; null where its body is to run now. */
  Ticket call(Target target, Object receiver, Object[] arguments) {
    ThreadMode mode = ThreadMode.current();
    if (mode != null) {
      mode.tellOuter(caching, receiver);
    }
    if (caching.isOuter(receiver)) {
      return null;
    }
    ThreadMode.Ask ask = ThreadMode.asked(mode);
    return Ticket.answering(
        adapter.source(
            (within, context) ->
                target.later().first(receiver, arguments, Asker.of(within, context, ask))));
  }

  /** The source that a body has given, with puts and evictions to each subscription. */
  Object watched(Target target, Ticket.Running ticket, Object given) {
    ThreadMode.Ask ask = ThreadMode.asked(ThreadMode.current());
    return adapter.source((within, context) -> target.later().again(ticket, given, ask));
  }

  /** Runs a body for nobody but the cache. */
  void load(Loading loading) {
    adapter.load(loading);
  }
}
