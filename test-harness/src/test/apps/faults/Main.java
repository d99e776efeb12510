/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CacheStats;
import dev.larder.Larder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * A shop under load: sixteen threads call its cached methods and one changes what they read. Each
 * answer is compared with the truth. Says what it saw when it is asked, a line at a time.
 */
public final class Main {

  private static final int THREADS = 16;
  private static final int KEYS = 200;
  private static final long BODY_NANOS = 2_000_000;
  private static final long PAUSE_NANOS = 1_000_000;
  private static long pauseNanos = PAUSE_NANOS;
  private static final long CHANGE_EVERY_NANOS = 50_000_000;

  /** What the bodies read, with the version from which on an answer is right. */
  private static final class Truth {
    final AtomicLongArray version = new AtomicLongArray(KEYS);
    final AtomicLongArray least = new AtomicLongArray(KEYS);
  }

  private static final Truth PRICES = new Truth();
  private static final Truth NAMES = new Truth();

  public record Answer(
      int id, long version, BigDecimal amount, Optional<String> note, List<String> lines) {

    static Answer of(int id, long version) {
      BigDecimal amount = BigDecimal.valueOf(id * 1_000L + version, 2);
      return new Answer(id, version, amount, Optional.of("note " + id), List.of("a" + id, "b"));
    }
  }

  @Cache(value = "prices", ttl = "10m")
  static Answer price(int id) {
    return read(PRICES, id);
  }

  @CacheEvict("prices")
  static void reprice(int id) {
    PRICES.version.incrementAndGet(id);
  }

  @Cache(value = "names", ttl = "10m", key = "{id}")
  static Answer name(int id) {
    return read(NAMES, id);
  }

  @CacheEvict(value = "names", key = "{id}")
  static void rename(int id) {
    NAMES.version.incrementAndGet(id);
  }

  /** Kept in memory whatever the others are kept in: its first call loads what Larder is. */
  @Cache("warm")
  static Answer warm(int id) {
    return Answer.of(id, 0);
  }

  private static Answer read(Truth truth, int id) {
    long began = System.nanoTime();
    Answer answer = Answer.of(id, truth.version.get(id));
    LockSupport.parkNanos(BODY_NANOS);
    OWN_NANOS.get()[0] = System.nanoTime() - began;
    return answer;
  }

  /** How long the body took that last ran on this thread. */
  private static final ThreadLocal<long[]> OWN_NANOS = ThreadLocal.withInitial(() -> new long[1]);

  /** What was seen since it was last asked for. */
  private static final class Window {
    private static final int BUCKETS = 100_000; // of 0.1 ms
    final LongAdder calls = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder wrong = new LongAdder();
    final AtomicLong worst = new AtomicLong();
    final AtomicLong machine = new AtomicLong();
    final AtomicIntegerArray added = new AtomicIntegerArray(BUCKETS);

    void add(long nanos) {
      calls.increment();
      worst.accumulateAndGet(nanos, Math::max);
      added.incrementAndGet((int) Math.min(BUCKETS - 1, nanos / 100_000));
    }

    /** What all but one in a hundred calls stayed below, in milliseconds. */
    double p99() {
      long left = (long) (calls.sum() * 0.99);
      int bucket = 0;
      while (bucket < BUCKETS - 1 && (left -= added.get(bucket)) > 0) {
        bucket++;
      }
      return (bucket + 1) / 10.0;
    }

    @Override
    public String toString() {
      return calls
          + " "
          + errors
          + " "
          + wrong
          + " "
          + worst.get() / 1e6
          + " "
          + p99()
          + " "
          + machine.get() / 1e6;
    }
  }

  private static final AtomicReference<Window> WINDOW = new AtomicReference<>(new Window());
  private static final AtomicReference<String> FIRST = new AtomicReference<>("nothing");
  private static final LongAdder READS = new LongAdder();
  private static volatile boolean stopped;

  private static void workOn() {
    while (!stopped) {
      int id = ThreadLocalRandom.current().nextInt(KEYS);
      if (ThreadLocalRandom.current().nextBoolean()) {
        call(PRICES, id, Main::price);
      } else {
        call(NAMES, id, Main::name);
      }
      LockSupport.parkNanos(pauseNanos);
    }
  }

  private static void call(Truth truth, int id, IntFunction<Answer> method) {
    long least = truth.least.get(id);
    long[] own = OWN_NANOS.get();
    own[0] = BODY_NANOS;
    READS.increment();
    long began = System.nanoTime();
    try {
      Answer answer = method.apply(id);
      WINDOW.get().add(Math.max(0, System.nanoTime() - began - own[0]));
      boolean right =
          answer != null
              && answer.version() >= least
              && answer.version() <= truth.version.get(id)
              && answer.equals(Answer.of(id, answer.version()));
      if (!right) {
        WINDOW.get().wrong.increment();
        FIRST.compareAndSet("nothing", answer + " for " + id + ", from version " + least + " on");
      }
    } catch (Throwable failure) {
      failed(failure);
    }
  }

  private static void failed(Throwable failure) {
    WINDOW.get().errors.increment();
    FIRST.compareAndSet("nothing", failure.toString());
  }

  /** Changes one thing after the other; who calls later must see it. */
  private static void change() {
    for (int i = 0; !stopped; i++) {
      int id = ThreadLocalRandom.current().nextInt(KEYS);
      Truth truth = i % 2 == 0 ? PRICES : NAMES;
      long began = System.nanoTime();
      try {
        if (truth == PRICES) {
          reprice(id);
        } else {
          rename(id);
        }
        WINDOW.get().add(System.nanoTime() - began);
      } catch (Throwable failure) {
        failed(failure);
      }
      truth.least.set(id, truth.version.get(id));
      LockSupport.parkNanos(CHANGE_EVERY_NANOS);
    }
  }

  /** How late this machine wakes a thread that calls nothing. */
  private static void watchTheMachine() {
    while (!stopped) {
      long began = System.nanoTime();
      LockSupport.parkNanos(BODY_NANOS);
      long late = System.nanoTime() - began - BODY_NANOS;
      WINDOW.get().machine.accumulateAndGet(late, Math::max);
    }
  }

  /**
   * Runs until its input ends.
   *
   * @param args how many milliseconds each thread pauses after a call, where that is not one
   */
  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      pauseNanos = Long.parseLong(args[0]) * 1_000_000;
    }
    warm(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(new Thread(Main::workOn, "caller-" + i));
    }
    threads.add(new Thread(Main::change, "changer"));
    threads.add(new Thread(Main::watchTheMachine, "watcher"));
    threads.forEach(Thread::start);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(
          switch (line) {
            case "window" -> WINDOW.getAndSet(new Window());
            case "first" -> FIRST.get();
            case "hits" -> hits() + " " + READS;
            case "stop" -> stop(threads);
            default -> "unknown " + line;
          });
      System.out.flush();
    }
    stop(threads);
  }

  private static long hits() {
    return Larder.stats("prices").hits() + Larder.stats("names").hits();
  }

  /** Ends the load; by how many calls the statistics are off then. */
  private static long stop(List<Thread> threads) throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    long counted = 0;
    for (String cache : List.of("prices", "names")) {
      CacheStats stats = Larder.stats(cache);
      counted += stats.hits() + stats.misses() + stats.bypassed();
    }
    return counted - READS.sum();
  }
}
