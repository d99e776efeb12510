/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.Flights.Answer;
import dev.larder.engine.ThreadMode.OpenCall;
import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.transaction.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * The calls of a target that is cached per element: {@code Map<K, V> f(Collection<K>)} and {@code
 * List<V> f(List<K>)}.
 *
 * <p>Each element has a key, an entry and a flight of its own, as if the method had been called
 * with it alone. What is not there is loaded by one run of the body. A call first leads the flights
 * that it can, ends them, and only then waits for those of others: so no two calls wait for each
 * other over elements that they have in common.
 *
 * <p>For statistics a call is one call: a hit if every element was there, else a miss. Loads are
 * runs of the body; stores and removals count elements.
 */
final class Batches {

  private final Engine engine;
  private final TargetSpec spec;
  private final NamedCache cache;
  private final Partition partition;
  private final Attributes attributes;
  private final BatchShape shape;
  private final Body body;
  private final RemoteTier remote;
  private final Results results;
  private final Caching caching;

  Batches(
      Engine engine,
      Attributes attributes,
      Body body,
      RemoteTier remote,
      Results results,
      Caching caching) {
    this.engine = engine;
    this.spec = caching.spec();
    this.cache = caching.cache();
    this.partition = caching.partition();
    this.attributes = attributes;
    this.shape = attributes.batch();
    this.body = body;
    this.remote = remote;
    this.results = results;
    this.caching = caching;
  }

  /** A call with its elements, each as a call with that element alone. */
  static final class BatchCall extends Call {
    private final List<Call> elements;

    private BatchCall(
        Target target,
        Object receiver,
        Object[] arguments,
        Variant variant,
        Transaction transaction,
        List<Call> elements) {
      super(target, receiver, arguments, null, variant, null, transaction);
      this.elements = elements;
    }

    @Override
    boolean isHidden(NamedCache cache, Attributes target) {
      for (Call each : elements) {
        if (each.isHidden(cache, target)) {
          return true;
        }
      }
      return false;
    }
  }

  /** One element of a call, and what has become of it. */
  private static final class Element {
    private final Call call;

    /** What answers for it; null where there is nothing, or the body's own value does. */
    private Entry entry;

    /** An entry past its time, for a body that throws. */
    private Entry old;

    private Flight flight;
    private RemoteTier.Seen seen;
    private Caching.Miss miss;
    private boolean isLoaded;

    /** Of a loaded one: whether the body's result has it, and what it gave. */
    private boolean isThere;

    private Object value;

    Element(Call call) {
      this.call = call;
    }

    Object itself(BatchShape shape) {
      return call.arguments()[shape.position()];
    }
  }

  /** The call with the keys of its elements; null where it has no elements. */
  BatchCall call(
      Target target, Object receiver, Object[] arguments, Variant variant, Transaction transaction)
      throws CallArguments.Unkeyed, NoKeyException, ExpressionException {
    List<Object> elements = shape.elements(arguments);
    if (elements == null) {
      return null;
    }
    List<Call> calls = new ArrayList<>(elements.size());
    for (Object element : elements) {
      Object[] own = shape.withElement(arguments, element);
      Object key = caching.key(variant, own);
      calls.add(new Call(target, receiver, own, key, variant, null, transaction));
    }
    return new BatchCall(target, receiver, arguments, variant, transaction, calls);
  }

  /** One call from its look-up to what its caller gets. */
  private final class Visit {
    private final BatchCall call;
    private final Handlers.Call observer;
    private final Map<Object, Element> elements = new LinkedHashMap<>();

    /** That of the body, for the flights of all elements. */
    private final Circles.Run run = new Circles.Run();

    /** Flights of other callers, each with the element that waits for it. */
    private final Map<Element, Flight> followed = new LinkedHashMap<>();

    private final List<Call> aged = new ArrayList<>();
    private boolean isStale;

    /** What the call comes to where it is not put together of elements; null while it is. */
    private Ticket ended;

    Visit(BatchCall call, Handlers.Call observer) {
      this.call = call;
      this.observer = observer;
      for (Call each : call.elements) {
        elements.computeIfAbsent(each.key(), key -> new Element(each));
      }
    }

