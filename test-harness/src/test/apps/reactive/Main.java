/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Methods of Reactor's, RxJava's and Mutiny's types. */
public final class Main {

  static final AtomicInteger RUNS = new AtomicInteger();

  record Price(String item, int cents) {}

  @Cache(value = "prices", key = "{item}")
  Mono<Price> price(String item) {
    return Mono.delay(Duration.ofMillis(20)).map(tick -> new Price(item, RUNS.incrementAndGet()));
  }

  @CacheEvict(value = "prices", key = "{item}")
  Mono<Void> change(String item) {
    return Mono.empty();
  }

  @Cache("numbers")
  Flux<Integer> numbers(int count) {
    RUNS.incrementAndGet();
    return Flux.range(0, count);
  }

  @Cache("context")
  Mono<String> greeting(int id) {
    return Mono.deferContextual(context -> Mono.just("hello " + context.get("user")));
  }

  static Sinks.One<String> pending = Sinks.one();

  @Cache("pending")
  Mono<String> pending(int id) {
    RUNS.incrementAndGet();
    return pending.asMono();
  }

  @Cache("single")
  Single<Price> single(String item) {
    return Single.fromCallable(() -> new Price(item, RUNS.incrementAndGet()))
        .subscribeOn(io.reactivex.rxjava3.schedulers.Schedulers.io());
  }

  @Cache("maybe")
  Maybe<Price> maybe(String item) {
    return Maybe.fromAction(RUNS::incrementAndGet);
  }

  @Cache("uni")
  Uni<Price> uni(String item) {
    return Uni.createFrom().item(() -> new Price(item, RUNS.incrementAndGet()));
  }

  private static void others(Main main) {
    RUNS.set(0);
    List<Price> singles =
        Flowable.range(0, 64).flatMapSingle(i -> main.single("jar")).toList().blockingGet();
    System.out.println("singles=" + singles.stream().distinct().toList() + " runs=" + RUNS);
    RUNS.set(0);
    System.out.println(
        "maybe=" + main.maybe("jar").blockingGet() + main.maybe("jar").blockingGet() + " " + RUNS);
    RUNS.set(0);
    System.out.println(
        "uni="
            + main.uni("jar").await().indefinitely().cents()
            + main.uni("jar").await().indefinitely().cents());
  }

  public static void main(String[] args) {
    Main main = new Main();
    others(main);
    RUNS.set(0);
    List<Price> prices =
        Flux.range(0, 64).flatMap(i -> main.price("jar"), 64).collectList().block();
    System.out.println("once=" + prices.stream().distinct().toList() + " runs=" + RUNS);
    main.change("jar").block();
    System.out.println("evicted=" + main.price("jar").block().cents());

    RUNS.set(0);
    System.out.println("small=" + count(main, 1_000) + count(main, 1_000) + " runs=" + RUNS);
    RUNS.set(0);
    System.out.println("large=" + count(main, 1_001) + count(main, 1_001) + " runs=" + RUNS);

    System.out.println(
        "context=" + main.greeting(1).contextWrite(c -> c.put("user", "ann")).block());

    RUNS.set(0);
    StringBuilder got = new StringBuilder();
    Disposable leader = main.pending(1).subscribe(got::append);
    main.pending(1).subscribe(got::append);
    leader.dispose();
    pending.tryEmitValue("shared");
    System.out.println("cancelled=" + got + " runs=" + RUNS);

    RUNS.set(0);
    pending = Sinks.one();
    Sinks.One<String> first = pending;
    StringBuilder failures = new StringBuilder();
    got.setLength(0);
    for (int i = 0; i < 3; i++) {
      main.pending(2).subscribe(got::append, failure -> failures.append(failure.getMessage()));
    }
    pending = Sinks.one();
    first.tryEmitError(new IllegalStateException("own"));
    pending.tryEmitValue("second ");
    System.out.println("taken over=" + failures + " " + got + "runs=" + RUNS);
  }

  private static String count(Main main, int count) {
    return main.numbers(count).count().block() + " ";
  }
}
