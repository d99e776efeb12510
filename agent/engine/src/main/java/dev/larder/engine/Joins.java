/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Entry;
import dev.larder.engine.entry.Thrown;
import dev.larder.engine.flight.Circles;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.flight.Flights;
import dev.larder.engine.flight.Flights.Answer;
import dev.larder.engine.flight.SharedFuture;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.Variant;
import dev.larder.engine.transaction.Transaction;
import dev.larder.engine.transaction.Transactions;
import java.util.function.Function;

/**
 * How the calls of one target that find no entry come together: one leads the flight of a key, and
 * the others follow it, or run for themselves where that is called for.
 */
final class Joins {

  private final Engine engine;
  private final Caching caching;
  private final NamedCache cache;
  private final Partition partition;
  private final Attributes attributes;
  private final LookUps lookUps;
  private final Starts starts;

  /** Whether the hit site looks up each call, and what is past its time is a miss. */
  private final boolean isCommon;

  /** Whether its calls are common, and nothing but a look-up in this JVM lies before a body. */
  private final boolean isHereAlone;

  Joins(
      Engine engine,
      Caching caching,
      Attributes attributes,
      RemoteTiers remote,
      LookUps lookUps,
      Starts starts) {
    this.engine = engine;
    this.caching = caching;
    this.cache = caching.cache();
    this.partition = caching.partition();
    this.attributes = attributes;
    this.lookUps = lookUps;
    this.starts = starts;
    this.isCommon =
        caching.isPlain()
            && attributes.policy().idle() == 0
            && attributes.policy().singleFlight()
            && !attributes.shape().isLater()
            && attributes.arguments().allAtoms();
    this.isHereAlone =
        isCommon
            && remote == null
            && !caching.spec().traits().contains(TargetSpec.Trait.THROUGH_INTERFACE);
  }

  /**
   * The way of nearly all misses: of a plain call that the hit site has just looked up, where
   * nothing is out of the ordinary on the thread. It does at once what {@link LookUps#lookUp} comes
   * to.
   *
   * @return null where the call is to be looked up in full
   */
  Ticket miss(Target target, Object receiver, Object[] arguments) {
    Variant variant = isHereAlone ? caching.hitSite().settled(receiver) : null;
    if (variant == null || Transactions.current() != null) {
      return null;
    }
    Object key = lookUps.plainKey(variant, arguments);
    if (key == null || partition.flights.isUncollapsed(key)) {
      return null;
    }
    Flight mine = Flight.loading(key, caching, engine.removals().now());
    boolean leads = partition.flights.joinOrLead(mine) == null;
    Entry found;
    try {
      found = find(variant, mine, leads);
      if (leads && found == null) {
        Object told = caching.tellLoad();
        Miss miss = told == null ? Miss.plain(variant, mine) : Miss.told(variant, mine, told);
        Ticket running = Ticket.running(target, receiver, arguments, miss);
        cache.counters.runs.increment();
        caching.tellMiss();
        return running;
      }
    } catch (RuntimeException | Error failure) {
      dropUnneeded(mine, leads);
      throw failure;
    }
    return leadOrAnswer(
        new Call(target, receiver, arguments, key, variant, null, null), mine, leads, found);
  }

  /** Whether the hit site has just found nothing plain for this call. */
  boolean hasBeenLookedUp(Call call) {
    return isCommon
        && caching.hitSite().looksUp(call.receiver(), call.variant())
        && !partition.flights.isUncollapsed(call.key());
  }

  /**
   * Leads the flight of a call first and looks whether it is needed then: nearly always it is, and
   * so the key has to be looked up but once behind the hit site.
   */
  Ticket leadOrAnswer(Call call) {
    Flight mine = new Flight(call.key(), caching, false);
    boolean leads = partition.flights.joinOrLead(mine) == null;
    Entry found;
    try {
      found = find(call.variant(), mine, leads);
    } catch (RuntimeException | Error failure) {
      dropUnneeded(mine, leads);
      throw failure;
    }
    return leadOrAnswer(call, mine, leads, found);
  }

  /** The entry of a flight's key, once its flight is led, if it is led here. */
  private Entry find(Variant variant, Flight mine, boolean leads) {
    if (leads) {
      mine.leadOnThisThread();
    }
    return lookUps.find(variant, mine.key);
  }

  private void dropUnneeded(Flight mine, boolean leads) {
    if (leads) { // nobody is to wait for what does not come
      partition.loads.end(mine, null);
      partition.flights.disperse(mine);
    }
  }

  private Ticket leadOrAnswer(Call call, Flight mine, boolean leads, Entry found) {
    if (leads) {
      try {
        if (found == null || found.age() == Entry.Age.OVER) {
          cache.counters.misses.increment();
          return starts.run(call, mine, Results.ofValue(found));
        }
        partition.loads.end(mine, null);
      } catch (RuntimeException | Error failure) {
        dropUnneeded(mine, true);
        throw failure;
      }
      partition.flights.land(mine, found);
    }
    Ticket answer = found == null ? null : lookUps.answerFrom(found, call);
    return answer != null ? answer : flyOrRun(call, found, false);
  }

