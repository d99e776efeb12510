/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.plugins.RxJavaPlugins;
import io.smallrye.mutiny.Uni;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for each type that gives one value: RxJava's and Mutiny's. */
final class OtherSourcesTest {

  private final Woven woven =
      new Woven(MethodHandles.lookup())
          .cached("single")
          .cached("maybe")
          .cached("uni")
          .cached("keyed", "key", "{p0}")
          .putting("putNothing", "keyed", "key", "{p0}")
          .evicting("dropSingle", "single", "all", "true")
          .evicting("dropMaybe", "maybe", "all", "true")
          .evicting("dropUni", "uni", "all", "true");
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final List<Object> values = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final List<Throwable> undelivered = new ArrayList<>();
  private CompletableFuture<String> source = new CompletableFuture<>();
  private LinkageError unlinked;

  /** The types, and what is done with them. */
  private enum Library {
    SINGLE {
      @Override
      Runnable subscribe(OtherSourcesTest test) {
        return test.single(1).subscribe(test.values::add, test.failures::add)::dispose;
      }

      @Override
      Object drop(OtherSourcesTest test) {
        return test.dropSingle(1).blockingGet();
      }
    },
    MAYBE {
      @Override
      Runnable subscribe(OtherSourcesTest test) {
        return test.maybe(1)
                .subscribe(test.values::add, test.failures::add, () -> test.values.add("nothing"))
            ::dispose;
      }

      @Override
      Object drop(OtherSourcesTest test) {
        return test.dropMaybe(1).blockingGet();
      }
    },
    UNI {
      @Override
      Runnable subscribe(OtherSourcesTest test) {
        Consumer<String> all = x -> test.values.add(x == null ? "nothing" : x);
        return test.uni(1).subscribe().with(all, test.failures::add)::cancel;
      }

      @Override
      Object drop(OtherSourcesTest test) {
        return test.dropUni(1).await().indefinitely();
      }
    };

    /** Subscribes to a call of the method; what cancels. */
    abstract Runnable subscribe(OtherSourcesTest test);

    /** Calls the method that evicts, and waits; what it gave. */
    abstract Object drop(OtherSourcesTest test);

    String cache() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private Single<String> single(long id) {
    return woven.call(
        "single",
        this,
        () -> {
          runs.incrementAndGet();
          return Single.<String>create(
              emitter -> {
                link();
                emitter.setCancellable(cancelled::incrementAndGet);
                source.whenComplete(
                    (value, failure) -> {
                      if (failure == null) {
                        emitter.onSuccess(value);
                      } else {
                        emitter.tryOnError(failure);
                      }
                    });
              });
        },
        id);
  }

  private Maybe<String> maybe(long id) {
    return woven.call(
        "maybe",
        this,
        () -> {
          runs.incrementAndGet();
          return Maybe.defer(
              () -> {
                link();
                return Maybe.fromCompletionStage(source).doOnDispose(cancelled::incrementAndGet);
              });
        },
        id);
  }

  private Uni<String> uni(long id) {
    return woven.call(
        "uni",
        this,
        () -> {
          runs.incrementAndGet();
          CompletableFuture<String> now = source;
          return Uni.createFrom()
              .<String>emitter(
                  emitter -> {
                    link();
                    now.whenComplete(
                        (value, failure) -> {
                          if (failure == null) {
                            emitter.complete(value);
                          } else {
                            emitter.fail(failure);
                          }
                        });
                  })
              .onCancellation()
              .invoke(cancelled::incrementAndGet);
        },
        id);
  }

  /** What each source does first. */
  private void link() {
    if (unlinked != null) {
      throw unlinked;
    }
  }

  private Single<String> dropSingle(long id) {
    return woven.call("dropSingle", this, () -> Single.just("dropped"), id);
  }

  private Maybe<String> dropMaybe(long id) {
    return woven.call("dropMaybe", this, Maybe::<String>empty, id);
  }

  private Uni<String> dropUni(long id) {
    return woven.call("dropUni", this, () -> Uni.createFrom().<String>nullItem(), id);
  }

  @BeforeEach
  void listen() {
    RxJavaPlugins.setErrorHandler(undelivered::add);
  }

  @AfterEach
  void nothingIsUndelivered() {
    RxJavaPlugins.reset();
    assertThat(undelivered).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void coldKey_underManySubscribers_runsOnce(Library library) {
    for (int i = 0; i < 32; i++) {
      library.subscribe(this);
    }
    source.complete("there");
    library.subscribe(this);

    assertThat(values).hasSize(33).containsOnly("there");
    assertThat(runs).hasValue(1);
    assertThat(woven.hits(library.cache())).isEqualTo("1 of 33");
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void cancellation_ofOneSubscriber_isItsOwn(Library library) {
    Runnable leader = library.subscribe(this);
    library.subscribe(this);
    Runnable follower = library.subscribe(this);
    leader.run();
    follower.run();
    source.complete("there");

    assertThat(values).containsExactly("there");
    assertThat(runs).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void cancellation_ofAllSubscribers_cancelsTheSource(Library library) {
    Runnable leader = library.subscribe(this);
    Runnable follower = library.subscribe(this);
    leader.run();
    assertThat(cancelled).hasValue(0);
    follower.run();
    assertThat(cancelled).hasValue(1);

    source = CompletableFuture.completedFuture("anew");
    library.subscribe(this);
    assertThat(values).containsExactly("anew");
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void failure_ofTheLeader_isItsOwnAndOneFollowerTakesOver(Library library) {
    CompletableFuture<String> first = source;
    for (int i = 0; i < 4; i++) {
      library.subscribe(this);
    }
    source = new CompletableFuture<>();
    IllegalStateException mine = new IllegalStateException("mine");
    first.completeExceptionally(mine);

    assertThat(failures).hasSize(1);
    assertThat(unwrapped(failures.get(0))).isSameAs(mine);
    assertThat(runs).hasValue(2);
    source.complete("second");
    assertThat(values).hasSize(3).containsOnly("second");
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void error_ofASourceThatThrowsAsItIsSubscribedTo_endsTheRun(Library library) {
    unlinked = new NoClassDefFoundError("gone");
    CompletableFuture.runAsync(() -> failures.add(catchThrowable(() -> library.subscribe(this))))
        .join();
    assertThat(failures).contains(unlinked);

    unlinked = null;
    source.complete("there");
    library.subscribe(this);

    assertThat(values).as("without a wait for the one that failed").containsExactly("there");
  }

  @ParameterizedTest
  @EnumSource(
      value = Library.class,
      names = {"MAYBE", "UNI"})
  void nothing_isNull_whichIsCached(Library library) {
    source.complete(null);
    library.subscribe(this);
    library.subscribe(this);

    assertThat(values).containsExactly("nothing", "nothing");
    assertThat(runs).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void eviction_actsOnceTheValueHasCome(Library library) {
    source.complete("there");
    library.subscribe(this);
    library.drop(this);
    library.subscribe(this);

    assertThat(runs).hasValue(2);
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  private Single<String> keyed(long id) {
    return woven.call("keyed", this, () -> Single.just("run " + runs.incrementAndGet()), id);
  }

  private Maybe<String> putNothing(long id) {
    return woven.call("putNothing", this, Maybe::empty, id);
  }

  @Test
  void nothing_thatAnotherMethodHasPut_isAMissForASingle() {
    assertThat(keyed(1).blockingGet()).isEqualTo("run 1");
    assertThat(putNothing(1).blockingGet()).isNull();

    assertThat(keyed(1).blockingGet()).isEqualTo("run 2");
    assertThat(keyed(1).blockingGet()).isEqualTo("run 2");
  }
}
