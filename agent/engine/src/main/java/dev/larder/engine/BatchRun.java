/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine;

import dev.larder.engine.ThreadMode.OpenCall;
import dev.larder.engine.Witness.Outcome;
import dev.larder.engine.method.BatchShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of a body that is cached per element, for those elements that nothing answers for. */
final class BatchRun {

  private final Batches batches;
  private final BatchShape shape;
  private final BatchCall call;
  private final Handlers.Call observer;
  private final List<BatchElement> asked;

  /** The elements as the body is given them; of a run for all of them as often as they came. */
  private final List<Object> arguments;

  /** The element at each place of {@link #arguments}. */
  private final List<BatchElement> places;

  private final boolean isForAll;

  /**
   * A run.
   *
   * @param places the element at each place of the call's own argument
   */
  BatchRun(
      Batches batches,
      BatchCall call,
      Handlers.Call observer,
      List<BatchElement> asked,
      List<BatchElement> places,
      boolean isForAll) {
    this.batches = batches;
    this.shape = batches.shape;
    this.call = call;
    this.observer = observer;
    this.asked = asked;
    this.isForAll = isForAll;
    this.places = isForAll ? places : asked;
    this.arguments =
        isForAll
            ? call.elements().stream().map(each -> shape.element(each.arguments())).toList()
            : asked.stream().map(each -> each.itself(shape)).toList();
  }

  /**
   * Runs the body, and stores what it gives.
   *
   * @return what the call comes to where it cannot be put together of elements; null where it can
   */
  Ticket.Answer run() {
    Object[] forBody = shape.withElements(call.arguments(), arguments);
    OpenCall open = batches.caching.starts().open(call);
    batches.cache.counters.loads.increment();
    Object told = batches.caching.tellLoad();
    long began = System.nanoTime();
    try {
      begin();
    } catch (Throwable ours) {
      if (open != null) {
        ThreadMode.close(open);
      }
      throw ours;
    }
    Object result;
    try {
      result = ThreadMode.run(batches.body, call.target(), call.receiver(), forBody);
    } catch (Throwable failure) {
      batches.cache.counters.loadNanos.add(System.nanoTime() - began);
      batches.engine.witness().loadEnded(told, Outcome.FAILED);
      return failed(open, failure);
    }
    batches.cache.counters.loadNanos.add(System.nanoTime() - began);
    batches.engine.witness().bodyEnded(told);
    if (batches.caching.ends().stepsAside(open, call.variant(), true)) {
      batches.caching.ends().uncount(call.variant());
      return Ticket.answering(result);
    }
    if (!shape.fits(result, arguments)) {
      batches.engine.witness().loadEnded(told, Outcome.NOT_STORED);
      return unfit(result);
    }
    boolean stored = take(result);
    batches.engine.witness().loadEnded(told, stored ? Outcome.STORED : Outcome.NOT_STORED);
    return null;
  }

  private void begin() {
    List<Miss> misses =
        batches
            .caching
            .starts()
            .misses(
                asked.stream()
                    .map(each -> new Starts.Missing(each.call, each.flight, each.old, each.seen))
                    .toList(),
                call.transaction(),
                observer);
    for (int i = 0; i < misses.size(); i++) {
      asked.get(i).miss = misses.get(i);
    }
  }

  /** Takes over what the body gave for each element; whether any of it was stored. */
  private boolean take(Object result) {
    boolean mayStore = observer.mayStore(result);
    List<?> list = shape.givesMap() ? null : new ArrayList<>((List<?>) result);
    List<Results.Ended> ended = new ArrayList<>(asked.size());
    for (int i = 0; i < places.size(); i++) {
      BatchElement element = places.get(i);
      if (!element.isLoaded) { // else it is there twice
        ended.add(end(element, result, list == null ? null : list.get(i), mayStore));
      }
    }
    boolean stored = batches.results.endElements(ended);
    asked.forEach(BatchElement::end);
    return stored;
  }

  /**
   * The end of one element's miss.
   *
   * @param listed what stands in its place in a list
   */
  private Results.Ended end(BatchElement element, Object result, Object listed, boolean mayStore) {
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
  private Ticket.Answer unfit(Object result) {
    batches
        .engine
        .warnings()
        .once(
            batches.spec,
            "with batch = true its body must give {}; what it gave now does not fit its argument,"
                + " and such results are given as they are, uncached",
            shape.givesMap()
                ? "a map whose keys are elements of its argument"
                : "a list with one value for each element of its argument, in their order");
    if (isForAll) {
      return Ticket.answering(result);
    }
    try {
      Object own = ThreadMode.run(batches.body, call.target(), call.receiver(), call.arguments());
      return Ticket.answering(own);
    } catch (Throwable failure) {
      return Ticket.throwing(failure);
    }
  }

  /** Lets old values stand in for a failure if there is one for each element, else throws it. */
  private Ticket.Answer failed(OpenCall open, Throwable failure) {
    if (batches.caching.ends().stepsAside(open, call.variant(), false)) {
      batches.caching.ends().uncount(call.variant());
      return Ticket.throwing(failure);
    }
    boolean isCovered = true;
    for (BatchElement each : asked) {
      each.entry = batches.results.failElement(each.miss, failure);
      each.end();
      isCovered &= each.entry != null;
    }
    return isCovered ? null : Ticket.throwing(failure);
  }
}
