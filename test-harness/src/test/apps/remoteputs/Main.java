/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CachePut;
import dev.larder.Larder;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts that take their time; does what it reads, a line at a time. */
public final class Main {

  static final AtomicInteger RUNS = new AtomicInteger();

  /** What was begun, by its name: how it is gone on with. */
  static final Map<String, Callable<Object>> BEGUN = new HashMap<>();

  public record Product(long id, String category, String name) {}

  private static Product loaded(long id) {
    return new Product(id, "tools", "run-" + RUNS.incrementAndGet());
  }

  @Cache("us")
  static int us(long id) {
    return 1;
  }

  @Cache(value = "products", key = "{id}", tags = "category:{result.category}")
  static Product find(long id) {
    return loaded(id);
  }

  @Cache(value = "lists", key = "{id}", tags = "category:tools")
  static Flux<Product> list(long id) {
    return Flux.just(loaded(id));
  }

  @CachePut(value = "products", key = "{result.id}", tags = "category:{result.category}")
  static Product plain(long id, String name, CompletableFuture<?> gate) {
    gate.join();
    return new Product(id, "tools", name);
  }

  @CachePut(value = "products", key = "{id}", tags = "category:{result.category}")
  static Product keyed(long id, String name, CompletableFuture<?> gate) {
    gate.join();
    return new Product(id, "tools", name);
  }

  @CachePut(value = "products", key = "{result.id}", tags = "category:{result.category}")
  @CacheEvict(value = "lists", tags = "others")
  static Product beside(long id, String name) {
    return new Product(id, "tools", name);
  }

  @CachePut(value = "products", key = "{result.id}", tags = "category:{result.category}")
  static CompletableFuture<Product> stage(long id, String name, CompletableFuture<?> gate) {
    Product product = new Product(id, "tools", name);
    return gate.thenApply(open -> product);
  }

  @CachePut(value = "products", key = "{result.id}", tags = "category:{result.category}")
  static Mono<Product> mono(long id, String name) {
    return Mono.just(new Product(id, "tools", name));
  }

  @CachePut(value = "products", key = "{id}", tags = "category:{result.category}")
  static Mono<Product> keyedMono(long id, String name) {
    return Mono.just(new Product(id, "tools", name));
  }

  @CachePut(value = "lists", key = "{id}", tags = "category:tools")
  static Flux<Product> flux(long id, String name) {
    return Flux.just(new Product(id, "tools", name));
  }

  @CachePut(value = "products", key = "{result.id}", tags = "category:{result.category}")
  static Single<Product> single(long id, String name) {
    return Single.just(new Product(id, "tools", name));
  }

  @CachePut(value = "products", key = "{result.id}", tags = "category:{result.category}")
  static Maybe<Product> maybe(long id, String name) {
    return Maybe.just(new Product(id, "tools", name));
  }

  @CachePut(value = "products", key = "{result.id}", tags = "category:{result.category}")
  static Uni<Product> uni(long id, String name) {
    return Uni.createFrom().item(new Product(id, "tools", name));
  }

  private static Callable<Object> begin(String type, long id, String name) {
    switch (type) {
      case "plain":
      case "keyed":
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletableFuture<Void> inside = new CompletableFuture<>();
        CompletableFuture<Void> gateTold =
            new CompletableFuture<>() {
              @Override
              public Void join() {
                inside.complete(null);
                return gate.join();
              }
            };
        CompletableFuture<Object> result = new CompletableFuture<>();
        Thread thread =
            new Thread(
                () ->
                    result.complete(
                        type.equals("plain")
                            ? plain(id, name, gateTold)
                            : keyed(id, name, gateTold)));
        thread.setDaemon(true);
        thread.start();
        inside.join();
        return () -> {
          gate.complete(null);
          return result.get(20, TimeUnit.SECONDS);
        };
      case "stage":
        CompletableFuture<Void> opened = new CompletableFuture<>();
        CompletableFuture<Product> stage = stage(id, name, opened);
        return () -> {
          opened.complete(null);
          return stage.get(20, TimeUnit.SECONDS);
        };
      case "mono":
        return mono(id, name)::block;
      case "keyedMono":
        return keyedMono(id, name)::block;
      case "flux":
        return flux(id, name).collectList()::block;
      case "single":
        return single(id, name)::blockingGet;
      case "maybe":
        return maybe(id, name)::blockingGet;
      case "uni":
        return uni(id, name).await()::indefinitely;
      default:
        throw new IllegalArgumentException(type);
    }
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
      case "find" -> find(Long.parseLong(words[1])).name();
      case "list" -> list(Long.parseLong(words[1])).collectList().block().get(0).name();
      case "beside" -> beside(Long.parseLong(words[1]), words[2]);
      case "begin" -> {
        BEGUN.put(words[1], begin(words[1], Long.parseLong(words[2]), words[3]));
        yield "begun";
      }
      case "go" -> String.valueOf(BEGUN.get(words[1]).call()).replace(' ', '_');
      case "evictKey" -> {
        Larder.evictKey("products", words[1]);
        yield Larder.evictKey("lists", words[1]);
      }
      case "evictTag" -> Larder.evictTag(words[1]);
      case "clear" -> {
        for (String cache : List.of("products", "lists")) {
          Larder.clear(cache);
        }
        yield "cleared";
      }
      case "clearAll" -> Larder.clearAll();
      case "runs" -> RUNS.get();
      case "hits" -> Larder.stats(words[1]).hits();
      case "errors" -> Larder.stats(words[1]).errors();
      default -> "unknown " + words[0];
    };
  }
}
