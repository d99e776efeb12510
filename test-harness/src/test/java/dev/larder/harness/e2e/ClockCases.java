/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.harness.server.RedisServer;
import dev.larder.harness.server.Servers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A wall clock that jumps by an hour, ahead and back, while an application runs. */
@ExtendWith(Servers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClockCases {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LONG = Duration.ofSeconds(30);

  /** The lifetime of what {@code brief} gives. */
  private static final Duration BRIEF = Duration.ofSeconds(2);

  /** By how much an entry may outlive it: a coarse clock here, and the server's there. */
  private static final Duration COARSE = Duration.ofMillis(100);

  private final Place place;
  private final RedisServer redis;
  private final Optional<Path> library = FakeClock.find();
  private final Map<Jdk, Both> started = new HashMap<>();
  private final Map<Jdk, List<String>> errors = new HashMap<>();
  private int asked;

  ClockCases(Place place, RedisServer redis) {
    this.place = place;
    this.redis = redis;
  }

  @BeforeAll
  void needLibrary() {
    assumeTrue(library.isPresent(), "Debian's package libfaketime is missing");
  }

  /** Has Redis look a hundred times a second for what has ended, in place of ten. */
  @BeforeAll
  void lookOften() {
    redis.command("CONFIG", "SET", "hz", 100);
  }

  @AfterAll
  void end() {
    started.forEach(
        (jdk, both) -> {
          try (both) {
            assertThat(both.errors())
                .as("errors; err: %s, %s", both.set.err(), both.other.err())
                .isEqualTo(errors.get(jdk));
          }
        });
  }

  /** Where entries are kept. */
  enum Place {
    MEMORY("backend=memory"),
    REDIS("backend=redis"),
    NEAR("backend=redis;l1.max-entries=1000");

    private final String options;

    Place(String options) {
      this.options = options;
    }
  }

  /** An application whose clock is set, and another that shares its backend and keeps its own. */
  private record Both(Talking set, FakeClock clock, Talking other) implements AutoCloseable {

    /** What each has counted as an error; before its connection stood, that is no clock's. */
    List<String> errors() {
      return List.of(set.ask("errors"), other.ask("errors"));
    }

    @Override
    public void close() {
      set.close();
      other.close();
    }
  }

  /** Both applications of a JDK, right to begin with; started once. */
  private Both both(Jdk jdk) {
    Both both = started.computeIfAbsent(jdk, this::start);
    set(both, Duration.ZERO);
    return both;
  }

  private Both start(Jdk jdk) {
    App app = app(jdk);
    FakeClock clock = FakeClock.of(app, library.orElseThrow());
    Both both = new Both(Talking.to(app, jdk), clock, Talking.to(app(jdk), jdk));
    for (Talking each : List.of(both.set, both.other)) {
      await().atMost(LONG).until(() -> isKept(each, "kept 0"));
    }
    errors.put(jdk, both.errors());
    return both;
  }

  private App app(Jdk jdk) {
    return App.named("clock")
        .sources("talking")
        .mainClass("Main")
        .agent(
            place.options
                + ";timeout=2s;prefix=clock-"
                + place
                + jdk.feature()
                + ";redis.uri="
                + redis.uri());
  }

  private static void set(Both both, Duration ahead) {
    both.clock.set(ahead);
    long off = Long.parseLong(both.set.ask("time")) - System.currentTimeMillis();
    assertThat(Duration.ofMillis(off)).as("set").isBetween(ahead.minus(LONG), ahead.plus(LONG));
  }

  @OnEachJdk
  @Execution(ExecutionMode.SAME_THREAD)
  void clock_thatJumps_hindersNeitherKeepingNorEnding(Jdk jdk) {
    Both both = both(jdk);
    for (Duration ahead : List.of(HOUR, Duration.ZERO, HOUR.negated(), Duration.ZERO)) {
      String before = both.set.ask("kept 1");
      set(both, ahead);
      String after = both.set.ask("kept 1");
      if (place == Place.MEMORY) {
        assertThat(after).as("kept by the clock that nobody sets").isEqualTo(before);
      }
      assertThat(isKept(both.set, "kept 1")).as("%s ahead: kept", ahead).isTrue();
      String question = brief();
      awaitEnd(both.set, both.set.ask(question), System.nanoTime(), question);
    }
  }

  @OnEachJdk
  @Execution(ExecutionMode.SAME_THREAD)
  void clock_thatJumpsBack_endsWhatWasStoredBefore(Jdk jdk) {
    Both both = both(jdk);
    set(both, HOUR);
    String question = brief();
    String stored = both.set.ask(question);
    long arrived = System.nanoTime();
    set(both, HOUR.negated());

    awaitEnd(both.set, stored, arrived, question);
  }

  @OnEachJdk
  @Execution(ExecutionMode.SAME_THREAD)
  void removals_whileTheClockJumps_holdAndHinderNothing(Jdk jdk) {
    Both both = both(jdk);
    int id = 100;
    for (Duration ahead :
        List.of(HOUR.negated(), Duration.ZERO, HOUR, HOUR.negated(), Duration.ZERO)) {
      for (String removal : List.of("change", "clear", "evictTag")) {
        String question = "kept " + ++id;
        await(question).atMost(LONG).until(() -> isKept(both.set, question));
        String before = both.set.ask(question);
        set(both, ahead);
        both.set.ask(removal + " " + id);
        String after = both.set.ask(question);
        assertThat(after).as("after %s, %s ahead", removal, ahead).isNotEqualTo(before);
        assertThat(both.set.ask(question)).as("kept again").isEqualTo(after);
        if (place != Place.MEMORY) {
          await("the other JVM").atMost(LONG).until(() -> isAgreed(both, question));
        }
      }
    }
  }

  /**
   * What lies in a backend by a clock that is wrong is read by JVMs whose clocks are right. What is
   * kept near then has no more left than its whole time, unless Redis says earlier that it is gone.
   */
  @OnEachJdk
  @Execution(ExecutionMode.SAME_THREAD)
  void entry_ofAJvmWithAnotherClock_livesNoLongerThanItMay(Jdk jdk) {
    Both both = both(jdk);
    for (Duration ahead : List.of(HOUR, HOUR.negated())) {
      set(both, ahead);
      String first = brief();
      String second = brief();
      String stored = both.set.ask(first);
      long arrived = System.nanoTime();
      String others = both.other.ask(second);
      long othersArrived = System.nanoTime();
      if (place == Place.NEAR) {
        both.other.ask(first);
        arrived = System.nanoTime();
        both.set.ask(second);
        othersArrived = System.nanoTime();
      }
      awaitEnd(both.other, stored, arrived, first);
      awaitEnd(both.set, others, othersArrived, second);
    }
  }

  /** A question that nobody has asked yet. */
  private String brief() {
    return "brief " + ++asked;
  }

  private static boolean isKept(Talking app, String question) {
    return app.ask(question).equals(app.ask(question));
  }

  private static boolean isAgreed(Both both, String question) {
    return both.other.ask(question).equals(both.set.ask(question));
  }

  /**
   * Waits until an entry is served no more, which is in time if the last question that it answered
   * was put within its lifetime: whatever the machine takes in between comes on top of neither.
   */
  private static void awaitEnd(Talking app, String stored, long arrived, String question) {
    long[] lastAsked = {arrived};
    await(question)
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              long asked = System.nanoTime();
              boolean isServed = app.ask(question).equals(stored);
              if (isServed) {
                lastAsked[0] = asked;
              }
              return !isServed;
            });
    assertThat(Duration.ofNanos(lastAsked[0] - arrived))
        .as("served for, of %s", question)
        .isLessThanOrEqualTo(BRIEF.plus(COARSE));
  }
}
