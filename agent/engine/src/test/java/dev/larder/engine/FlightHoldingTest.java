/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import static org.awaitility.Awaitility.await;

import dev.larder.engine.flight.Flight;
import dev.larder.engine.flight.Flights.Answer;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** That nothing is left of a flight which is over, at the thread that began it. */
class FlightHoldingTest {

  private final Caching target = new Probe().new Repository("c", id -> "value").target.caching();

  @Test
  void flight_thatAnotherThreadEnded_isNotHeldByTheThreadThatBeganIt() throws Exception {
    WeakReference<Flight> ended = new WeakReference<>(begunHereAndEndedElsewhere());

    await()
        .until(
            () -> {
              System.gc();
              return ended.refersTo(null);
            });
  }

  private Flight begunHereAndEndedElsewhere() throws InterruptedException {
    Flight flight = new Flight("key", target, false);
    flight.leadOnThisThread();
    Thread other = new Thread(() -> flight.tell(Answer.RUN));
    other.start();
    other.join();
    return flight;
  }
}
