/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Methods that give their value later. */
public final class Main {

  static final AtomicInteger RUNS = new AtomicInteger();
  static CompletableFuture<String> pending = new CompletableFuture<>();

  @Cache("later")
  static CompletableFuture<String> later(int x) {
    RUNS.incrementAndGet();
    return pending;
  }

  @Cache("stage")
  static CompletionStage<List<String>> stage(int x) {
    return CompletableFuture.supplyAsync(
        () -> new ArrayList<>(List.of("run " + RUNS.incrementAndGet())));
  }

  @Cache("failing")
  static CompletableFuture<String> failing(int x) {
    RUNS.incrementAndGet();
    return CompletableFuture.failedFuture(new IllegalStateException("later " + RUNS.get()));
  }

  @Cache(value = "mixed", key = "{x}")
  static Optional<String> optional(int x) {
    return Optional.of("run " + RUNS.incrementAndGet());
  }

  @Cache(value = "mixed", key = "{x}")
  static CompletableFuture<String> mixed(int x) {
    return CompletableFuture.completedFuture("run " + RUNS.incrementAndGet());
  }

  @Cache(value = "mixed", key = "{x}")
  static int other(int x) {
    return RUNS.incrementAndGet();
  }

  public static void main(String[] args) {
    CompletableFuture<String> leader = later(1);
    CompletableFuture<String> follower = later(1);
    CompletableFuture<String> cancelled = later(1);
    cancelled.cancel(false);
    System.out.println("waiting=" + !leader.isDone() + " runs=" + RUNS);
    pending.complete("there");
    System.out.println("landed=" + leader.join() + " " + follower.join() + " " + later(1).join());
    System.out.println("runs=" + RUNS);
    RUNS.set(0);
    stage(1).toCompletableFuture().join().clear();
    System.out.println("stage=" + stage(1).toCompletableFuture().join());
    RUNS.set(0);
    for (int i = 0; i < 2; i++) {
      try {
        failing(1).join();
      } catch (CompletionException e) {
        System.out.println("failing" + i + "=" + e.getCause().getMessage());
      }
    }
    RUNS.set(0);
    System.out.println(
        "mixed="
            + optional(1).get()
            + " "
            + mixed(1).join()
            + " "
            + other(1)
            + " "
            + mixed(1).join());
  }
}
