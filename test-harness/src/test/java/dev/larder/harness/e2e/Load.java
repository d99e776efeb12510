/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.harness.e2e;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The application {@code faults} in a JVM of its own, its threads calling cached methods. */
final class Load implements AutoCloseable {

  /** The feature release that {@code faults.sh} asks for; 0 for none. */
  private static final int ASKED = Integer.getInteger("larder.faults.jdk", 0);

  /** The {@code timeout} of a cache where nothing else is said, in milliseconds. */
  private static final long TIMEOUT = 250;

  /** How much is looked at to say whether calls are answered by the cache, in milliseconds. */
  private static final int GLANCE_MILLIS = 100;

  private final Talking app;
  private final Jdk jdk;
  private final long timeout;
  private final long began = System.nanoTime();

  private Load(App app, Jdk jdk, long timeout) {
    this.app = Talking.to(app.environment("LARDER_CACHE_WARM_BACKEND", "memory"), jdk);
    this.jdk = jdk;
    this.timeout = timeout;
  }

  /** Starts it with the agent and these options, on the JDK that runs the tests. */
  static Load with(String options) {
    return of(App.named("faults").optimised().agent(options), TIMEOUT);
  }

  /** The same on the newest JDK that there is. */
  static Load onNewest(String options) {
    return onNewest(App.named("faults").optimised().agent(options));
  }

  /** The same with more than options. */
  static Load onNewest(App app) {
    return new Load(app, asked(Jdk.all().reduce((one, next) -> next)), TIMEOUT);
  }

  /** The same on the JDK that runs the tests. */
  static Load with(App app) {
    return of(app, TIMEOUT);
  }

  /**
   * The same with a {@code timeout} that its options set.
   *
   * @param timeout of its caches, in milliseconds
   */
  static Load of(App app, long timeout) {
    return new Load(app, asked(Jdk.all().findFirst()), timeout);
  }

  private static Jdk asked(Optional<Jdk> usual) {
    return ASKED == 0
        ? usual.orElseThrow()
        : Jdk.all().filter(each -> each.feature() == ASKED).findFirst().orElseThrow();
  }

  /** On which it runs. */
  Jdk jdk() {
    return jdk;
  }

  /** Since it was started. */
  Duration upFor() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** The {@code timeout} of its caches, in milliseconds. */
  long timeout() {
    return timeout;
  }

  /**
   * What was seen in a time.
   *
   * @param calls answered in it, reads and removals
   * @param errors that a cached method threw
   * @param wrong answers: not what a body could have given then
   * @param worst by how much one call was slower than its method, in milliseconds
   * @param p99 what all but one in a hundred calls stayed below, so too
   * @param machine how late a thread woke at worst that calls nothing, in milliseconds
   */
  record Figures(long calls, long errors, long wrong, double worst, double p99, double machine) {}

  /** What was seen since it was last asked for. */
  Figures figures() {
    String[] words = app.ask("window").split(" ");
    return new Figures(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Double.parseDouble(words[3]),
        Double.parseDouble(words[4]),
        Double.parseDouble(words[5]));
  }

  /** The first error or wrong answer of all. */
  String first() {
    return app.ask("first");
  }

  List<String> err() {
    return app.err();
  }

  /** The calls so far that the cache answered, and all reads. */
  record Served(long hits, long reads) {

    /** The share of calls that were hits between an earlier moment and this. */
    double shareSince(Served earlier) {
      return (double) (hits - earlier.hits) / Math.max(1, reads - earlier.reads);
    }
  }

  Served served() {
    String[] words = app.ask("hits").split(" ");
    return new Served(Long.parseLong(words[0]), Long.parseLong(words[1]));
  }

  /** Waits until most calls are hits; how long that took, in milliseconds. */
  long awaitHits() {
    long began = System.nanoTime();
    Served[] last = {served()};
    await()
        .atMost(60, SECONDS)
        .pollInterval(GLANCE_MILLIS, MILLISECONDS)
        .untilAsserted(
            () -> {
              Served now = served();
              double share = now.shareSince(last[0]);
              last[0] = now;
              assertThat(share).as("share of hits; err: %s", app.err()).isGreaterThan(0.5);
            });
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  @Override
  public void close() {
    try {
      assertThat(app.ask("stop")).as("calls counted less calls made").isEqualTo("0");
    } finally {
      app.close();
    }
  }
}
