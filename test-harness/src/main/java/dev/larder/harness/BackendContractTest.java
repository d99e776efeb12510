/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.larder.spi.Backend;
import dev.larder.spi.BackendException;
import dev.larder.spi.BackendException.Kind;
import dev.larder.spi.BackendSettings;
import dev.larder.spi.Capability;
import dev.larder.spi.Deadline;
import dev.larder.spi.Outcome;
import dev.larder.spi.Timed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every backend has to do. Extend it, say how yours is started, and run it against a real
 * server: two instances of the backend, as in two JVMs, then do to each other what JVMs do.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendContractTest {

  /** Texts that some server, client or template may take for something else. */
  static final List<String> HOSTILE = hostile();

  private static final long MINUTE = 60_000;

  /** A moment may be missed by so many milliseconds, either way. */
  private static final long PRECISION = 20;

  private final String prefix = "contract-" + UUID.randomUUID();
  private final RecordingListener told = new RecordingListener();
  private Backend backend;
  private Backend other;

  /** A new instance, not yet started. */
  protected abstract Backend newBackend();

  /** The settings with which it reaches the server. */
  protected abstract Map<String, String> reachable();

  /** Settings with which it reaches nothing: an address of this machine where nobody listens. */
  protected abstract Map<String, String> unreachable();

  /** The length of a value, in bytes, that is certainly taken. */
  protected abstract int largeValue();

  /** The length of a value that is certainly refused; 0 where there is none to be had. */
  protected abstract int tooLargeValue();

  @BeforeAll
  void startBoth() {
    backend = newBackend();
    backend.start(new BackendSettings(prefix, 5_000, reachable()), told);
    other = newBackend();
    other.start(new BackendSettings(prefix, 5_000, reachable()), new RecordingListener());
    for (Backend each : List.of(backend, other)) {
      Awaitility.await("the first connection")
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(20))
          .ignoreExceptions()
          .untilAsserted(() -> done(each.ping(soon())));
    }
  }

  @AfterAll
  void closeBoth() {
    backend.close();
    other.close();
  }

  private static Deadline soon() {
    return Deadline.in(5_000);
  }

  private static <T> T done(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    } catch (TimeoutException never) {
      throw new AssertionError("the stage was not completed by its deadline", never);
    }
  }

  private String key(String name) {
    return prefix + ":" + name + ":" + UUID.randomUUID();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private void put(String key, byte[] value) throws Exception {
    assertThat(done(backend.put(key, value, MINUTE, soon()))).isEqualTo(Outcome.DONE);
  }

  private byte[] get(String key) throws Exception {
    return done(other.get(key, soon()));
  }

  // Bytes

  @Test
  void get_nothingThere_null() throws Exception {
    assertThat(get(key("absent"))).isNull();
  }

  @Test
  void put_anyBytes_theOtherReadsThemBitForBit() throws Exception {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    for (byte[] value :
        List.of(
            new byte[0],
            new byte[1],
            every,
            bytes("\r\nEND\r\n"),
            random(70_000),
            random(largeValue()))) {
      String key = key("bytes");
      put(key, value);
      assertThat(get(key)).isEqualTo(value);
    }
  }

  @Test
  void put_overAnother_theLaterStands() throws Exception {
    String key = key("twice");
    put(key, random(1_000));
    put(key, bytes("later"));
    assertThat(get(key)).isEqualTo(bytes("later"));
  }

  @Test
  void put_tooLarge_refusedWithOneWarningAndNothingChanged() throws Exception {
    assumeThat(tooLargeValue()).as("this backend takes whatever fits into memory").isPositive();
    String key = key("large");
    put(key, bytes("before"));
    byte[] large = new byte[tooLargeValue()];
    assertThat(done(backend.put(key, large, MINUTE, soon()))).isEqualTo(Outcome.TOO_LARGE);
    assertThat(done(backend.replace(key, bytes("before"), large, MINUTE, soon())))
        .isEqualTo(Outcome.TOO_LARGE);
    assertThatThrownBy(() -> done(backend.putIfAbsent(key("new"), large, MINUTE, soon())))
        .isInstanceOfSatisfying(
            BackendException.class,
            refused -> assertThat(refused.kind()).isEqualTo(Kind.TOO_LARGE));
    assertThat(get(key)).isEqualTo(bytes("before"));
    assertThat(told.warnings()).filteredOn(text -> text.contains("too large")).hasSize(1);
  }

  @Test
  void getAll_someThere_inTheKeysOrder() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      keys.add(key("all"));
      if (i % 3 != 0) {
        put(keys.get(i), bytes("value " + i));
      }
    }
    keys.add(keys.get(1));
    List<byte[]> found = done(other.getAll(keys, soon()));
    assertThat(found).hasSize(31);
    for (int i = 0; i < 30; i++) {
      assertThat(found.get(i)).isEqualTo(i % 3 == 0 ? null : bytes("value " + i));
    }
    assertThat(found.get(30)).isEqualTo(bytes("value 1"));
    assertThat(done(other.getAll(List.of(), soon()))).isEmpty();
  }

  // Keys

  private static List<String> hostile() {
    String longer = "x".repeat(10_000);
    return List.of(
        "",
        " ",
        "  ",
        "a",
        "A",
        "a ",
        " a",
        "a b",
        "a  b",
        "a\tb",
        "a\nb",
        "a\r\nb",
        "a\0b",
        "a:b",
        "a::b",
        "*",
        "?",
        "[a]",
        "{a}",
        "{b}",
        "{}",
        "}{",
        "\\",
        "\"",
        "'",
        "%20",
        "/",
        "#",
        "é",
        "e\u0301",
        "日本",
        "\ud83d\ude00",
        "\ud83d\ude01",
        "\ud800",
        "\udc00",
        "\uffff",
        "get a",
        "\u0000",
        longer,
        longer + "y",
        longer + " ",
        "ö".repeat(300),
        "ö".repeat(300) + "a",
        "x".repeat(250),
        "x".repeat(251));
  }

  @Test
  void keys_ofAnyText_areApart() throws Exception {
    String base = key("hostile");
    for (String name : HOSTILE) {
      put(base + name, bytes("of " + name.length() + Arrays.toString(name.toCharArray())));
    }
    for (String name : HOSTILE) {
      assertThat(get(base + name))
          .isEqualTo(bytes("of " + name.length() + Arrays.toString(name.toCharArray())));
    }
    assertThat(done(backend.remove(base + "a b", soon()))).isTrue();
    assertThat(get(base + "a b")).isNull();
    assertThat(get(base + "a  b")).isNotNull();
    assertThat(get(base + "a")).isNotNull();
  }

  // Time

  @ParameterizedTest
  @ValueSource(longs = {60, 1_000, 1_700})
  void put_withATimeToLive_goneToTheMillisecond(long millis) throws Exception {
    String key = key("ttl");
    long started = System.nanoTime();
    done(backend.put(key, bytes("value"), millis, soon()));
    assertGoneAfter(key, millis, started, System.nanoTime());
  }

  /** Reads until the time is over: each answer that comes too early or too late fails. */
  private void assertGoneAfter(String key, long millis, long started, long ended) throws Exception {
    long earliest = started + TimeUnit.MILLISECONDS.toNanos(millis - PRECISION);
    long latest = ended + TimeUnit.MILLISECONDS.toNanos(millis + PRECISION);
    while (true) {
      long asked = System.nanoTime();
      byte[] value = get(key);
      long answered = System.nanoTime();
      if (value == null) {
        assertThat(answered - earliest).as("nanoseconds after the earliest end").isPositive();
      } else {
        assertThat(asked - latest).as("nanoseconds after the latest end").isNegative();
      }
      if (asked - latest > 0) {
        return;
      }
    }
  }

  @Test
  void put_forever_isThere() throws Exception {
    String key = key("forever");
    done(backend.put(key, bytes("value"), Backend.FOREVER, soon()));
    assertThat(get(key)).isEqualTo(bytes("value"));
    assertThat(done(other.getTimed(key, soon())).millis())
        .isBetween(Backend.FOREVER - MINUTE, Backend.FOREVER);
  }

  @Test
  void getTimed_afterAWhile_tellsWhatIsLeft() throws Exception {
    String key = key("timed");
    assertThat(done(other.getTimed(key, soon()))).isNull();
    put(key, bytes("value"));
    Timed first = done(other.getTimed(key, soon()));
    assertThat(first.value()).isEqualTo(bytes("value"));
    assertThat(first.millis()).isBetween(MINUTE - 1_000, MINUTE);
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () ->
                assertThat(done(other.getTimed(key, soon())).millis())
                    .isLessThan(first.millis() - 20));
  }

  @Test
  void touch_aShorterTime_isHeld() throws Exception {
    String key = key("touch");
    assertThat(done(backend.touch(key, MINUTE, soon()))).isFalse();
    put(key, bytes("value"));
    assertThat(done(backend.touch(key, 2 * MINUTE, soon()))).isTrue();
    assertThat(done(other.getTimed(key, soon())).millis()).isGreaterThan(MINUTE);
    long started = System.nanoTime();
    assertThat(done(backend.touch(key, 150, soon()))).isTrue();
    assertGoneAfter(key, 150, started, System.nanoTime());
    assertThat(done(backend.touch(key, MINUTE, soon()))).as("what is gone").isFalse();
  }

  // Removal

  @Test
  void remove_thereOrNot_tells() throws Exception {
    String key = key("remove");
    assertThat(done(backend.remove(key, soon()))).isFalse();
    put(key, bytes("value"));
    assertThat(done(other.remove(key, soon()))).isTrue();
    assertThat(done(backend.get(key, soon()))).isNull();
    done(backend.put(key, bytes("value"), 30, soon()));
    Awaitility.await().until(() -> get(key) == null);
    assertThat(done(other.remove(key, soon()))).as("what is gone").isFalse();
  }

  @Test
  void removeIf_equalOrNot_tells() throws Exception {
    String key = key("removeIf");
    assertThat(done(backend.removeIf(key, bytes("value"), soon()))).isFalse();
    put(key, bytes("value"));
    assertThat(done(other.removeIf(key, bytes("valu"), soon()))).isFalse();
    assertThat(done(other.removeIf(key, bytes("values"), soon()))).isFalse();
    assertThat(done(other.removeIf(key, bytes("Value"), soon()))).isFalse();
    assertThat(get(key)).isEqualTo(bytes("value"));
    assertThat(done(other.removeIf(key, bytes("value"), soon()))).isTrue();
    assertThat(get(key)).isNull();
  }

  @Test
  void exchange_givesTheHeadOfWhatWasThere() throws Exception {
    String key = key("exchange");
    assertThat(done(backend.exchange(key, bytes("first"), MINUTE, 8, soon()))).isNull();
    assertThat(done(other.exchange(key, bytes("second"), MINUTE, 3, soon())))
        .isEqualTo(bytes("fir"));
    assertThat(done(backend.exchange(key, new byte[0], MINUTE, 100, soon())))
        .isEqualTo(bytes("second"));
    assertThat(done(backend.exchange(key, bytes("third"), MINUTE, 100, soon()))).isEmpty();
    assertThat(done(backend.exchange(key, bytes("fourth"), 30, 0, soon()))).isEmpty();
    Awaitility.await().until(() -> get(key) == null);
    assertThat(done(backend.exchange(key, bytes("fifth"), MINUTE, 8, soon())))
        .as("what is gone")
        .isNull();
    assertThat(get(key)).isEqualTo(bytes("fifth"));
  }

  // Conditions

  @Test
  void putIfAbsent_thereOrNot_tellsWhatIsThere() throws Exception {
    String key = key("putIfAbsent");
    assertThat(done(backend.putIfAbsent(key, bytes("first"), 300, soon()))).isNull();
    assertThat(done(other.putIfAbsent(key, bytes("second"), MINUTE, soon())))
        .isEqualTo(bytes("first"));
    assertThat(get(key)).isEqualTo(bytes("first"));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> done(other.putIfAbsent(key, bytes("third"), MINUTE, soon())) == null);
    assertThat(get(key)).as("a server may be slow to delete").isEqualTo(bytes("third"));
  }

  @Test
  void replace_asExpectedOrNot_tells() throws Exception {
    String key = key("replace");
    assertThat(done(backend.replace(key, new byte[0], bytes("new"), MINUTE, soon())))
        .isEqualTo(Outcome.NOT_MET);
    put(key, bytes("token"));
    for (String wrong : List.of("", "toke", "tokens", "Token")) {
      assertThat(done(other.replace(key, bytes(wrong), bytes("new"), MINUTE, soon())))
          .isEqualTo(Outcome.NOT_MET);
    }
    assertThat(get(key)).isEqualTo(bytes("token"));
    assertThat(done(other.replace(key, bytes("token"), random(50_000), MINUTE, soon())))
        .isEqualTo(Outcome.DONE);
    assertThat(get(key)).isEqualTo(random(50_000));
    assertThat(done(other.replace(key, bytes("token"), bytes("new"), MINUTE, soon())))
        .isEqualTo(Outcome.NOT_MET);
  }

  @Test
  void replace_ofWhatIsGone_notMet() throws Exception {
    String key = key("lapsed");
    done(backend.put(key, bytes("token"), 30, soon()));
    Awaitility.await().until(() -> get(key) == null);
    assertThat(done(other.replace(key, bytes("token"), bytes("new"), MINUTE, soon())))
        .isEqualTo(Outcome.NOT_MET);
    assertThat(get(key)).isNull();
  }

  @Test
  void lease_heldRenewedLostAndReleased() throws Exception {
    String key = key("lease");
    byte[] mine = bytes("lease of one");
    byte[] theirs = bytes("lease of another");
    assertThat(done(backend.putIfAbsent(key, mine, 250, soon()))).isNull();
    for (int i = 0; i < 5; i++) {
      assertThat(done(backend.replace(key, mine, mine, 250, soon()))).isEqualTo(Outcome.DONE);
      assertThat(done(other.putIfAbsent(key, theirs, 250, soon()))).isEqualTo(mine);
    }
    long renewed = System.nanoTime();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> done(other.putIfAbsent(key, theirs, MINUTE, soon())) == null);
    assertThat(Duration.ofNanos(System.nanoTime() - renewed))
        .isBetween(Duration.ofMillis(200), Duration.ofMillis(1_000));
    assertThat(done(backend.replace(key, mine, bytes("value"), MINUTE, soon())))
        .as("who lost the lease does not store")
        .isEqualTo(Outcome.NOT_MET);
    assertThat(done(backend.removeIf(key, mine, soon()))).isFalse();
    assertThat(done(other.removeIf(key, theirs, soon()))).isTrue();
    assertThat(done(backend.putIfAbsent(key, mine, MINUTE, soon()))).isNull();
  }

  @Test
  void guardedStore_whileTheOtherRemoves_neverStandsOverTheRemoval() throws Exception {
    for (int i = 0; i < 40; i++) {
      String key = key("guard");
      byte[] token = bytes("token " + i);
      byte[] value = bytes("value " + i);
      byte[] tombstone = bytes("tombstone " + i);
      assertThat(done(backend.putIfAbsent(key, token, MINUTE, soon()))).isNull();
      CompletionStage<Outcome> store = backend.replace(key, token, value, MINUTE, soon());
      CompletionStage<byte[]> removal = other.exchange(key, tombstone, MINUTE, 64, soon());
      boolean stored = done(store) == Outcome.DONE;
      assertThat(done(removal)).isEqualTo(stored ? value : token);
      assertThat(get(key)).isEqualTo(tombstone);
    }
  }

  @Test
  void putIfAbsent_byMany_oneIsFirst() throws Exception {
    for (int round = 0; round < 10; round++) {
      String key = key("first");
      List<byte[]> answers =
          together(
              8,
              i ->
                  done(
                      (i % 2 == 0 ? backend : other)
                          .putIfAbsent(key, bytes("of " + i), MINUTE, soon())));
      assertThat(answers.stream().filter(answer -> answer == null)).hasSize(1);
      byte[] winner = get(key);
      assertThat(answers.stream().filter(answer -> answer != null))
          .allMatch(a -> Arrays.equals(a, winner));
    }
  }

  @Test
  void replace_byMany_losesNoUpdate() throws Exception {
    String key = key("counter");
    put(key, bytes("0"));
    together(
        4,
        thread -> {
          Backend mine = thread % 2 == 0 ? backend : other;
          for (int i = 0; i < 25; ) {
            byte[] old = done(mine.get(key, soon()));
            byte[] next = bytes("" + (Integer.parseInt(new String(old, UTF_8)) + 1));
            i += done(mine.replace(key, old, next, MINUTE, soon())) == Outcome.DONE ? 1 : 0;
          }
          return null;
        });
    assertThat(get(key)).isEqualTo(bytes("100"));
  }

  @Test
  void exchange_byMany_eachIsGivenOnce() throws Exception {
    assumeThat(backend.capabilities()).contains(Capability.COUNT);
    String key = key("chain");
    put(key, bytes("start"));
    List<List<String>> given =
        together(
            4,
            thread -> {
              List<String> mine = new ArrayList<>();
              for (int i = 0; i < 20; i++) {
                byte[] value = bytes(thread + "/" + i);
                byte[] old =
                    done(
                        (thread % 2 == 0 ? backend : other)
                            .exchange(key, value, MINUTE, 64, soon()));
                mine.add(new String(old, UTF_8));
              }
              return mine;
            });
    Set<String> all = new TreeSet<>();
    given.forEach(all::addAll);
    all.add(new String(get(key), UTF_8));
    assertThat(all).hasSize(81);
  }

  @Test
  void everyCall_byMany_readsItsOwnWrites() throws Exception {
    together(
        8,
        thread -> {
          Backend mine = thread % 2 == 0 ? backend : other;
          Random random = new Random(thread);
          for (int i = 0; i < 100; i++) {
            String key = prefix + ":many:" + thread + "/" + random.nextInt(20);
            byte[] value = bytes(key + " at " + i);
            done(mine.put(key, value, MINUTE, soon()));
            assertThat(done(mine.get(key, soon()))).isEqualTo(value);
          }
          return null;
        });
  }

  /** Something that one of several threads does. */
  private interface Work<T> {
    T of(int thread) throws Exception;
  }

  private static <T> List<T> together(int threads, Work<T> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Callable<T>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(
            () -> {
              start.await();
              return work.of(thread);
            });
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> each : pool.invokeAll(all)) {
        answers.add(each.get(60, TimeUnit.SECONDS));
      }
      return answers;
    } finally {
      pool.shutdownNow();
    }
  }

  // Pushes

  @Test
  void getWatched_thenChangedByTheOther_toldWithinATenthOfASecond() throws Exception {
    assumeThat(backend.capabilities()).contains(Capability.PUSH);
    List<Long> delays = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      String key = key("watched");
      if (i % 3 != 0) {
        put(key, bytes("before"));
      }
      done(backend.getWatched(key, soon()));
      if (i % 2 == 0) {
        done(other.put(key, bytes("after"), MINUTE, soon()));
      } else {
        done(other.exchange(key, bytes("tombstone"), MINUTE, 8, soon()));
      }
      long changed = System.nanoTime();
      Awaitility.await("the push")
          .atMost(Duration.ofSeconds(2))
          .pollInterval(Duration.ofMillis(1))
          .until(() -> told.changedAt(key) != null);
      delays.add(TimeUnit.NANOSECONDS.toMillis(told.changedAt(key) - changed));
    }
    delays.sort(null);
    assertThat(delays.get(delays.size() / 2)).as("the median of %s", delays).isLessThan(100);
  }

  @Test
  void getWatched_ofSeveral_isAGet() throws Exception {
    String key = key("watchedGet");
    assertThat(done(backend.getWatched(key, soon()))).isNull();
    put(key, random(10_000));
    assertThat(done(backend.getWatched(key, soon()))).isEqualTo(random(10_000));
  }

  // Failure and the end

  @Test
  void anyCall_afterItsDeadline_failsAndDoesNothing() throws Exception {
    String key = key("late");
    assertThatThrownBy(() -> done(backend.put(key, bytes("value"), MINUTE, Deadline.in(-1))))
        .isInstanceOfSatisfying(
            BackendException.class, late -> assertThat(late.kind()).isEqualTo(Kind.TIMEOUT));
    assertThat(get(key)).isNull();
  }

  @Test
  void unreachable_startsFailsAndCloses() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Backend lost = newBackend();
    lost.start(new BackendSettings(prefix, 500, unreachable()), new RecordingListener());
    try {
      for (int i = 0; i < 3; i++) {
        long asked = System.nanoTime();
        assertThatThrownBy(() -> done(lost.get(key("lost"), Deadline.in(500))))
            .isInstanceOfSatisfying(
                BackendException.class,
                failure -> assertThat(failure.kind()).isIn(Kind.UNAVAILABLE, Kind.TIMEOUT));
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
            .isLessThan(Duration.ofMillis(1_500));
      }
    } finally {
      long closing = System.nanoTime();
      lost.close();
      assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(2));
    }
    assertNoThreadHoldsTheJvm(before);
  }

  @Test
  void close_ofAConnectedOne_isQuickAndLeavesNoThread() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Backend connected = newBackend();
    connected.start(new BackendSettings(prefix, 5_000, reachable()), new RecordingListener());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> done(connected.ping(soon())));
    long closing = System.nanoTime();
    connected.close();
    assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofSeconds(2));
    assertThatThrownBy(() -> done(connected.get(key("closed"), soon())))
        .isInstanceOf(BackendException.class);
    assertNoThreadHoldsTheJvm(before);
    Awaitility.await("its threads end")
        .atMost(Duration.ofSeconds(10))
        .pollInSameThread()
        .untilAsserted(
            () ->
                assertThat(newThreads(before))
                    .filteredOn(
                        thread ->
                            thread.getName().startsWith("larder-")
                                || thread.getName().startsWith("lettuce"))
                    .isEmpty());
  }

  /** A client may end its work on a thread that is no daemon, such as Netty's global one. */
  private static void assertNoThreadHoldsTheJvm(Set<Thread> before) {
    Awaitility.await("threads that are no daemons end")
        .atMost(Duration.ofSeconds(5))
        .pollInSameThread()
        .untilAsserted(
            () ->
                assertThat(newThreads(before)).filteredOn(thread -> !thread.isDaemon()).isEmpty());
  }

  private static List<Thread> newThreads(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.isAlive())
        .toList();
  }
}
