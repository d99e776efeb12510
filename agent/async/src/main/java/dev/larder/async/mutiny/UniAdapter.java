/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async.mutiny;

import dev.larder.engine.Adapters.First;
import dev.larder.engine.Adapters.SourceAdapter;
import dev.larder.engine.Loading;
import dev.larder.engine.Step;
import io.smallrye.mutiny.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Makes and reads a {@link Uni}. */
public final class UniAdapter implements SourceAdapter, Step.Ways<Uni<Object>> {

  /** Of a subscription that nobody has made; what is older than contexts is refused by it. */
  private final Context none = Context.empty();

  @Override
  public Object source(First first) {
    return Uni.createFrom().<Object>deferred(() -> first.step(null, null).take(this));
  }

  @Override
  public void load(Loading loading) {
    run(loading).subscribe().with(none, value -> {}, failure -> {});
  }

  @Override
  public Uni<Object> give(Object value) {
    return Uni.createFrom().item(value);
  }

  @Override
  public Uni<Object> fail(Throwable failure) {
    return Uni.createFrom().failure(failure);
  }

  @Override
  public Uni<Object> await(CompletableFuture<Step> next) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              AtomicReference<Cancellable> later = new AtomicReference<>(() -> next.cancel(false));
              emitter.onTermination(
                  () -> {
                    Cancellable known = later.getAndSet(null);
                    if (known != null) {
                      known.cancel();
                    }
                  });
              next.thenAccept(
                  step -> {
                    Cancellable source = subscribe(step.take(this), emitter);
                    if (later.getAndUpdate(known -> known == null ? null : source) == null) {
                      source.cancel();
                    }
                  });
            });
  }

  @Override
  public Uni<Object> run(Loading loading) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Uni<Object> given = given(loading);
              return loading.isWatched() ? shared(given, loading) : given;
            });
  }

  private Uni<Object> shared(Uni<Object> given, Loading loading) {
    Uni<Object> told =
        given
            .onItem()
            .invoke(loading::succeeded)
            .onFailure()
            .recoverWithUni(failure -> loading.failed(failure).take(this));
    return Uni.createFrom()
        .emitter(
            emitter ->
                loading.subscribe(
                    () -> {
                      Cancellable source = subscribe(told, emitter);
                      emitter.onTermination(
                          () -> {
                            if (!loading.left(source::cancel)) {
                              source.cancel();
                            }
                          });
                    }));
  }

  private static Cancellable subscribe(Uni<Object> source, UniEmitter<? super Object> emitter) {
    return source.subscribe().with(emitter.context(), emitter::complete, emitter::fail);
  }

  @SuppressWarnings("unchecked")
  private static Uni<Object> given(Loading loading) {
    try {
      Uni<Object> given = (Uni<Object>) loading.run();
      return given == null
          ? Uni.createFrom().failure(new NullPointerException("the method returned no Uni"))
          : given;
    } catch (Throwable thrown) { // of the body: its subscriber's, as any failure
      return Uni.createFrom().failure(thrown);
    }
  }
}
