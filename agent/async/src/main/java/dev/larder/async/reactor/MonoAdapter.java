/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.reactor;

import dev.larder.engine.Adapters.First;
import dev.larder.engine.Adapters.SourceAdapter;
import dev.larder.engine.Loading;
import dev.larder.engine.Step;
import java.util.concurrent.CompletableFuture;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Makes and reads a {@link Mono}; an empty one stands for null. */
public final class MonoAdapter implements SourceAdapter, Step.Ways<Mono<Object>> {

  @Override
  public Object source(First first) {
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super Object> subscriber) {
        Context context = subscriber.currentContext();
        first.step(Leader.within(context), context).take(MonoAdapter.this).subscribe(subscriber);
      }
    };
  }

  @Override
  public void load(Loading loading) {
    run(loading).subscribe(new Unheard(loading.context()));
  }

  @Override
  public Mono<Object> give(Object value) {
    return Mono.justOrEmpty(value);
  }

  @Override
  public Mono<Object> fail(Throwable failure) {
    return Mono.error(failure);
  }

  @Override
  public Mono<Object> await(CompletableFuture<Step> next) {
    return come(next).flatMap(step -> step.take(this));
  }

  /**
   * What comes next. No failure is told of, since none comes but by a cancellation, and Reactor
   * would report one that nobody waits for as an error.
   */
  static Mono<Step> come(CompletableFuture<Step> next) {
    return Mono.create(
        sink -> {
          sink.onCancel(() -> next.cancel(false));
          next.thenAccept(sink::success);
        });
  }

  @Override
  public Mono<Object> run(Loading loading) {
    return new Mono<>() {
      @Override
      public void subscribe(CoreSubscriber<? super Object> subscriber) {
        Mono<Object> given = given(loading);
        if (!loading.isWatched()) {
          given.subscribe(subscriber);
          return;
        }
        loading.subscribe(
            () ->
                given
                    .doOnSuccess(loading::succeeded)
                    .onErrorResume(failure -> loading.failed(failure).take(MonoAdapter.this))
                    .subscribe(new Leader(subscriber, loading)));
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static Mono<Object> given(Loading loading) {
    try {
      Mono<Object> given = (Mono<Object>) loading.run();
      return given == null
          ? Mono.error(new NullPointerException("the method returned no Mono"))
          : given;
    } catch (Throwable thrown) { // of the body: its subscriber's, as any failure
      return Mono.error(thrown);
    }
  }
}
