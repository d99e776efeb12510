/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.reactor;

import dev.larder.engine.Loading;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Stands between a source that others may wait for and the subscriber that has it run: it takes
 * what the subscriber asks for to the source, and its cancellation only where nobody else waits.
 */
final class Leader implements CoreSubscriber<Object>, Subscription {

  private final CoreSubscriber<? super Object> subscriber;
  private final Loading loading;
  private final Context context;
  private final AtomicBoolean left = new AtomicBoolean();
  private Subscription source;

  Leader(CoreSubscriber<? super Object> subscriber, Loading loading) {
    this.subscriber = subscriber;
    this.loading = loading;
    this.context = subscriber.currentContext().put(Loading.class, loading);
  }

  /** The run that a subscriber is a part of; null for none. */
  static Loading within(Context context) {
    return context.getOrDefault(Loading.class, null);
  }

  @Override
  public Context currentContext() {
    return context;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    source = subscription;
    subscriber.onSubscribe(this);
  }

  @Override
  public void request(long n) {
    if (!left.get()) {
      source.request(n);
    }
  }

  @Override
  public void cancel() {
    if (left.compareAndSet(false, true)) {
      if (loading.left(source::cancel)) {
        source.request(Long.MAX_VALUE);
      } else {
        source.cancel();
      }
    }
  }

  @Override
  public void onNext(Object element) {
    if (!left.get()) {
      subscriber.onNext(element);
    } else if (!loading.isWatched()) {
      source.cancel();
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (!left.get()) {
      subscriber.onError(failure);
    }
  }

  @Override
  public void onComplete() {
    if (!left.get()) {
      subscriber.onComplete();
    }
  }
}
