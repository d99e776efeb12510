/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.method.Body;

/** What is run for one target on threads of Larder's, with what its callers carry. */
final class Errands {

  private final Engine engine;
  private final Body body;

  /** Found when a body first runs in the background. */
  private volatile CallerContext callerContext;

  Errands(Engine engine, Body body) {
    this.engine = engine;
    this.body = body;
  }

  /** Runs a body soon, with what its caller carries; false where too many wait already. */
  boolean runInBackground(Runnable run) {
    return runSoon(withCallersContext(run));
  }

  /** Runs a task soon, on a thread of Larder's; false where too many wait already. */
  boolean runSoon(Runnable task) {
    return engine.background().run(task);
  }

  /** Runs soon what waits for a backend at most, and for no body; false as above. */
  boolean lookSoon(Runnable task) {
    return engine.chores().run(task);
  }

  /** A task that is to run once, on a thread of Larder's, with what this thread carries now. */
  Runnable withCallersContext(Runnable task) {
    CallerContext context = callerContext;
    if (context == null) {
      context = CallerContext.of(body.loader());
      callerContext = context;
    }
    ClassLoader callers = Thread.currentThread().getContextClassLoader();
    return context.around(
        () -> {
          Thread.currentThread().setContextClassLoader(callers);
          task.run();
        });
  }
}
