/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TimeoutsTest {

  private static final long SOON = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long NEVER = TimeUnit.DAYS.toNanos(1);

  @Test
  void fail_notDoneInTime_failsOnAThreadThatHoldsNothingOfTheCallers() throws Exception {
    CompletableFuture<String> future = new CompletableFuture<>();
    CompletableFuture<Thread> by = new CompletableFuture<>();
    future.whenComplete((value, failure) -> by.complete(Thread.currentThread()));
    Thread here = Thread.currentThread();
    ClassLoader before = here.getContextClassLoader();
    try (URLClassLoader ofAnApplication = new URLClassLoader(new URL[0], before)) {
      here.setContextClassLoader(ofAnApplication);
      Timeouts.fail(future, SOON);
    } finally {
      here.setContextClassLoader(before);
    }

    Thread end = by.get(); // not after the other, whose get may itself run what hangs on it
    assertThatThrownBy(future::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(end.isDaemon()).isTrue();
    assertThat(end.getContextClassLoader()).isNull();
  }

  @Test
  void complete_notDoneInTime_completes() {
    assertThat(Timeouts.complete(new CompletableFuture<>(), "late", SOON))
        .succeedsWithin(Duration.ofSeconds(20))
        .isEqualTo("late");
  }

  @Test
  void doneBefore_staysAsItIs() {
    CompletableFuture<String> done = CompletableFuture.completedFuture("done");
    assertThat(Timeouts.fail(done, 0)).isSameAs(done).isCompletedWithValue("done");

    CompletableFuture<String> inTime = new CompletableFuture<>();
    Timeouts.complete(inTime, "late", NEVER);
    inTime.complete("done");
    assertThat(inTime).isCompletedWithValue("done");
  }
}
