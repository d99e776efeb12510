/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.reactor;

import reactor.core.publisher.BaseSubscriber;
import reactor.util.context.Context;

/** Subscribes for nobody but the cache, which has been told of all that comes. */
final class Unheard extends BaseSubscriber<Object> {

  private final Context context;

  /**
   * A subscriber.
   *
   * @param context of the subscriber that asked; null for none
   */
  Unheard(Object context) {
    this.context = context == null ? Context.empty() : (Context) context;
  }

  @Override
  public Context currentContext() {
    return context;
  }

  @Override
  protected void hookOnError(Throwable failure) {
    // The old value is served on, and the next access tries again.
  }
}