  Ticket flyOrRun(Call call, Entry found, boolean refresh) {
    Entry old = Results.ofValue(found);
    cache.counters.misses.increment();
    if (isCommon && call.variant().isReadable()) {
      caching.hitSite().approve(call.receiver(), call.variant()); // from now on it looks first
    }
    if (refresh
        || !attributes.policy().singleFlight()
        || !call.variant().isReadable()
        || fliesAlone(call)
        || partition.flights.isUncollapsed(call.key())) {
      return refresh
          ? starts.runBodyOf(call, null, old, starts.lookRemotely(call))
          : starts.run(call, null, old);
    }
    boolean handedOver = false;
    while (true) {
      Flight mine = new Flight(call.key(), caching, handedOver);
      Flight flight = partition.flights.joinOrLead(mine);
      if (flight == null) {
        if (attributes.shape().isLater()) {
          Circles.begin(call.runs(), mine);
        }
        mine.leadOnThisThread();
        return lead(call, mine, old);
      }
      if (call.isWithin(flight)) {
        return starts.run(call, null, old);
      }
      if (flight.isByFuture()
          && !caching.givesFuture()) { // it may be long until somebody asks for it
        return starts.run(call, null, old);
      }
      if (attributes.shape().isLater()) {
        if (!Circles.follow(call.runs(), flight)) {
          return starts.run(call, null, old);
        }
        if (!caching.givesFuture()) {
          return Ticket.following(follow(caching.withoutThread(call), flight, handedOver));
        }
        SharedFuture shared = flight.joinFuture(caching.waitMillis());
        if (shared != null || !flight.isByFuture()) {
          return Ticket.answering(
              new FollowingFuture(
                  caching, caching.withoutThread(call), flight, shared, handedOver));
        }
        partition.flights.leave(flight);
        continue;
      }
      Answer answer = Flights.await(flight, caching.waitMillis());
      if (answer.outcome() == Flights.Outcome.LANDED && lookUps.mayAnswer(answer.entry(), call)) {
        caching.tellMiss();
        return lookUps.answer(answer.entry(), call);
      }
      if (answer.outcome() != Flights.Outcome.HANDED_OVER || handedOver) {
        return starts.run(call, null, old);
      }
      handedOver = true;
    }
  }

  Step follow(Call call, Flight flight, boolean handedOver) {
    return Following.of(caching, call, flight, caching.waitMillis(), handedOver);
  }

  /**
   * What comes next for a caller without a thread, once the flight that it followed is over.
   *
   * @param follow follows another caller that has taken over
   */
  Step after(Call call, Answer answer, boolean handedOver, Function<Flight, Step> follow) {
    if (answer.outcome() == Flights.Outcome.LANDED && lookUps.mayAnswer(answer.entry(), call)) {
      return step(answer.entry(), call);
    }
    Flight mine = null;
    if (answer.outcome() == Flights.Outcome.HANDED_OVER && !handedOver) {
      mine = new Flight(call.key(), caching, true);
      mine.leaveThread(); // the one that runs the body may be another
      Flight flying = partition.flights.joinOrLead(mine);
      if (flying == null) {
        Circles.begin(call.runs(), mine);
        return call.target().later().step(lead(call, mine, null), call);
      }
      if (!call.isWithin(flying) && Circles.follow(call.runs(), flying)) {
        return follow.apply(flying);
      }
    }
    return call.target().later().step(starts.run(call, null, null), call);
  }

  private Step step(Entry landed, Call call) {
    caching.tellMiss();
    if (landed.value instanceof Thrown) {
      return call.target().later().step(lookUps.answer(landed, call), call);
    }
    Results.tell(caching.observer(call), true, landed);
    Object value = landed.given();
    call.target().answered(call, value);
    return Step.give(value);
  }

  /** Whether nobody may join what a call loads, nor it others, for the sake of its transaction. */
  boolean fliesAlone(Call call) {
    Transaction transaction = call.transaction();
    return transaction != null && (transaction.mayWrite() || isOvertaken(transaction, call.key()));
  }

  /** Whether what a transaction loads may be older than a removal of it. */
  private boolean isOvertaken(Transaction transaction, Object key) {
    return partition.isRemovedSince(transaction.since(), key)
        || engine.removals().isOvertaken(transaction.since(), cache.cleared, caching.hasTags());
  }

  /** Leads, unless the flight before this one has landed between the look-up and now. */
  private Ticket lead(Call call, Flight flight, Entry old) {
    try {
      Entry landed = lookUps.find(call);
      if (landed != null
          && landed != old
          && landed.age().isWithinTime()
          && lookUps.mayAnswer(landed, call)) {
        partition.flights.land(flight, landed);
        cache.counters.misses.decrement();
        cache.counters.hits.increment();
        caching.tellHit(false);
        return lookUps.answer(landed, call);
      }
      return starts.run(call, flight, old);
    } catch (Throwable ours) { // nobody is to wait for what does not come
      partition.flights.fail(flight);
      throw ours;
    }
  }
}