    /** Takes an entry for an element if it answers now. */
    private boolean answers(Element element, Entry entry) {
      Entry.Age age = entry.age();
      if (age == Entry.Age.OVER || entry.value instanceof Results.Thrown) {
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
    private List<Element> missing() {
      List<Element> missing = new ArrayList<>();
      for (Element element : elements.values()) {
        Entry found = caching.find(element.call.key());
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
    private List<Element> lead(List<Element> missing, boolean handedOver) {
      List<Element> mine = new ArrayList<>();
      for (Element element : missing) {
        Object key = element.call.key();
        if (caching.fliesAlone(element.call) || partition.flights.isUncollapsed(key)) {
          mine.add(element);
          continue;
        }
        Flight own = Flight.of(run, key, caching, handedOver);
        Flight other = partition.flights.joinOrLead(own);
        if (other == null) {
          element.flight = own;
          run.enter();
          Entry landed = caching.find(key);
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

    private void land(Element element, Entry entry) {
      if (element.flight != null) {
        partition.flights.land(element.flight, entry);
        element.flight = null;
      }
    }

    /**
     * Those for which the backend has nothing either; it is asked once, for all of them.
     *
     * @param answers takes an entry if it answers for an element
     */
    private List<Element> missingRemotely(
        List<Element> missing, BiPredicate<Element, Entry> answers) {
      List<RemoteTier.Seen> seen =
          remote == null || missing.isEmpty()
              ? null
              : remote.findAll(missing.stream().map(each -> each.call.key()).toList());
      if (seen == null) {
        return missing;
      }
      List<Element> rest = new ArrayList<>();
      for (int i = 0; i < missing.size(); i++) {
        Element element = missing.get(i);
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
    private void load(List<Element> asked) {
      if (asked.isEmpty()) {
        return;
      }
      boolean all = asked.size() == elements.size();
      List<Object> arguments =
          all
              ? call.elements.stream().map(each -> each.arguments()[shape.position()]).toList()
              : asked.stream().map(each -> each.itself(shape)).toList();
      Object[] forBody = shape.withElements(call.arguments(), arguments);
      OpenCall open = caching.open(call);
      cache.counters.loads.increment();
      long began = System.nanoTime();
      List<Caching.Miss> misses =
          caching.misses(
              asked.stream()
                  .map(each -> new Caching.Missing(each.call, each.flight, each.old, each.seen))
                  .toList(),
              call.transaction(),
              observer);
      for (int i = 0; i < misses.size(); i++) {
        asked.get(i).miss = misses.get(i);
      }
      Object result;
      try {
        result = body.run(call.target(), call.receiver(), forBody);
      } catch (Throwable failure) {
        cache.counters.loadNanos.add(System.nanoTime() - began);
        failed(asked, open, failure);
        return;
      }
      cache.counters.loadNanos.add(System.nanoTime() - began);
      if (caching.stepsAside(open, call.variant(), true)) {
        caching.uncount(call.variant());
        ended = Ticket.answeringAfterRun(result);
      } else if (!shape.fits(result, arguments)) {
        unfit(all, result);
      } else {
        take(asked, all, result);
      }
    }

    /** Takes over what the body gave for each element. */
    private void take(List<Element> asked, boolean all, Object result) {
      boolean mayStore = observer.mayStore(result);
      List<?> list = shape.givesMap() ? null : new ArrayList<>((List<?>) result);
      List<Call> positions = all ? call.elements : asked.stream().map(each -> each.call).toList();
      List<Element> fresh = new ArrayList<>(asked.size());
      List<Results.Ended> ended = new ArrayList<>(asked.size());
      for (int i = 0; i < positions.size(); i++) {
        Element element = elements.get(positions.get(i).key());
        if (!element.isLoaded) { // else it is there twice
          ended.add(end(element, result, list == null ? null : list.get(i), mayStore));
          fresh.add(element);
        }
      }
      results.endElements(ended);
      for (Element element : fresh) {
        element.miss = null;
        element.flight = null;
      }
    }

    /**
     * The end of one element's miss.
     *
     * @param listed what stands in its place in a list
     */
    private Results.Ended end(Element element, Object result, Object listed, boolean mayStore) {
      element.isLoaded = true;
      if (shape.givesMap()) {
        Map<?, ?> map = (Map<?, ?>) result;
        element.isThere = BatchShape.has(map, element.itself(shape));
        element.value = element.isThere ? map.get(element.itself(shape)) : null;
      } else {
        element.isThere = true;
        element.value = listed;
      }
      // A null that stands in a map would come back as no value at all: it is not kept.
      boolean isKept = mayStore && !(shape.givesMap() && element.isThere && element.value == null);
      return new Results.Ended(element.miss, isKept, element.value, element.call.arguments());
    }

    /** Gives what the body says of all elements where it cannot be told what is whose. */
    private void unfit(boolean all, Object result) {
      engine
          .warnings()
          .once(
              spec,
              "with batch = true its body must give {}; what it gave now does not fit its argument,"
                  + " and such results are given as they are, uncached",
              shape.givesMap()
                  ? "a map whose keys are elements of its argument"
                  : "a list with one value for each element of its argument, in their order");
      if (all) {
        ended = Ticket.answeringAfterRun(result);
        return;
      }
      try {
        Object own = body.run(call.target(), call.receiver(), call.arguments());
        ended = Ticket.answeringAfterRun(own);
      } catch (Throwable failure) {
        ended = Ticket.throwing(failure);
      }
    }

    /** Gives old values in place of a failure if there is one for each element, else throws it. */
    private void failed(List<Element> asked, OpenCall open, Throwable failure) {
      if (caching.stepsAside(open, call.variant(), false)) {
        caching.uncount(call.variant());
        ended = Ticket.throwing(failure);
        return;
      }
      for (Element each : asked) {
        each.entry = results.failElement(each.miss, failure);
        each.miss = null;
        each.flight = null;
        isStale = true;
        if (each.entry == null) {
          ended = Ticket.throwing(failure);
        }
      }
    }

    /** Waits for what other callers load; runs the body once more for what did not come. */
    private void follow() {
      long until = System.nanoTime() + attributes.policy().waitMillis() * 1_000_000;
      List<Element> alone = new ArrayList<>();
      List<Element> handedOver = new ArrayList<>();
      followed.forEach(
          (element, flight) -> {
            long left = Math.max(0, (until - System.nanoTime()) / 1_000_000);
            Answer answer = Flights.await(flight, left);
            if (answer.outcome() == Flights.Outcome.LANDED
                && answer.entry().type().equals(attributes.type())
                && !(answer.entry().value instanceof Results.Thrown)) {
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
    private void close() {
      for (Element element : elements.values()) {
        if (element.miss != null) {
          caching.notShared(element.miss);
        } else if (element.flight != null) {
          partition.flights.disperse(element.flight);
        }
        element.miss = null;
        element.flight = null;
      }
      run.leave();
    }

    /** Everything that its caller gets, in the order of the argument. */
    private Object whole() {
      if (shape.givesMap()) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Element element : elements.values()) {
          if (element.entry == null ? element.isThere : element.entry.value != null) {
            map.put(element.itself(shape), valueOf(element));
          }
        }
        return map;
      }
      List<Object> list = new ArrayList<>(call.elements.size());
      for (Call each : call.elements) {
        list.add(valueOf(elements.get(each.key())));
      }
      return list;
    }

    private boolean isLoaded() {
      return elements.values().stream().anyMatch(each -> each.isLoaded);
    }

    /** For how long the first of its entries to go still has to live, in milliseconds. */
    private long remaining() {
      long first = Long.MAX_VALUE;
      for (Element each : elements.values()) {
        first = Math.min(first, each.entry.deadline());
      }
      return first - Clock.precise();
    }

    private Object valueOf(Element element) {
      return element.entry == null ? element.value : Results.valueOf(element.entry);
    }
  }

  /** The answer of a call, with the body run for what is not there. */
  Ticket lookUp(BatchCall call, boolean refresh) {
    Visit visit = new Visit(call, engine.observer(spec));
    boolean reads = !refresh && call.variant().isReadable();
    List<Element> missing = reads ? visit.missing() : List.copyOf(visit.elements.values());
    cache.counters.misses.increment();
    try {
      if (reads && attributes.policy().singleFlight()) {
        missing = visit.lead(missing, false);
      }
      visit.load(
          visit.missingRemotely(missing, reads ? visit::answers : (element, entry) -> false));
      boolean follows = !visit.followed.isEmpty();
      if (visit.ended == null && follows) {
        visit.follow();
      }
      if (visit.ended != null) {
        return visit.ended;
      }
      Object whole = visit.whole();
      renew(call, visit.aged);
      return follows || visit.isLoaded() ? loaded(visit, whole) : hit(visit, whole);
    } finally {
      visit.close();
    }
  }

  private Ticket loaded(Visit visit, Object whole) {
    visit.observer.served(false, false, 0);
    return Ticket.answeringAfterRun(whole);
  }

  private Ticket hit(Visit visit, Object whole) {
    cache.counters.misses.decrement();
    cache.counters.hits.increment();
    if (visit.isStale) {
      cache.counters.stale.increment();
    }
    visit.observer.served(true, true, visit.remaining());
    return Ticket.answering(whole);
  }

  /** Starts a run of the body in the background for elements that nobody else loads. */
  private void renew(BatchCall call, List<Call> aged) {
    List<Call> mine = new ArrayList<>();
    List<Flight> flights = new ArrayList<>();
    for (Call each : aged) {
      Flight flight = new Flight(each.key(), caching, false);
      if (partition.flights.joinOrLead(flight) == null) {
        flight.leaveThread();
        flights.add(flight);
        mine.add(each.outside());
      }
    }
    if (mine.isEmpty()) {
      return;
    }
    Object[] arguments =
        shape.withElements(
            call.arguments(),
            mine.stream().map(each -> each.arguments()[shape.position()]).toList());
    Visit visit =
        new Visit(
            new BatchCall(call.target(), call.receiver(), arguments, call.variant(), null, mine),
            Handlers.Call.UNOBSERVED);
    for (Flight flight : flights) {
      visit.elements.get(flight.key).flight = flight;
    }
    boolean runs = false;
    try {
      runs = caching.runInBackground(() -> renewNow(visit));
    } finally {
      if (!runs) {
        visit.close();
      }
    }
  }

  private void renewNow(Visit visit) {
    try {
      List<Element> rest = new ArrayList<>();
      for (Element element : visit.elements.values()) {
        Call call = element.call;
        if (call.key().equals(caching.key(call.variant(), call.arguments()))) {
          rest.add(element); // of others somebody has changed an argument since
        }
      }
      visit.load(visit.missingRemotely(rest, (element, entry) -> Caching.isRenewed(entry)));
      if (visit.ended != null && visit.ended.thrown != null) {
        throw visit.ended.thrown;
      }
    } catch (Throwable failure) { // the old values are served on, and the next access tries again
      engine.warnings().renewalFailed(spec, failure);
    } finally {
      visit.close();
    }
  }
}
