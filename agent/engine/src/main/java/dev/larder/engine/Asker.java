/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.flight.Circles;
import dev.larder.engine.flight.Circles.Run;
import dev.larder.engine.flight.Flight;
import java.util.ArrayList;
import java.util.List;

/**
 * Who asks for a value without a thread that waits for it: a subscriber.
 *
 * @param within the run of a body that the asker is a part of; null where none is known
 * @param running what the thread ran when it asked
 * @param context what its library carries from it to its source; null for nothing
 * @param ask what the thread asked for when it called the method
 * @param observer of a call that was made on another thread than its value comes on; null for
 *     whoever observes the thread
 */
record Asker(
    Loading within, List<Run> running, Object context, ThreadMode.Ask ask, Handlers.Call observer) {

  /** One of whom nothing is known. */
  static final Asker UNKNOWN = new Asker(null, List.of(), null, ThreadMode.Ask.NOTHING, null);

  /** One that is a part of what this thread runs, and of nothing else that is known. */
  static Asker onThisThread() {
    return of(null, null, ThreadMode.Ask.NOTHING);
  }

  /** One that asks on this thread. */
  static Asker of(Loading within, Object context, ThreadMode.Ask ask) {
    return new Asker(within, Circles.running(), context, ask, null);
  }

  /** The same, with who observes it whatever thread its value comes on. */
  Asker observedBy(Handlers.Call other) {
    return observer != null ? this : new Asker(within, running, context, ask, other);
  }

  /** All runs that it is known to be a part of; mostly none. */
  List<Run> runs() {
    if (within == null) {
      return running;
    }
    List<Run> runs = new ArrayList<>(running);
    for (Loading each = within; each != null; each = each.asker().within) {
      if (each.flight() != null) {
        runs.add(each.flight().run());
      }
      runs.addAll(each.asker().running);
    }
    return runs;
  }

  /** Whether it is a part of the run that leads a flight, as far as that is known. */
  boolean isWithin(Flight flight) {
    return running.contains(flight.run()) || (within != null && runs().contains(flight.run()));
  }
}
