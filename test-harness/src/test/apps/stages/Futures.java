/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CachePut;
import dev.larder.Larder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

/** Methods that give a {@code Future}, and what is kept of failures that come later. */
public final class Futures {

  static final AtomicInteger RUNS = new AtomicInteger();
  static final ExecutorService POOL = Executors.newCachedThreadPool();

  /** What the bodies of {@code pending} and {@code waiting} give. */
  static volatile FutureTask<String> task;

  @Cache("lists")
  static Future<List<String>> list(long id) {
    return POOL.submit(() -> new ArrayList<>(List.of("run " + RUNS.incrementAndGet())));
  }

  @Cache(value = "keyed", key = "{id}", tags = "of:{result}")
  static Future<String> keyed(long id) {
    return POOL.submit(() -> "run " + RUNS.incrementAndGet());
  }

  @Cache(value = "keyed", key = "{id}")
  static String plain(long id) {
    return "plain " + RUNS.incrementAndGet();
  }

  @CacheEvict(value = "keyed", key = "{id}")
  static Future<?> drop(long id) {
    return POOL.submit(() -> {});
  }

  @CachePut(value = "keyed", key = "{id}")
  static Future<String> put(long id, String value) {
    return POOL.submit(() -> value);
  }

  @Cache(value = "unless", unless = "result == 'no'")
  static Future<String> unless(String value) {
    RUNS.incrementAndGet();
    return POOL.submit(() -> value);
  }

  @Cache(value = "nulls", cacheNull = false)
  static Future<String> nulls(int id) {
    RUNS.incrementAndGet();
    return POOL.submit(() -> null);
  }

  @Cache("pending")
  static Future<String> pending(int id) {
    RUNS.incrementAndGet();
    return task;
  }

  @Cache("waiting")
  static Future<String> waiting(int id) {
    int run = RUNS.incrementAndGet();
    return run == 1 ? task : POOL.submit(() -> "run " + run);
  }

  @Cache("kept")
  static Future<String> keptFuture(int id) {
    RUNS.incrementAndGet();
    return POOL.submit(
        () -> {
          throw new IllegalStateException("later");
        });
  }

  @Cache("kept")
  static CompletableFuture<String> keptStage(int id) {
    RUNS.incrementAndGet();
    return CompletableFuture.supplyAsync(
        () -> {
          throw new IllegalStateException("later");
        });
  }

  static volatile boolean failing;

  @Cache(value = "robust", ttl = "1ms", staleIfError = "1m")
  static Future<String> robustFuture(int id) {
    return POOL.submit(Futures::maybe);
  }

  @Cache(value = "robust", ttl = "1ms", staleIfError = "1m")
  static CompletableFuture<String> robustStage(int id) {
    return CompletableFuture.supplyAsync(Futures::maybe);
  }

  private static String maybe() {
    RUNS.incrementAndGet();
    if (failing) {
      throw new IllegalStateException("down");
    }
    return "old";
  }

  private static String wrapped(Callable<? extends Future<?>> call) throws Exception {
    Throwable[] causes = new Throwable[2];
    for (int i = 0; i < 2; i++) {
      Future<?> given = call.call();
      try {
        given.get();
      } catch (ExecutionException expected) {
        causes[i] = expected.getCause();
      }
    }
    return causes[0].getMessage() + " " + (causes[0] == causes[1]) + " ";
  }

  public static void main(String[] args) throws Exception {
    Future<List<String>> first = list(1);
    long before = Larder.stats("lists").stores();
    first.get().clear();
    System.out.println(
        "stored=" + before + Larder.stats("lists").stores() + list(1).isDone() + list(1).get());
    System.out.println("evicted=" + Larder.evict("lists", 1) + list(1).get());

    RUNS.set(0);
    CountDownLatch all = new CountDownLatch(64);
    List<Future<Future<String>>> asked = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      asked.add(
          POOL.submit(
              () -> {
                all.countDown();
                all.await();
                return keyed(1);
              }));
    }
    TreeSet<String> values = new TreeSet<>();
    for (Future<Future<String>> each : asked) {
      values.add(each.get().get());
    }
    System.out.println("once=" + values + " " + plain(1) + " runs=" + RUNS);

    Future<?> dropped = drop(1);
    String still = keyed(1).get();
    dropped.get();
    System.out.println("dropped=" + still + " " + keyed(1).get());
    Future<String> put = put(1, "put");
    still = keyed(1).get();
    System.out.println("put=" + still + " " + put.get() + " " + keyed(1).get() + " " + plain(1));
    System.out.println("key=" + Larder.evictKey("keyed", "1") + keyed(1).get());
    System.out.println("tag=" + Larder.evictTag("of:run 3") + keyed(1).get());

    RUNS.set(0);
    for (String each : List.of("yes", "no", "yes", "no")) {
      unless(each).get();
    }
    System.out.println("unless=" + RUNS);
    RUNS.set(0);
    nulls(1).get();
    nulls(1).get();
    System.out.println("nulls=" + RUNS);

    RUNS.set(0);
    task = new FutureTask<>(() -> "there");
    Future<String> leader = pending(1);
    Future<String> follower = pending(1);
    Future<String> impatient = pending(1);
    System.out.println(
        "cancelled="
            + leader.cancel(true)
            + impatient.cancel(true)
            + impatient.isCancelled()
            + task.isCancelled());
    task.run();
    System.out.println("shared=" + follower.get() + pending(1).isDone() + RUNS);
    task = new FutureTask<>(() -> "never");
    leader = pending(2);
    follower = pending(2);
    leader.cancel(true);
    follower.cancel(true);
    System.out.println("all cancelled=" + task.isCancelled());

    RUNS.set(0);
    task = new FutureTask<>(() -> "late");
    leader = waiting(1);
    follower = waiting(1);
    long began = System.nanoTime();
    String own = follower.get();
    boolean waited = System.nanoTime() - began >= 200_000_000L;
    task.run();
    System.out.println("waited=" + own + " " + waited + " " + leader.get());

    RUNS.set(0);
    System.out.println("kept=" + wrapped(() -> keptFuture(1)) + wrapped(() -> keptStage(2)) + RUNS);

    RUNS.set(0);
    robustFuture(1).get();
    robustStage(2).get();
    failing = true;
    Thread.sleep(10); // past their time to live
    System.out.println("robust=" + robustFuture(1).get() + " " + robustStage(2).get() + " " + RUNS);
    POOL.shutdown();
  }
}
