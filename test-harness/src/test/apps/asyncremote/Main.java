/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CachePut;
import dev.larder.Larder;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Methods whose value comes later, with a backend; does what it reads, a line at a time. A value
 * names the JVM and the run of the body that it came of.
 */
public final class Main {

  static final AtomicInteger RUNS = new AtomicInteger();
  static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });

  /** Complete what is slow. */
  static final CompletableFuture<Void> STAGE_GATE = new CompletableFuture<>();

  static final CompletableFuture<Void> MONO_GATE = new CompletableFuture<>();

  static CompletableFuture<Void> dropping = CompletableFuture.completedFuture(null);

  public record Price(long id, BigDecimal amount, Optional<String> run) {}

  private static Price price(long id) {
    String run = ProcessHandle.current().pid() + "-" + RUNS.incrementAndGet();
    return new Price(id, new BigDecimal("9.50"), Optional.of(run));
  }

  private static CompletableFuture<Price> later(long id) {
    return CompletableFuture.supplyAsync(() -> price(id), POOL);
  }

  @Cache("us")
  static int us(long id) {
    return 1;
  }

  @Cache(value = "stage", key = "{id}")
  static CompletionStage<Price> stage(long id) {
    return later(id);
  }

  @CacheEvict(value = "stage", key = "{id}")
  static CompletionStage<Void> dropStage(long id) {
    return dropping;
  }

  @CachePut(value = "stage", key = "{id}")
  static CompletableFuture<Price> putStage(long id) {
    return later(id);
  }

  @Cache(value = "future", key = "{id}")
  static Future<Price> future(long id) {
    return POOL.submit(() -> price(id));
  }

  @CacheEvict(value = "future", key = "{id}")
  static Future<?> dropFuture(long id) {
    return POOL.submit(() -> {});
  }

  @Cache(value = "mono", key = "{id}")
  static Mono<Price> mono(long id) {
    return Mono.fromFuture(() -> later(id));
  }

  @CacheEvict(value = "mono", key = "{id}")
  static Mono<Void> dropMono(long id) {
    return Mono.empty();
  }

  @Cache(value = "flux", key = "{id}")
  static Flux<Price> flux(long id) {
    return Flux.range(0, 2).map(i -> price(id));
  }

  @CacheEvict(value = "flux", key = "{id}")
  static Flux<String> dropFlux(long id) {
    return Flux.just("one", "two");
  }

  @Cache(value = "single", key = "{id}")
  static Single<Price> single(long id) {
    return Single.fromCallable(() -> price(id));
  }

  @CacheEvict(value = "single", key = "{id}")
  static Single<String> dropSingle(long id) {
    return Completable.complete().toSingleDefault("dropped");
  }

  @Cache(value = "maybe", key = "{id}")
  static Maybe<Price> maybe(long id) {
    return id == 0 ? Maybe.fromAction(RUNS::incrementAndGet) : Maybe.fromCallable(() -> price(id));
  }

  @CacheEvict(value = "maybe", key = "{id}")
  static Maybe<String> dropMaybe(long id) {
    return Maybe.empty();
  }

  @Cache(value = "uni", key = "{id}")
  static Uni<Price> uni(long id) {
    return Uni.createFrom().completionStage(() -> later(id));
  }

  @CacheEvict(value = "uni", key = "{id}")
  static Uni<Void> dropUni(long id) {
    return Uni.createFrom().voidItem();
  }

  private static CompletableFuture<String> gated(CompletableFuture<Void> gate) {
    String run = ProcessHandle.current().pid() + "-" + RUNS.incrementAndGet();
    return gate.thenApply(opened -> run);
  }

  @Cache("slowStage")
  static CompletableFuture<String> slowStage(long id) {
    return gated(STAGE_GATE);
  }

  @Cache("slowMono")
  static Mono<String> slowMono(long id) {
    return Mono.fromFuture(() -> gated(MONO_GATE));
  }

  private static Object find(String type, long id) throws Exception {
    return switch (type) {
      case "stage" -> stage(id).toCompletableFuture().get(20, TimeUnit.SECONDS);
      case "future" -> future(id).get(20, TimeUnit.SECONDS);
      case "mono" -> mono(id).block();
      case "flux" -> flux(id).collectList().block();
      case "single" -> single(id).blockingGet();
      case "maybe" -> maybe(id).blockingGet();
      case "uni" -> uni(id).await().indefinitely();
      case "suspend" -> RemoteKt.find(id);
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static String drop(String type, long id) throws Exception {
    switch (type) {
      case "stage" -> dropStage(id).toCompletableFuture().get(20, TimeUnit.SECONDS);
      case "future" -> dropFuture(id).get(20, TimeUnit.SECONDS);
      case "mono" -> dropMono(id).block();
      case "flux" -> dropFlux(id).blockLast();
      case "single" -> dropSingle(id).blockingGet();
      case "maybe" -> dropMaybe(id).blockingGet();
      case "uni" -> dropUni(id).await().indefinitely();
      case "suspend" -> RemoteKt.drop(id);
      default -> throw new IllegalArgumentException(type);
    }
    return "dropped";
  }

  static final List<CompletableFuture<?>> CALLS = new ArrayList<>();

  private static String go(String type, int calls) {
    for (int i = 0; i < calls; i++) {
      CALLS.add(
          switch (type) {
            case "slowStage" -> slowStage(1);
            case "slowMono" -> slowMono(1).toFuture();
            case "slowSuspend" -> CompletableFuture.supplyAsync(() -> RemoteKt.slow(1), POOL);
            default -> throw new IllegalArgumentException(type);
          });
    }
    return "going";
  }

  private static String values() throws Exception {
    Set<String> values = new TreeSet<>();
    for (CompletableFuture<?> call : CALLS) {
      values.add(String.valueOf(call.get(20, TimeUnit.SECONDS)));
    }
    CALLS.clear();
    return String.join(",", values);
  }

  public static void main(String[] args) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String answer;
      try {
        answer = String.valueOf(answer(line.split(" ")));
      } catch (Exception failure) {
        answer = "FAILED " + failure;
      }
      System.out.println(answer);
      System.out.flush();
    }
  }

  private static Object answer(String[] words) throws Exception {
    return switch (words[0]) {
      case "us" -> us(Long.parseLong(words[1]));
      case "find" -> find(words[1], Long.parseLong(words[2]));
      case "drop" -> drop(words[1], Long.parseLong(words[2]));
      case "put" -> putStage(Long.parseLong(words[1])).get(20, TimeUnit.SECONDS);
      case "beginDrop" -> {
        dropping = new CompletableFuture<>();
        CALLS.add(dropStage(Long.parseLong(words[1])).toCompletableFuture());
        yield "dropping";
      }
      case "endDrop" -> {
        dropping.complete(null);
        yield values();
      }
      case "go" -> go(words[1], Integer.parseInt(words[2]));
      case "open" ->
          switch (words[1]) {
            case "slowStage" -> STAGE_GATE.complete(null);
            case "slowMono" -> MONO_GATE.complete(null);
            default -> RemoteKt.open();
          };
      case "values" -> values();
      case "runs" -> RUNS.get() + RemoteKt.runs();
      case "hits" -> Larder.stats(words[1]).hits();
      case "misses" -> Larder.stats(words[1]).misses();
      case "stores" -> Larder.stats(words[1]).stores();
      default -> "unknown " + words[0];
    };
  }
}
