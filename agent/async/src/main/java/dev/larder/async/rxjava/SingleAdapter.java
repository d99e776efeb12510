/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.rxjava;

import dev.larder.engine.Adapters.First;
import dev.larder.engine.Adapters.SourceAdapter;
import dev.larder.engine.Loading;
import dev.larder.engine.Step;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.disposables.SerialDisposable;
import java.util.concurrent.CompletableFuture;

/** Makes and reads a {@link Single}. */
public final class SingleAdapter implements SourceAdapter, Step.Ways<Single<Object>> {

  @Override
  public Object source(First first) {
    return Single.defer(() -> first.step(null, null).take(this));
  }

  @Override
  public void load(Loading loading) {
    run(loading).subscribe(new Unheard());
  }

  @Override
  public Single<Object> give(Object value) {
    return Single.just(value);
  }

  @Override
  public Single<Object> fail(Throwable failure) {
    return Single.error(failure);
  }

  @Override
  public Single<Object> await(CompletableFuture<Step> next) {
    return Single.create(
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
                  later.set(step.take(this).subscribe(emitter::onSuccess, emitter::tryOnError)));
        });
  }

  @Override
  public Single<Object> run(Loading loading) {
    return Single.defer(
        () -> {
          Single<Object> given = given(loading);
          return loading.isWatched() ? shared(given, loading) : given;
        });
  }

  private Single<Object> shared(Single<Object> given, Loading loading) {
    return Single.create(emitter -> loading.subscribe(() -> subscribe(given, loading, emitter)));
  }

  private void subscribe(Single<Object> given, Loading loading, SingleEmitter<Object> emitter) {
    Disposable source =
        given
            .doOnSuccess(loading::succeeded)
            .onErrorResumeNext(failure -> loading.failed(failure).take(this))
            .subscribe(emitter::onSuccess, emitter::tryOnError);
    emitter.setCancellable(
        () -> {
          if (!loading.left(source::dispose)) {
            source.dispose();
          }
        });
  }

  @SuppressWarnings("unchecked")
  private static Single<Object> given(Loading loading) {
    try {
      Single<Object> given = (Single<Object>) loading.run();
      return given == null
          ? Single.error(new NullPointerException("the method returned no Single"))
          : given;
    } catch (Throwable thrown) { // of the body: its subscriber's, as any failure
      return Single.error(thrown);
    }
  }
}
