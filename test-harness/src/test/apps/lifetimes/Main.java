/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.Larder;
import java.util.function.IntSupplier;

/** Times to live, stale windows and what is not kept. */
public final class Main {

  static volatile int runs;
  static volatile boolean failing;

  @Cache(value = "stale", ttl = "200ms", staleWhileRevalidate = "10s")
  static int stale(int x) {
    return ++runs;
  }

  @Cache(value = "error", ttl = "200ms", staleIfError = "10s")
  static int error(int x) {
    runs++;
    if (failing) {
      throw new IllegalStateException("down");
    }
    return runs;
  }

  @Cache(value = "ahead", ttl = "2s", refreshAhead = "10%")
  static int ahead(int x) {
    return ++runs;
  }

  @Cache(value = "idle", ttl = "10s", idle = "300ms")
  static int idle(int x) {
    return ++runs;
  }

  @Cache(value = "zero", ttl = "0")
  static int zero(int x) {
    return ++runs;
  }

  @Cache(value = "nulls", cacheNull = false)
  static String nulls(int x) {
    runs++;
    return null;
  }

  @Cache(value = "unless", unless = "result > 1")
  static int unless(int x) {
    runs++;
    return x;
  }

  @Cache(value = "perResult", ttl = "{result}ms")
  static int perResult(int x) {
    runs++;
    return x;
  }

  @Cache(value = "exceptions", key = "{x}")
  static int exceptions(int x) {
    runs++;
    throw new IllegalArgumentException("run " + runs);
  }

  @Cache(value = "faulty", unless = "nobody.knows(this)")
  static int faulty(int x) {
    return ++runs;
  }

  /** Calls until the body has run again, and gives the milliseconds from the first call to it. */
  private static long lived(IntSupplier call) {
    long start = System.nanoTime();
    int before = runs;
    call.getAsInt();
    int stored = runs;
    while (runs == stored || stored == before) {
      stored = Math.max(stored, before + 1);
      call.getAsInt();
    }
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static void awaitRuns(int count) throws InterruptedException {
    for (int i = 0; runs < count && i < 500; i++) {
      Thread.sleep(10);
    }
  }

  private static void sleepPast(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  public static void main(String[] args) throws Exception {
    int first = stale(1);
    sleepPast(300);
    int second = stale(1);
    awaitRuns(2);
    sleepPast(50);
    int third = stale(1);
    System.out.println("stale=" + first + second + third + " " + Larder.stats("stale").stale());

    runs = 0;
    error(1);
    sleepPast(300);
    failing = true;
    System.out.println("error=" + error(1) + " runs=" + runs);
    failing = false;

    runs = 0;
    ahead(1);
    sleepPast(500);
    int early = ahead(1);
    awaitRuns(2);
    sleepPast(50);
    System.out.println("ahead=" + early + ahead(1));

    runs = 0;
    idle(1);
    for (int i = 0; i < 4; i++) {
      sleepPast(150);
      idle(1);
    }
    int kept = runs;
    sleepPast(600);
    idle(1);
    System.out.println("idle=" + kept + runs);

    runs = 0;
    zero(1);
    zero(1);
    System.out.println("zero=" + runs + " " + Larder.stats("zero").bypassed());

    runs = 0;
    nulls(1);
    nulls(1);
    System.out.println("nulls=" + runs);

    runs = 0;
    unless(1);
    unless(1);
    unless(2);
    unless(2);
    System.out.println("unless=" + runs);

    runs = 0;
    System.out.println("perResult=" + lived(() -> perResult(400)));

    runs = 0;
    String caught = "";
    for (int i = 0; i < 2; i++) {
      try {
        exceptions(1);
      } catch (IllegalArgumentException e) {
        caught += e.getMessage() + "|";
      }
    }
    System.out.println("exceptions=" + caught);

    runs = 0;
    faulty(1);
    faulty(1);
    System.out.println("faulty=" + runs);
  }
}
