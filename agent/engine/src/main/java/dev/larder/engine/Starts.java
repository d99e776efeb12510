/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.ThreadMode.OpenCall;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.flight.Loads;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.Variant.Standing;
import dev.larder.engine.remote.Guard;
import dev.larder.engine.remote.Lease;
import dev.larder.engine.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;

/**
 * How the loads of one target start: the backend is asked, where there is one, and then the body is
 * let run.
 */
final class Starts {

  private final Engine engine;
  private final Caching caching;
  private final TargetSpec spec;
  private final NamedCache cache;
  private final Partition partition;
  private final Attributes attributes;
  private final RemoteTiers remote;
  private final LookUps lookUps;

  /**
   * The starts of a target's loads.
   *
   * @param remote null where there is no backend to ask
   */
  Starts(
      Engine engine, Caching caching, Attributes attributes, RemoteTiers remote, LookUps lookUps) {
    this.engine = engine;
    this.caching = caching;
    this.spec = caching.spec();
    this.cache = caching.cache();
    this.partition = caching.partition();
    this.attributes = attributes;
    this.remote = remote;
    this.lookUps = lookUps;
  }

  /** Answers from the backend, or lets the body run. */
  Ticket run(Call call, Flight flight, Entry old) {
    if (flight == null || remote == null || !isLedInFleet(call)) {
      RemoteTier.Seen seen =
          remote == null ? null : remoteOf(call).find(call.key(), isForOne(call));
      return answerOrRun(call, flight, old, seen);
    }
    boolean isLater = attributes.shape().isLater();
    RemoteTier.Seen seen =
        remoteOf(call)
            .findOrLead(
                call.key(),
                isLater ? 0 : caching.waitMillis(),
                RemoteTier.Seen::isServed,
                isForOne(call));
    if (isLater && seen != null && seen.isLedElsewhere() && !seen.isServed()) {
      flight.leaveThread();
      return Ticket.following(
          FollowingElsewhere.of(caching, remoteOf(call), caching.withoutThread(call), flight, old));
    }
    return answerOrRun(call, flight, old, seen);
  }

  private RemoteTier remoteOf(Call call) {
    return remote.of(call.variant());
  }

  /** Whether a flight may be one of all JVMs. */
  private boolean isLedInFleet(Call call) {
    return !attributes.shape().isLater() || (!caching.givesFuture() && call.transaction() == null);
  }

  /** What comes of a call whose flight another JVM has led, or leads still. */
  Step afterElsewhere(Call call, Flight flight, Entry old, RemoteTier.Seen seen) {
    try {
      return call.target().later().step(answerOrRun(call, flight, old, seen), call);
    } catch (Throwable ours) { // nobody is to wait for what does not come
      partition.flights.fail(flight);
      throw ours;
    }
  }

  private Ticket answerOrRun(Call call, Flight flight, Entry old, RemoteTier.Seen seen) {
    if (seen == null || seen.entry() == null || !call.variant().isReadable()) {
      return runBodyOf(call, flight, old, seen);
    }
    if (call.isHidden(seen.entry())) {
      seen.endLease(Lease.Ending.DISPERSED);
      if (flight != null) {
        partition.flights.disperse(flight);
      }
      cache.counters.misses.decrement();
      return lookUps.bypassed();
    }
    if (!seen.isServed()) {
      return runBodyOf(call, flight, old == null ? remoteOf(call).keep(seen).entry() : old, seen);
    }
    if (flight != null && !(seen.isForOne() && partition.flights.endUnfollowed(flight))) {
      seen = remoteOf(call).keep(seen);
      if (seen.entry() == null) {
        return runBodyOf(call, flight, old, seen);
      }
      partition.flights.land(flight, seen.entry());
    }
    if (seen.isLedElsewhere()) {
      caching.tellMiss();
      return lookUps.answer(seen.entry(), call); // a follower, though not of this JVM
    }
    cache.counters.misses.decrement();
    Ticket answer = lookUps.answerFrom(seen.entry(), call);
    if (answer == null) { // its time was over just now
      cache.counters.hits.increment();
      caching.tellHit(false);
      answer = lookUps.answer(seen.entry(), call);
    }
    return answer;
  }

