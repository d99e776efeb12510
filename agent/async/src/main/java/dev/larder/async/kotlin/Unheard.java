/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.kotlin;

import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;

/** The end of a call that nobody but the cache has made, which has been told of all that comes. */
record Unheard(CoroutineContext context) implements Continuation<Object> {

  @Override
  public CoroutineContext getContext() {
    return context;
  }

  @Override
  public void resumeWith(Object result) {}
}
