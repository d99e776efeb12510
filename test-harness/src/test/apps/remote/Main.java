/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import dev.larder.CacheEvict;
import dev.larder.CachePut;
import dev.larder.Larder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Does what it reads, a line at a time, so that a test can let several of it take turns. */
public final class Main {

  static final AtomicInteger RUNS = new AtomicInteger();

  public record Price(long id, BigDecimal amount, Optional<String> note, int run) {}

  public static final class Note {
    public String text;
    public List<String> lines = new ArrayList<>();
  }

  @Cache("users")
  static List<Price> users(long id, String currency) {
    return List.of(new Price(id, new BigDecimal("9.50"), Optional.of(currency), run()));
  }

  public interface Crud<T, K> {
    @Cache("proxied")
    Optional<T> findById(K id);
  }

  public interface Prices extends Crud<Price, Long> {
    @Cache("proxiedLists")
    List<Price> listById(Long id);
  }

  /** As a framework makes repositories: nothing but a proxy, whose methods have erased types. */
  static final Prices PROXY =
      (Prices)
          Proxy.newProxyInstance(
              Main.class.getClassLoader(),
              new Class<?>[] {Prices.class},
              (proxy, method, arguments) -> {
                String currency = "EUR";
                Price price =
                    new Price(
                        (Long) arguments[0], new BigDecimal("9.50"), Optional.of(currency), run());
                return method.getName().equals("listById") ? List.of(price) : Optional.of(price);
              });

  @Cache("us")
  static int us(long id) {
    return run();
  }

  @Cache(value = "short", ttl = "1s")
  static int brief(int id) {
    return run();
  }

  @Cache(value = "keyed", key = "{id}")
  static String keyed(int id) {
    return "run " + run();
  }

  @CachePut(value = "keyed", key = "{id}")
  static String put(int id, String value) {
    return value;
  }

  @CacheEvict(value = "keyed", key = "{id}")
  static void drop(int id) {}

  @Cache(value = "tagged", tags = "even:{result % 2 == 0},all")
  static int tagged(int id) {
    return run();
  }

  @Cache("notes")
  static Note note(int id) {
    Note note = new Note();
    note.text = "run " + run();
    return note;
  }

  /** As a list that is computed as it is read, which may go on for as long as it is. */
  @Cache("endless")
  static List<Integer> endless(int id) {
    run();
    return new AbstractList<>() {
      @Override
      public Integer get(int index) {
        return index;
      }

      @Override
      public int size() {
        return Integer.MAX_VALUE;
      }
    };
  }

  public record Item(int id, int run) {}

  /** Of a class in the method's package, which has no name. */
  @Cache("open")
  static Object open(int id) {
    return List.of(new Item(id, run()));
  }

  @Cache("empty")
  static String empty(int id) {
    run();
    return null;
  }

  @Cache("locks")
  static Object lock(int id) {
    run();
    return new Thread();
  }

  @Cache("slow")
  static String slow(int id) throws InterruptedException {
    SLOW_RUNS.incrementAndGet();
    Thread.sleep(pause);
    return ProcessHandle.current().pid() + "-" + run();
  }

  static final AtomicInteger SLOW_RUNS = new AtomicInteger();
  static final List<Future<String>> CALLS = new ArrayList<>();
  static volatile long pause;

  private static void go(int id, int threads) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < threads; i++) {
      CALLS.add(pool.submit(() -> slow(id)));
    }
    pool.shutdown();
  }

  private static String values() throws Exception {
    Set<String> values = new TreeSet<>();
    for (Future<String> call : CALLS) {
      values.add(call.get());
    }
    CALLS.clear();
    return String.join(",", values);
  }

  /** Ends this JVM, and lets a shutdown hook give the answer. */
  private static String exit() {
    Thread hook =
        new Thread(
            () -> {
              long hits = Larder.stats("us").hits();
              us(1);
              System.out.println("hits in the hook: " + (Larder.stats("us").hits() - hits));
              System.out.flush();
            });
    Runtime.getRuntime().addShutdownHook(hook);
    System.exit(0);
    return null;
  }

  private static int run() {
    return RUNS.incrementAndGet();
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
    int id = words.length > 1 && words[1].matches("\\d+") ? Integer.parseInt(words[1]) : 0;
    return switch (words[0]) {
      case "users" -> users(id, "EUR");
      case "proxied" -> PROXY.findById((long) id) + " " + PROXY.listById((long) id);
      case "us" -> us(id);
      case "brief" -> brief(id);
      case "keyed" -> keyed(id);
      case "put" -> put(id, words[2]);
      case "drop" -> {
        drop(id);
        yield "dropped";
      }
      case "tagged" -> tagged(id);
      case "note" -> {
        Note note = note(id);
        note.lines.add("changed by its caller");
        yield note.text + " " + note.lines.size();
      }
      case "open" -> open(id);
      case "endless" -> endless(id).size();
      case "empty" -> empty(id);
      case "lock" -> lock(id) != null;
      case "runs" -> RUNS.get();
      case "countFrom" -> {
        RUNS.set(id);
        yield "counting from " + id;
      }
      case "evict" -> Larder.evict("users", id, "EUR");
      case "evictInterrupted" -> {
        Thread.currentThread().interrupt();
        long removed = Larder.evict("users", id, "EUR");
        yield removed + " " + Thread.interrupted();
      }
      case "evictUs" -> Larder.evict("us", id);
      case "clear" -> Larder.clear(words[1]);
      case "clearAll" -> Larder.clearAll();
      case "evictTag" -> Larder.evictTag(words[1]);
      case "stores" -> Larder.stats(words[1]).stores();
      case "slow" -> slow(id);
      case "slowRuns" -> SLOW_RUNS.get();
      case "pause" -> pause = Long.parseLong(words[1]);
      case "go" -> {
        go(id, Integer.parseInt(words[2]));
        yield "going";
      }
      case "values" -> values();
      case "exit" -> exit();
      case "entries" -> Larder.stats(words[1]).entries();
      case "hits" -> Larder.stats(words[1]).hits();
      case "calls" ->
          Larder.stats(words[1]).hits()
              + Larder.stats(words[1]).misses()
              + Larder.stats(words[1]).bypassed();
      case "errors" -> Larder.stats(words[1]).errors();
      default -> "unknown " + words[0];
    };
  }
}
