/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.expr.ExpressionException;
import dev.larder.engine.flight.Flight;
import dev.larder.engine.key.NoKeyException;
import dev.larder.engine.method.Attributes;
import dev.larder.engine.method.BatchShape;
import dev.larder.engine.method.Body;
import dev.larder.engine.method.CallArguments;
import dev.larder.engine.method.TargetSpec;
import dev.larder.engine.method.Variant;
import dev.larder.engine.transaction.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  // What its visits and runs share with it.
  final Engine engine;
  final TargetSpec spec;
  final NamedCache cache;
  final Partition partition;
  final Attributes attributes;
  final BatchShape shape;
  final Body body;
  final RemoteTiers remote;
  final Results results;
  final Caching caching;

  Batches(
      Engine engine,
      Attributes attributes,
      Body body,
      RemoteTiers remote,
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
      Object key = caching.lookUps().key(variant, own);
      calls.add(new Call(target, receiver, own, key, variant, null, transaction));
    }
    return new BatchCall(target, receiver, arguments, variant, transaction, calls);
  }

  /** The answer of a call, with the body run for what is not there. */
  Ticket lookUp(BatchCall call, boolean refresh) {
    BatchVisit visit = new BatchVisit(this, call, engine.observer(spec));
    boolean reads = !refresh && call.variant().isReadable();
    List<BatchElement> missing = reads ? visit.missing() : List.copyOf(visit.elements());
    cache.counters.misses.increment();
    try {
      if (reads && attributes.policy().singleFlight()) {
        missing = visit.lead(missing, false);
      }
      visit.load(
          visit.missingRemotely(missing, reads ? visit::answers : (element, entry) -> false));
      boolean follows = visit.follows();
      if (visit.ended() == null && follows) {
        visit.follow();
      }
      if (visit.ended() != null) {
        caching.tellMiss();
        return answered(call, visit.ended());
      }
      Object whole = visit.whole();
      renew(call, visit.aged());
      return answered(call, follows || visit.isLoaded() ? loaded(visit, whole) : hit(visit, whole));
    } finally {
      visit.close();
    }
  }

  private static Ticket.Answer answered(BatchCall call, Ticket.Answer answer) {
    if (answer.thrown == null) {
      call.target().answered(call, answer.answer);
    }
    return answer;
  }

  private Ticket.Answer loaded(BatchVisit visit, Object whole) {
    caching.tellMiss();
    visit.tellLoaded();
    return Ticket.answering(whole);
  }

  private Ticket.Answer hit(BatchVisit visit, Object whole) {
    cache.counters.misses.decrement();
    cache.counters.hits.increment();
    caching.tellHit(visit.isStale());
    if (visit.isStale()) {
      cache.counters.stale.increment();
    }
    visit.tellHit();
    return Ticket.answering(whole);
  }

  /** Starts a run of the body in the background for elements that nobody else loads. */
  private void renew(BatchCall call, List<Call> aged) {
    Map<Call, Flight> mine = new LinkedHashMap<>();
    boolean runs = false;
    try {
      for (Call each : aged) {
        Flight flight = new Flight(each.key(), caching, false);
        if (partition.flights.joinOrLead(flight) == null) {
          flight.leaveThread();
          mine.put(each.outside(), flight);
        }
      }
      runs = !mine.isEmpty() && renew(call, mine);
    } catch (RuntimeException | Error failure) { // it may be that of the elements' own order
      engine.warnings().renewalFailed(spec, failure);
    } finally {
      if (!runs) {
        mine.values().forEach(partition.flights::disperse);
      }
    }
  }

  private boolean renew(BatchCall call, Map<Call, Flight> mine) {
    List<Call> elements = List.copyOf(mine.keySet());
    Object[] arguments =
        shape.withElements(
            call.arguments(),
            elements.stream().map(each -> shape.element(each.arguments())).toList());
    BatchVisit visit =
        new BatchVisit(
            this,
            new BatchCall(
                call.target(), call.receiver(), arguments, call.variant(), null, elements),
            Handlers.Call.UNOBSERVED);
    for (BatchElement element : visit.elements()) {
      element.flight = mine.get(element.call);
    }
    return caching.errands().runInBackground(() -> renewNow(visit));
  }

  private void renewNow(BatchVisit visit) {
    try {
      List<BatchElement> rest = new ArrayList<>();
      for (BatchElement element : visit.elements()) {
        Call call = element.call;
        if (call.key().equals(caching.lookUps().key(call.variant(), call.arguments()))) {
          rest.add(element); // of others somebody has changed an argument since
        }
      }
      visit.load(visit.missingRemotely(rest, (element, entry) -> Renewals.isRenewed(entry)));
      if (visit.ended() != null && visit.ended().thrown != null) {
        throw visit.ended().thrown;
      }
    } catch (Throwable failure) { // the old values are served on, and the next access tries again
      engine.warnings().renewalFailed(spec, failure);
    } finally {
      visit.close();
    }
  }
}
