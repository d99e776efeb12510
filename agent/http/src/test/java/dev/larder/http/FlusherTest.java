/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a flush that nothing follows is made. */
final class FlusherTest {

  private final Flusher flusher = new Flusher();

  @AfterEach
  void close() {
    flusher.close();
  }

  @Test
  void flush_thatIsNotTakenBack_isMadeOnceItsTimeIsOver() throws InterruptedException {
    CountDownLatch made = new CountDownLatch(1);
    AtomicLong moment = new AtomicLong();
    long noted = System.nanoTime();
    flusher.later(
        () -> {
          moment.set(System.nanoTime());
          made.countDown();
        });
    assertThat(made.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(TimeUnit.NANOSECONDS.toMillis(moment.get() - noted))
        .isGreaterThanOrEqualTo(Flusher.MILLIS);
  }

  @Test
  void flush_thatIsTakenBack_isNotMade_thoughOthersAroundItAre() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    flusher.later(first::countDown);
    AtomicInteger made;
    long begun;
    do {
      // Again where this thread was kept waiting for so long that it came too late.
      made = new AtomicInteger();
      begun = System.nanoTime();
      flusher.later(made::incrementAndGet).cancel();
    } while (System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(Flusher.MILLIS / 2));
    CountDownLatch last = new CountDownLatch(1);
    flusher.later(last::countDown);
    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(made).hasValue(0);
  }

  @Test
  void clientThatReadsSlowly_holdsUpNoOther() throws InterruptedException {
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch next = new CountDownLatch(1);
    flusher.later(
        () -> {
          try {
            read.await();
          } catch (InterruptedException closed) {
            throw new IOException(closed);
          }
        });
    flusher.later(next::countDown);
    assertThat(next.await(10, TimeUnit.SECONDS)).isTrue();
    read.countDown();
  }

  /** Rests between the rounds end the thread that keeps the time. */
  @Test
  void flushesOfManyThreads_withRests_areEachMadeOnceUnlessTakenBack() throws Exception {
    long seed = System.nanoTime();
    List<AtomicInteger> kept = Collections.synchronizedList(new ArrayList<>());
    for (int round = 0; round < 5; round++) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Random random = new Random(seed + 10L * round + t);
        threads.add(new Thread(() -> note(random, kept)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      Awaitility.await("seed " + seed).until(() -> kept.stream().allMatch(made -> made.get() == 1));
    }
    assertThat(kept).hasSizeGreaterThan(100);
  }

  private void note(Random random, List<AtomicInteger> kept) {
    for (int i = 0; i < 500; i++) {
      AtomicInteger made = new AtomicInteger();
      Flusher.Noted noted = flusher.later(made::incrementAndGet);
      if (random.nextInt(10) > 0) {
        noted.cancel();
      } else {
        kept.add(made);
      }
    }
  }
}
