/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.kotlin;

import dev.larder.engine.Loading;
import kotlin.coroutines.AbstractCoroutineContextElement;
import kotlin.coroutines.CoroutineContext;

/** Says of a coroutine, and of those that it starts, which run of a body they are a part of. */
final class Within extends AbstractCoroutineContextElement {

  private static final CoroutineContext.Key<Within> KEY = new CoroutineContext.Key<>() {};

  /** Null until the run begins. */
  private volatile Loading loading;

  Within() {
    super(KEY);
  }

  void begin(Loading run) {
    loading = run;
  }

  /** The run that a context says; null for none. */
  static Loading of(CoroutineContext context) {
    Within within = context.get(KEY);
    return within == null ? null : within.loading;
  }
}
