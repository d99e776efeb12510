/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.ThreadMode.OpenCall;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.flight.Loads;
import dev.larder.engine.method.Variant;
import dev.larder.engine.remote.Guard;
import dev.larder.engine.remote.Lease;
import dev.larder.engine.remote.Turn;

/**
 * A look-up that found nothing, and what its body's result is for.
 *
 * <p>Of most there is nothing to say but which load it is, whose flight the load leads, and since
 * when it runs: this class has room for that alone, and a {@link Full} one for the rest.
 */
class Miss {

  private final Variant variant;
  private final Loads.Load load;
  private final long began;

  private Miss(Variant variant, Loads.Load load, long began) {
    this.variant = variant;
    this.load = load;
    this.began = began;
  }

  /**
   * One whose body begins to run now, and of which nothing else is to be noted.
   *
   * @param load which is the flight, where it leads one
   */
  static Miss plain(Variant variant, Loads.Load load) {
    return new Miss(variant, load, System.nanoTime());
  }

  /** The same, of which a witness has begun to note something. */
  static Miss told(Variant variant, Flight flight, Object told) {
    return of(
        variant, flight, flight, null, null, Handlers.Call.UNOBSERVED, null, null, false, told);
  }

  /**
   * One whose body begins to run now.
   *
   * @param flight that it leads; null for none
   * @param open null where its body is known to reach no other target
   * @param old an entry past its time, for a body that throws; null for none
   * @param guard null where it is not to be stored with a backend
   * @param turn null where there is no backend
   * @param inBackground whether it is for nobody but the cache
   * @param told what a witness has begun to note of its load; null for nothing
   */
  static Miss of(
      Variant variant,
      Loads.Load load,
      Flight flight,
      OpenCall open,
      Entry old,
      Handlers.Call observer,
      Guard guard,
      Turn turn,
      boolean inBackground,
      Object told) {
    boolean isPlain =
        (flight == null || flight == load)
            && open == null
            && old == null
            && observer == Handlers.Call.UNOBSERVED
            && guard == null
            && turn == null
            && !inBackground
            && told == null;
    return isPlain
        ? plain(variant, load)
        : new Full(variant, load, flight, open, old, observer, guard, turn, inBackground, told);
  }

  /** One of which there is more to note. */
  private static final class Full extends Miss {
    private final Flight flight;
    private final OpenCall open;
    private final Entry old;
    private final Handlers.Call observer;
    private final Guard guard;
    private final Turn turn;
    private final boolean inBackground;
    private final Object told;

    Full(
        Variant variant,
        Loads.Load load,
        Flight flight,
        OpenCall open,
        Entry old,
        Handlers.Call observer,
        Guard guard,
        Turn turn,
        boolean inBackground,
        Object told) {
      super(variant, load, System.nanoTime());
      this.flight = flight;
      this.open = open;
      this.old = old;
      this.observer = observer;
      this.guard = guard;
      this.turn = turn;
      this.inBackground = inBackground;
      this.told = told;
    }

    @Override
    Flight flight() {
      return flight;
    }

    @Override
    OpenCall open() {
      return open;
    }

    @Override
    Entry old() {
      return old;
    }

    @Override
    Handlers.Call observer() {
      return observer;
    }

    @Override
    Guard guard() {
      return guard;
    }

    @Override
    Turn turn() {
      return turn;
    }

    @Override
    boolean inBackground() {
      return inBackground;
    }

    @Override
    Object told() {
      return told;
    }
  }

  final Variant variant() {
    return variant;
  }

  final Loads.Load load() {
    return load;
  }

  /** As {@link System#nanoTime} gave it. */
  final long began() {
    return began;
  }

  /** The flight that it leads; null for none. */
  Flight flight() {
    return load instanceof Flight flight ? flight : null;
  }

  /** The call that has not returned yet; null where its body is known to reach no other target. */
  OpenCall open() {
    return null;
  }

  /** An entry past its time, for a body that throws; null for none. */
  Entry old() {
    return null;
  }

  Handlers.Call observer() {
    return Handlers.Call.UNOBSERVED;
  }

  /** Null where it is not to be stored with a backend. */
  Guard guard() {
    return null;
  }

  /** Null where there is no backend. */
  Turn turn() {
    return null;
  }

  /** Whether it is for nobody but the cache. */
  boolean inBackground() {
    return false;
  }

  /** What a witness has begun to note of its load; null for nothing. */
  Object told() {
    return null;
  }

  /** Tells other JVMs what became of its flight. */
  final void endLease(Lease.Ending ending) {
    Guard kept = guard();
    if (kept != null && kept.lease() != null) {
      kept.lease().end(ending);
    }
  }
}