  /** Whether a call needs of a value nothing but to be given it, once. */
  private boolean isForOne(Call call) {
    return call.transaction() == null && call.asker() == null && !attributes.shape().isLater();
  }

  /** What the backend has; null where there is none to ask. */
  RemoteTier.Seen lookRemotely(Call call) {
    return remote == null ? null : remoteOf(call).find(call.key(), false);
  }

  Ticket runBodyOf(Call call, Flight flight, Entry old, RemoteTier.Seen seen) {
    Miss miss = begin(call, flight, old, seen, false);
    return Ticket.running(call, miss);
  }

  /**
   * The miss of a call whose body is about to run.
   *
   * @param inBackground whether it runs for nobody but the cache
   */
  Miss begin(Call call, Flight flight, Entry old, RemoteTier.Seen seen, boolean inBackground) {
    OpenCall open = open(call);
    cache.counters.loads.increment();
    if (!inBackground) {
      caching.tellMiss();
    }
    try {
      Handlers.Call observer = inBackground ? engine.observerBehind(spec) : caching.observer(call);
      return miss(call, flight, open, old, observer, seen, inBackground);
    } catch (Throwable ours) {
      if (open != null) {
        ThreadMode.close(open);
      }
      throw ours;
    }
  }

  /** Notes that a body is about to run that may reach another target; null where none can be. */
  OpenCall open(Call call) {
    return spec.traits().contains(TargetSpec.Trait.THROUGH_INTERFACE)
        ? ThreadMode.open(caching, call.receiver(), call.variant().standing() == Standing.UNKNOWN)
        : null;
  }

  private Miss miss(
      Call call,
      Flight flight,
      OpenCall open,
      Entry old,
      Handlers.Call observer,
      RemoteTier.Seen seen,
      boolean inBackground) {
    Loads.Load load = load(call, flight);
    try {
      Guard guard =
          seen == null ? null : remoteOf(call).guard(call.key(), seen, call.transaction());
      Missing missing = new Missing(call, flight, old, seen);
      Object told = caching.tellLoad();
      return miss(missing, load, open, observer, guard, inBackground, told);
    } catch (Throwable ours) {
      partition.loads.end(load, null);
      throw ours;
    }
  }

  private Loads.Load load(Call call, Flight flight) {
    return partition.flights.beginLoad(
        call.key(), flight, engine.removals().now(), call.transaction());
  }

  private static Miss miss(
      Missing missing,
      Loads.Load load,
      OpenCall open,
      Handlers.Call observer,
      Guard guard,
      boolean inBackground,
      Object told) {
    return Miss.of(
        missing.call.variant(),
        load,
        missing.flight,
        open,
        missing.old,
        observer,
        guard,
        missing.seen == null ? null : missing.seen.turn(),
        inBackground,
        told);
  }

  /**
   * What a load begins with.
   *
   * @param flight that it leads; null for none
   * @param old an entry past its time, for a body that throws; null for none
   * @param seen what the backend has; null where there is none to ask
   */
  record Missing(Call call, Flight flight, Entry old, RemoteTier.Seen seen) {}

  /** The misses of a call's elements, whose loads begin now, in their order. */
  List<Miss> misses(List<Missing> missing, Transaction transaction, Handlers.Call observer) {
    List<Loads.Load> loads = missing.stream().map(each -> load(each.call, each.flight)).toList();
    try {
      List<RemoteTier.Seen> seen = missing.stream().map(Missing::seen).toList();
      List<Guard> guards =
          remote == null || transaction != null
              ? null
              : remoteOf(missing.get(0).call).guardAll(missing.get(0).call.key(), seen);
      List<Miss> misses = new ArrayList<>(missing.size());
      for (int i = 0; i < loads.size(); i++) {
        Missing each = missing.get(i);
        Guard guard =
            guards != null
                ? guards.get(i)
                : each.seen == null
                    ? null
                    : remoteOf(each.call).guard(each.call.key(), each.seen, transaction);
        misses.add(miss(each, loads.get(i), null, observer, guard, false, null));
      }
      return misses;
    } catch (Throwable ours) {
      loads.forEach(load -> partition.loads.end(load, null));
      throw ours;
    }
  }
}
