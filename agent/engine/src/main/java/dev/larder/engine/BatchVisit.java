/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.entry.Clock;
import dev.larder.engine.entry.Entry;
import dev.larder.engine.entry.Thrown;
import dev.larder.engine.flight.Circles;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.flight.Flights;
import dev.larder.engine.flight.Flights.Answer;
import dev.larder.engine.method.BatchShape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * One call that is cached per element, from its look-ups to what its caller gets: what answers for
 * each element, which flights it leads, and which it follows. Used by one thread at a time, and
 * closed at the end whatever has happened.
 */
final class BatchVisit {

  private final Batches batches;
  private final Caching caching;
  private final Flights flights;
  private final BatchShape shape;
  private final BatchCall call;
  private final Handlers.Call observer;
  private final Map<Object, BatchElement> elements = new LinkedHashMap<>();

  /** That of the body, for the flights of all elements. */
  private final Circles.Run run = new Circles.Run();

  /** Flights of other callers, each with the element that waits for it. */
  private final Map<BatchElement, Flight> followed = new LinkedHashMap<>();

  private final List<Call> aged = new ArrayList<>();
  private boolean isStale;

  /** What the call comes to where it is not put together of elements; null while it is. */
  private Ticket.Answer ended;

  BatchVisit(Batches batches, BatchCall call, Handlers.Call observer) {
    this.batches = batches;
    this.caching = batches.caching;
    this.flights = batches.partition.flights;
    this.shape = batches.shape;
    this.call = call;
    this.observer = observer;
    for (Call each : call.elements()) {
      elements.computeIfAbsent(each.key(), key -> new BatchElement(each));
    }
  }

  /** Its elements, each once. */
  Collection<BatchElement> elements() {
    return elements.values();
  }

  /** Elements that have entries which were due to be made anew, or past their time. */
  List<Call> aged() {
    return aged;
  }

  /** Whether an entry that it gives is past its time. */
  boolean isStale() {
    return isStale;
  }

  /** What the call comes to where it is not put together of elements; null while it is. */
  Ticket.Answer ended() {
    return ended;
  }

  /** Takes an entry for an element if it answers now. */
  boolean answers(BatchElement element, Entry entry) {
    Entry.Age age = entry.age();
    if (age == Entry.Age.OVER || entry.value instanceof Thrown) {
      return false;
    }
    if (age != Entry.Age.FRESH) {
      aged.add(element.call);
    }
    isStale |= age == Entry.Age.STALE;
    element.entry = entry;
    return true;
  }

  /** Those for which nothing is in this JVM. */
  List<BatchElement> missing() {
    List<BatchElement> missing = new ArrayList<>();
    for (BatchElement element : elements.values()) {
      Entry found = caching.lookUps().find(element.call);
      if (found != null && element.call.isHidden(found)) {
        found = null;
      }
      if (found == null || !answers(element, found)) {
        element.old = found;
        missing.add(element);
      }
    }
    return missing;
  }

  /** Leads the flights of those that nobody else loads; which they are. */
  List<BatchElement> lead(List<BatchElement> missing, boolean handedOver) {
    List<BatchElement> mine = new ArrayList<>();
    for (BatchElement element : missing) {
      Object key = element.key();
      if (caching.joins().fliesAlone(element.call) || flights.isUncollapsed(key)) {
        mine.add(element);
        continue;
      }
      Flight own = Flight.of(run, key, caching, handedOver);
      Flight other = flights.joinOrLead(own);
      if (other == null) {
        element.flight = own;
        run.enter();
        Entry landed = caching.lookUps().find(element.call);
        if (landed != null && landed != element.old && answers(element, landed)) {
          land(element, landed);
          continue;
        }
      } else if (!other.isLedByThisThread()) {
        followed.put(element, other);
        continue;
      }
      mine.add(element);
    }
    return mine;
  }

  private void land(BatchElement element, Entry entry) {
    if (element.flight != null) {
      flights.land(element.flight, entry);
      element.flight = null;
    }
  }

