/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.kotlin;

import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.CancellableContinuationImpl;
import kotlinx.coroutines.Job;

/** Waits as code does that the compiler makes of {@code suspendCancellableCoroutine}. */
final class CancellableWaiting implements Waiting.Kind {

  /** {@code MODE_CANCELLABLE}, a constant that the library inlines into its users. */
  private static final int CANCELLABLE = 1;

  private final CoroutineContext.Key<?> job = Job.Key;

  CancellableWaiting() {
    // Fails here, and not at a call, where the library is another.
    Waiting probe = of(new Unheard(EmptyCoroutineContext.INSTANCE));
    probe.resume(null);
    probe.result();
  }

  @Override
  public Waiting of(Continuation<Object> intercepted) {
    CancellableContinuationImpl<Object> cancellable =
        new CancellableContinuationImpl<>(intercepted, CANCELLABLE);
    cancellable.initCancellability();
    return new Waiting() {
      @Override
      public void resume(Object step) {
        cancellable.resumeWith(step);
      }

      @Override
      public Object result() {
        return cancellable.getResult();
      }
    };
  }

  @Override
  public CoroutineContext withoutJob(CoroutineContext context) {
    return context.minusKey(job);
  }
}
