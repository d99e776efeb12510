/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.rxjava;

import io.reactivex.rxjava3.core.MaybeObserver;
import io.reactivex.rxjava3.core.SingleObserver;
import io.reactivex.rxjava3.disposables.Disposable;

/** Subscribes for nobody but the cache, which has been told of all that comes. */
final class Unheard implements SingleObserver<Object>, MaybeObserver<Object> {

  @Override
  public void onSubscribe(Disposable source) {}

  @Override
  public void onSuccess(Object value) {}

  @Override
  public void onComplete() {}

  @Override
  public void onError(Throwable failure) {
    // The old value is served on, and the next access tries again.
  }
}