  /**
   * Those for which the backend has nothing either; it is asked once, for all of them.
   *
   * @param answers takes an entry if it answers for an element
   */
  List<BatchElement> missingRemotely(
      List<BatchElement> missing, BiPredicate<BatchElement, Entry> answers) {
    List<RemoteTier.Seen> seen =
        batches.remote == null || missing.isEmpty()
            ? null
            : batches
                .remote
                .of(call.variant())
                .findAll(missing.stream().map(BatchElement::key).toList());
    if (seen == null) {
      return missing;
    }
    List<BatchElement> rest = new ArrayList<>();
    for (int i = 0; i < missing.size(); i++) {
      BatchElement element = missing.get(i);
      element.seen = seen.get(i);
      Entry entry = element.seen == null ? null : element.seen.entry();
      if (entry != null && element.call.isHidden(entry)) {
        entry = null;
      }
      if (entry != null && answers.test(element, entry)) {
        land(element, entry);
      } else {
        element.old = element.old == null ? entry : element.old;
        rest.add(element);
      }
    }
    return rest;
  }

  /** Runs the body for some elements, and stores what it gives. */
  void load(List<BatchElement> asked) {
    if (!asked.isEmpty()) {
      boolean all = asked.size() == elements.size();
      List<BatchElement> places =
          all ? call.elements().stream().map(each -> elements.get(each.key())).toList() : asked;
      ended = new BatchRun(batches, call, observer, asked, places, all).run();
      isStale |= ended == null && !asked.get(0).isLoaded; // old values stand in
    }
  }

  /** Whether others load some of it. */
  boolean follows() {
    return !followed.isEmpty();
  }

  /** Waits for what other callers load; runs the body once more for what did not come. */
  void follow() {
    long until = System.nanoTime() + caching.waitMillis() * 1_000_000;
    List<BatchElement> alone = new ArrayList<>();
    List<BatchElement> handedOver = new ArrayList<>();
    followed.forEach(
        (element, flight) -> {
          long left = Math.max(0, (until - System.nanoTime()) / 1_000_000);
          Answer answer = Flights.await(flight, left);
          if (answer.outcome() == Flights.Outcome.LANDED
              && answer.entry().type().equals(batches.attributes.type(call.variant()))
              && !(answer.entry().value instanceof Thrown)) {
            element.entry = answer.entry();
          } else {
            (answer.outcome() == Flights.Outcome.HANDED_OVER ? handedOver : alone).add(element);
          }
        });
    followed.clear();
    alone.addAll(lead(handedOver, true));
    alone.addAll(followed.keySet()); // somebody else has taken over: once is enough
    followed.clear();
    load(missingRemotely(alone, this::answers));
  }

  /** Sees to it that no flight or load is left open, whatever has happened. */
  void close() {
    for (BatchElement element : elements.values()) {
      if (element.miss != null) {
        caching.ends().notShared(element.miss);
      } else if (element.flight != null) {
        flights.disperse(element.flight);
      }
      element.end();
    }
    run.leave();
  }

  /** Everything that its caller gets, in the order of the argument. */
  Object whole() {
    if (shape.givesMap()) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (BatchElement element : elements.values()) {
        if (element.entry == null ? element.isThere : element.entry.value != null) {
          map.put(element.itself(shape), element.given());
        }
      }
      return map;
    }
    List<Object> list = new ArrayList<>(call.elements().size());
    for (Call each : call.elements()) {
      list.add(elements.get(each.key()).given());
    }
    return list;
  }

  /** Whether the body has run for any of it. */
  boolean isLoaded() {
    return elements.values().stream().anyMatch(each -> each.isLoaded);
  }

  /** Tells who observes the call that it is not, or not all, from the cache. */
  void tellLoaded() {
    observer.served(false, false, 0);
  }

  /** Tells who observes the call that all of it is from the cache. */
  void tellHit() {
    long first = Long.MAX_VALUE;
    for (BatchElement each : elements.values()) {
      first = Math.min(first, each.entry.deadline());
    }
    observer.served(true, true, first - Clock.precise());
  }
}
