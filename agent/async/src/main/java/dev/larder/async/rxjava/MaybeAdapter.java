/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.rxjava;

import dev.larder.engine.Adapters.First;
import dev.larder.engine.Adapters.SourceAdapter;
import dev.larder.engine.Loading;
import dev.larder.engine.Step;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import java.util.concurrent.CompletableFuture;

/** Makes and reads a {@link Maybe}; an empty one stands for null. */
public final class MaybeAdapter implements SourceAdapter, Step.Ways<Maybe<Object>> {

  @Override
  public Object source(First first) {
    return Maybe.defer(() -> first.step(null, null).take(this));
  }

  @Override
  public void load(Loading loading) {
    run(loading).subscribe(new Unheard());
  }

  @Override
  public Maybe<Object> give(Object value) {
    return value == null ? Maybe.empty() : Maybe.just(value);
  }

  @Override
  public Maybe<Object> fail(Throwable failure) {
    return Maybe.error(failure);
  }

  @Override
  public Maybe<Object> await(CompletableFuture<Step> next) {
    return Maybe.create(
        emitter -> {
          SerialDisposable later = new SerialDisposable();
          emitter.setDisposable(
              Disposable.fromRunnable(
                  () -> {
                    next.cancel(false);
                    later.dispose();
                  }));
          next.thenAccept(
              step ->
                  later.set(
                      step.take(this)
                          .subscribe(
                              emitter::onSuccess, emitter::tryOnError, emitter::onComplete)));
        });
  }

  @Override
  public Maybe<Object> run(Loading loading) {
    return Maybe.defer(
        () -> {
          Maybe<Object> given = given(loading);
          return loading.isWatched() ? shared(given, loading) : given;
        });
  }

  private Maybe<Object> shared(Maybe<Object> given, Loading loading) {
    return Maybe.create(emitter -> loading.subscribe(() -> subscribe(given, loading, emitter)));
  }

  private void subscribe(Maybe<Object> given, Loading loading, MaybeEmitter<Object> emitter) {
    Disposable source =
        given
            .doOnSuccess(loading::succeeded)
            .doOnComplete(() -> loading.succeeded(null))
            .onErrorResumeNext(failure -> loading.failed(failure).take(this))
            .subscribe(emitter::onSuccess, emitter::tryOnError, emitter::onComplete);
    emitter.setCancellable(
        () -> {
          if (!loading.left(source::dispose)) {
            source.dispose();
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static Maybe<Object> given(Loading loading) {
    try {
      Maybe<Object> given = (Maybe<Object>) loading.run();
      return given == null
          ? Maybe.error(new NullPointerException("the method returned no Maybe"))
          : given;
    } catch (Throwable thrown) { // of the body: its subscriber's, as any failure
      return Maybe.error(thrown);
    }
  }
}
