/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.engine.flight.Circles;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Flights of stages that would wait for each other, where no thread waits. */
final class CirclesTest {

  /** Far less than a follower's wait, which is 10 s. */
  private static final long SOON_SECONDS = 5;

  private final Probe probe = new Probe();
  private final ExecutorService pool = Executors.newFixedThreadPool(3);

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  /** A cached method with a body of the test's. */
  final class Method {
    private final Target target;
    private final Object name;
    final AtomicInteger runs = new AtomicInteger();
    Callable<?> body;

    Method(String method, String cache) {
      this.name = cache;
      try {
        this.target =
            probe.target(
                MethodHandles.lookup(), Method.class.getDeclaredMethod(method, long.class), cache);
      } catch (NoSuchMethodException e) {
        throw new LinkageError("no method", e);
      }
    }

    private Object call(long id) {
      return Probe.call(
          target,
          CirclesTest.this, // one receiver for all, as of a class with several methods
          new Object[] {id},
          () -> {
            runs.incrementAndGet();
            return body.call();
          });
    }

    @SuppressWarnings("unchecked")
    CompletableFuture<String> stage(long id) {
      return (CompletableFuture<String>) call(id);
    }

    Object plain(long id) {
      return call(id);
    }

    @Override
    public String toString() {
      return name.toString();
    }
  }

  private Method stages(String cache) {
    return new Method("stage", cache);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(SOON_SECONDS, TimeUnit.SECONDS)).as("the others came").isTrue();
  }

  /** A body that waits for the others, the first time, and then needs another method. */
  private static Callable<?> needing(Method self, Method other, CountDownLatch all) {
    return () -> {
      if (self.runs.get() > 1) {
        return CompletableFuture.completedFuture(self + " again");
      }
      all.countDown();
      await(all);
      return other.stage(1).thenApply(value -> self + " of " + value);
    };
  }

  private static String soon(Future<? extends Future<String>> asked) throws Exception {
    return asked.get(SOON_SECONDS, TimeUnit.SECONDS).get(SOON_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void twoStages_thatNeedEachOther_endByOneRunMore() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Method one = stages("one");
    Method two = stages("two");
    one.body = needing(one, two, both);
    two.body = needing(two, one, both);

    Future<CompletableFuture<String>> first = pool.submit(() -> one.stage(1));
    Future<CompletableFuture<String>> second = pool.submit(() -> two.stage(1));

    assertThat(soon(first)).startsWith("one of two");
    assertThat(soon(second)).startsWith("two of one");
    assertThat(one.runs.get() + two.runs.get()).isEqualTo(3);
  }

  @Test
  void threeStages_inACircle_endByOneRunMore() throws Exception {
    CountDownLatch all = new CountDownLatch(3);
    Method one = stages("one");
    Method two = stages("two");
    Method three = stages("three");
    one.body = needing(one, two, all);
    two.body = needing(two, three, all);
    three.body = needing(three, one, all);

    Future<CompletableFuture<String>> first = pool.submit(() -> one.stage(1));
    Future<CompletableFuture<String>> second = pool.submit(() -> two.stage(1));
    Future<CompletableFuture<String>> third = pool.submit(() -> three.stage(1));

    assertThat(soon(first)).startsWith("one of two");
    assertThat(soon(second)).startsWith("two of three");
    assertThat(soon(third)).startsWith("three of one");
    assertThat(one.runs.get() + two.runs.get() + three.runs.get()).isEqualTo(4);
  }

  @Test
  void circle_throughAStageThatItsBodyBegan_endsByOneRunMore() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Method outer = stages("outer");
    Method inner = stages("inner");
    Method other = stages("other");
    outer.body =
        () ->
            outer.runs.get() > 1
                ? CompletableFuture.completedFuture("outer again")
                : inner.stage(1).thenApply(value -> "outer of " + value);
    inner.body = needing(inner, other, both);
    other.body = needing(other, outer, both);

    Future<CompletableFuture<String>> first = pool.submit(() -> outer.stage(1));
    Future<CompletableFuture<String>> second = pool.submit(() -> other.stage(1));

    assertThat(soon(first)).startsWith("outer of inner of other");
    assertThat(soon(second)).startsWith("other of outer");
    assertThat(outer.runs.get() + inner.runs.get() + other.runs.get()).isEqualTo(4);
  }

  @Test
  void circle_ofAStageAndAThreadThatWaits_endsByOneRunMore() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    Method stage = stages("stage");
    Method plain = new Method("plain", "plain");
    stage.body =
        () -> {
          if (stage.runs.get() > 1) {
            return CompletableFuture.completedFuture("stage again");
          }
          both.countDown();
          await(both);
          return CompletableFuture.completedFuture("stage of " + plain.plain(1));
        };
    plain.body =
        () -> {
          if (plain.runs.get() > 1) {
            return "plain again";
          }
          both.countDown();
          await(both);
          return "plain of " + stage.stage(1).get();
        };

    Future<CompletableFuture<String>> first = pool.submit(() -> stage.stage(1));
    Future<Object> second = pool.submit(() -> plain.plain(1));

    assertThat(soon(first)).startsWith("stage of plain");
    assertThat(second.get(SOON_SECONDS, TimeUnit.SECONDS)).asString().startsWith("plain of stage");
    assertThat(stage.runs.get() + plain.runs.get()).isEqualTo(3);
  }

  @Test
  void stage_thatTwoOthersNeed_isRunOnce() throws Exception {
    CompletableFuture<String> pending = new CompletableFuture<>();
    Method shared = stages("shared");
    shared.body = () -> pending;
    Method one = stages("one");
    one.body = () -> shared.stage(1).thenApply(value -> "one of " + value);
    Method two = stages("two");
    two.body = () -> shared.stage(1).thenCombine(one.stage(1), (a, b) -> "two of " + b);

    CompletableFuture<String> first = one.stage(1);
    CompletableFuture<String> second = two.stage(1);
    pending.complete("shared");

    assertThat(first.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo("one of shared");
    assertThat(second.get(SOON_SECONDS, TimeUnit.SECONDS)).isEqualTo("two of one of shared");
    assertThat(shared.runs).hasValue(1);
    assertThat(one.runs).hasValue(1);
  }

  @Test
  void thread_thatHasLedFlights_runsNothingAfterwards() {
    Method stage = stages("stage");
    stage.body = () -> new CompletableFuture<>();
    Method failing = stages("failing");
    failing.body = () -> CompletableFuture.failedFuture(new IllegalStateException());
    Method plain = new Method("plain", "plain");
    plain.body =
        () -> {
          stage.stage(1);
          failing.stage(1);
          assertThat(Circles.running()).hasSize(1);
          return "value";
        };

    plain.plain(1);

    assertThat(Circles.running()).isEmpty();
  }
}
