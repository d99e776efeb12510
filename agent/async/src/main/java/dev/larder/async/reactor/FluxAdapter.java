/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.reactor;

import dev.larder.engine.Adapters.First;
import dev.larder.engine.Adapters.SourceAdapter;
import dev.larder.engine.Loading;
import dev.larder.engine.Step;
import dev.larder.engine.StreamValue;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/** Makes and reads a {@link Flux}; the list of its elements is its value. */
public final class FluxAdapter implements SourceAdapter, Step.Ways<Flux<Object>> {

  @Override
  public Object source(First first) {
    return new Flux<>() {
      @Override
      public void subscribe(CoreSubscriber<? super Object> subscriber) {
        Context context = subscriber.currentContext();
        first.step(Leader.within(context), context).take(FluxAdapter.this).subscribe(subscriber);
      }
    };
  }

  @Override
  public void load(Loading loading) {
    run(loading).subscribe(new Unheard(loading.context()));
  }

  @Override
  public Flux<Object> give(Object value) {
    return Flux.fromIterable((List<?>) value);
  }

  @Override
  public Flux<Object> fail(Throwable failure) {
    return Flux.error(failure);
  }

  @Override
  public Flux<Object> await(CompletableFuture<Step> next) {
    return MonoAdapter.come(next).flatMapMany(step -> step.take(this));
  }

  @Override
  public Flux<Object> run(Loading loading) {
    return new Flux<>() {
      @Override
      public void subscribe(CoreSubscriber<? super Object> subscriber) {
        Flux<Object> given = given(loading);
        if (!loading.isWatched()) {
          given.subscribe(subscriber);
          return;
        }
        StreamValue value = new StreamValue(loading);
        loading.subscribe(
            () ->
                given
                    .doOnNext(value::add)
                    .doOnComplete(value::complete)
                    .onErrorResume(failure -> value.failed(failure).take(FluxAdapter.this))
                    .subscribe(new Leader(subscriber, loading)));
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static Flux<Object> given(Loading loading) {
    try {
      Flux<Object> given = (Flux<Object>) loading.run();
      return given == null
          ? Flux.error(new NullPointerException("the method returned no Flux"))
          : given;
    } catch (Throwable thrown) { // of the body: its subscriber's, as any failure
      return Flux.error(thrown);
    }
  }
}
