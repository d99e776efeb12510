/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.kotlin;

import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.SafeContinuation;

/** One suspension until a step comes. */
interface Waiting {

  /** Resumes the call, through its dispatcher. */
  void resume(Object step);

  /** What has come already; the mark of suspension where nothing has. */
  Object result();

  /** How calls wait: so that they can be cancelled where kotlinx.coroutines is there. */
  interface Kind {

    /** A suspension of an intercepted continuation. */
    Waiting of(Continuation<Object> intercepted);

    /** The context without what would cancel it with its caller. */
    CoroutineContext withoutJob(CoroutineContext context);
  }

  /** The best kind that the application has libraries for. */
  static Kind kind() {
    try {
      return new CancellableWaiting();
    } catch (LinkageError absent) {
      return new PlainWaiting();
    }
  }

  /** Waits as the standard library does; whatever waits so cannot be cancelled. */
  final class PlainWaiting implements Kind {

    @Override
    public Waiting of(Continuation<Object> intercepted) {
      SafeContinuation<Object> safe = new SafeContinuation<>(intercepted);
      return new Waiting() {
        @Override
        public void resume(Object step) {
          safe.resumeWith(step);
        }

        @Override
        public Object result() {
          return safe.getOrThrow();
        }
      };
    }

    @Override
    public CoroutineContext withoutJob(CoroutineContext context) {
      return context;
    }
  }
}
