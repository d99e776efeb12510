/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.engine.Witness;
import dev.larder.engine.Witness.Outcome;
import dev.larder.http.ResponseFlights.Ending;
import dev.larder.http.StoredResponse.Field;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One request's dealings with the response store: what it found, and what it leaves there. */
final class StoreVisit {

  /** Failures that a stale response may stand in for (RFC 5861, 4). */
  private static final Set<Integer> FAILURES = Set.of(500, 502, 503, 504);

  private final Rule rule;
  private final Shelf shelf;
  private final ResponseFlights flights;
  private final RequestView request;
  private final Personal asker;
  private final Witness witness;
  private final long asked = System.currentTimeMillis();
  private final long begun = System.nanoTime();

  private CacheStatus state = CacheStatus.BYPASS;
  private Demands demands = Demands.NONE;
  private ResponseKey key;
  private Object flightKey;
  private ResponseFlights.Flight flight;
  private Shelf.Seen seen;
  private Shelf.Fill fill;

  /** What the witness has begun to note of the application's run; null for nothing. */
  private Object load;

  /** What answers the request, or was stored of its answer. */
  private StoredResponse kept;

  /** What would have answered the request, had it not been past its time. */
  private StoredResponse stale;

  private boolean filling;
  private boolean served;
  private boolean collapsed;
  private boolean renewing;
  private boolean validated;
  private boolean failed;

  /** What the application answered, where that is not what the client gets; 0 for the same. */
  private int forwarded;

  StoreVisit(
      Rule rule,
      Shelf shelf,
      ResponseFlights flights,
      RequestView request,
      Personal asker,
      Witness witness) {
    this.rule = rule;
    this.shelf = shelf;
    this.flights = flights;
    this.request = request;
    this.asker = asker;
    this.witness = witness;
  }

  /**
   * Looks the request up; waits for another that fills its key.
   *
   * @param spoilt whether filters have made the answer one person's already
   * @return what answers it; null if the application does
   */
  StoredResponse lookUp(boolean spoilt) {
    if (rule.requestDirectives()) {
      demands = Demands.of(request);
    }
    key = ResponseKey.of(rule, request);
    if (key == null || spoilt || asker.isRequest() || demands.isNoStore()) {
      shelf.counters().bypassed.increment();
      return null;
    }
    flightKey = List.of(rule.name(), key.target(), key.origin());
    boolean whole = "GET".equals(request.method()) && request.header("Range") == null;
    boolean patient = rule.collapses() && !demands.validated() && !demands.isOnlyIfCached();
    find();
    if (kept == null && whole && patient) {
      waitForOthers();
    }
    if (kept != null) {
      return served();
    }
    shelf.counters().misses.increment();
    witness.missed(rule.name(), null);
    if (demands.isOnlyIfCached()) {
      state = CacheStatus.REFUSED;
      return null;
    }
    shelf.counters().loads.increment();
    load = witness.loadBegins(rule.name(), null);
    if (whole || (stale != null && request.header("Range") == null)) {
      fill = seen.begin();
      filling = fill != null;
    }
    return null;
  }

  private StoredResponse served() {
    served = true;
    // One that waited for another's fill missed like that one.
    (collapsed ? shelf.counters().misses : shelf.counters().hits).increment();
    boolean isStale = !collapsed && kept.remaining(System.currentTimeMillis()) <= 0;
    if (isStale) {
      shelf.counters().stale.increment();
    }
    if (collapsed) {
      witness.missed(rule.name(), null);
    } else {
      witness.hit(rule.name(), null, isStale);
    }
    state = collapsed ? CacheStatus.URI_MISS : CacheStatus.HIT;
    return kept;
  }

  /** Waits for another's fill and, where the application failed there, for who takes over. */
  private void waitForOthers() {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(rule.waitMillis());
    boolean takesOver = false;
    while (flights.collapses(flightKey)) {
      ResponseFlights.Flight own = new ResponseFlights.Flight(flightKey, takesOver);
      ResponseFlights.Flight joined = flights.join(own);
      if (joined == own) {
        flight = own;
        // Another may have stored between this look-up and this flight.
        seen = shelf.findOrLead(key.target(), seen, rule.waitMillis(), this::isAnswered);
        collapsed = isAnswered(seen.responses()) && seen.isLedElsewhere();
        return;
      }
      if (!joined.await(TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()))) {
        return;
      }
      find();
      collapsed = kept != null;
      if (collapsed || takesOver || !joined.isOpen()) {
        return;
      }
      takesOver = true;
    }
  }

  /** Looks in this JVM's near cache, and asks the backend about what is not fresh there. */
  private void find() {
    if (!isAnswered(shelf.near(key.target())) || kept.remaining(System.currentTimeMillis()) <= 0) {
      seen = seen == null ? shelf.find(key.target()) : shelf.findAgain(key.target(), seen);
      isAnswered(seen.responses());
    }
  }

  /** Whether one of these answers the request; decides which one, and how. */
  private boolean isAnswered(List<StoredResponse> variants) {
    kept = null;
    stale = null;
    renewing = false;
    state =
        demands.validated()
            ? CacheStatus.REQUEST
            : isUriAmong(variants) ? CacheStatus.VARY_MISS : CacheStatus.URI_MISS;
    long now = System.currentTimeMillis();
    for (StoredResponse each : variants) {
      if (Storing.selects(each, key, request)) {
        if (!each.isUseful(now)) {
          state = demands.validated() ? CacheStatus.REQUEST : CacheStatus.STALE;
        } else if (!mayAnswer(each)) {
          state = CacheStatus.REQUEST;
        } else {
          consider(each, now);
          return kept != null;
        }
      }
    }
    return false;
  }

  /** Whether one is of the request's own URI, with its scheme and host (RFC 9211, 2.2). */
  private boolean isUriAmong(List<StoredResponse> variants) {
    for (StoredResponse each : variants) {
      if (each.origin().equals(key.origin())) {
        return true;
      }
    }
    return false;
  }

  /** Decides on the one response that answers such requests. */
  private void consider(StoredResponse found, long now) {
    if (demands.areMetBy(found, now)) {
      kept = found;
    } else if (demands.allowWhileRenewed(found, now)) {
      kept = found;
      renewing = mayRenew();
    } else {
      stale = found;
      state = demands.validated() ? CacheStatus.REQUEST : CacheStatus.STALE;
    }
  }

  /** A response to an {@code Authorization} is shared by its own permission (RFC 9111, 3.5). */
  private boolean mayAnswer(StoredResponse found) {
    return found.terms().shared() || request.header("Authorization") == null;
  }

  /** One exchange at a time renews a key; it keeps the key until it is closed. */
  private boolean mayRenew() {
    if (flight == null) {
      ResponseFlights.Flight own = new ResponseFlights.Flight(flightKey, false);
      flight = flights.join(own) == own ? own : null;
    }
    return flight != null;
  }

  /** Whether the answer is stale, and the application is to run once it has gone out. */
  boolean isRenewing() {
    return renewing;
  }

  /** The visit of the run that renews what this one has served. */
  StoreVisit renewal() {
    StoreVisit next = new StoreVisit(rule, shelf, flights, request, asker, witness);
    next.state = CacheStatus.STALE;
    next.key = key;
    next.stale = kept;
    next.flight = flight;
    next.renewing = true;
    next.fill = shelf.find(key.target()).begin();
    next.filling = next.fill != null;
    shelf.counters().loads.increment();
    next.load = witness.loadBegins(rule.name(), null);
    flight = null;
    renewing = false;
    return next;
  }

  /** Whether the application's answer may be stored, if it turns out so. */
  boolean isFilling() {
    return filling;
  }

  /** Whether the client wants no answer that is not stored. */
  boolean isRefused() {
    return state == CacheStatus.REFUSED
        || (state == CacheStatus.BYPASS && demands.isOnlyIfCached() && !demands.isNoStore());
  }

  /** What answers the request, or was stored of its answer; null for neither. */
  StoredResponse kept() {
    return kept;
  }

  /** Whether a stored response answers the request. */
  boolean isServed() {
    return served;
  }

  /** A precondition that asks the application whether what is stored still holds; null if none. */
  String validator(String field) {
    if (stale == null || !filling) {
      return null;
    }
    return switch (field) {
      case "if-none-match" -> stale.line("ETag");
      case "if-modified-since" -> stale.line("Last-Modified");
      default -> null;
    };
  }

  /** Whether something stale is at hand, in place of a 304 or perhaps of a failure. */
  boolean hasStale() {
    return filling && stale != null;
  }

  /**
   * What stands in for the application's answer: the stored response, if the application says that
   * it still holds, or if it failed and the response may be served in place of an error.
   *
   * @param status the application's; 0 if it threw
   * @param fields those of the application's answer
   * @return null if its own answer stands
   */
  StoredResponse instead(int status, List<Field> fields) {
    if (!mayReplace(status)) {
      return null;
    }
    forwarded = status == 0 ? 500 : status;
    if (status != 304) {
      kept = stale;
      served = true;
      loadEnded(Outcome.FAILED);
      abandon();
      return kept;
    }
    validated = true;
    return new StoredResponse(
        stale.origin(),
        stale.vary(),
        stale.selecting(),
        stale.status(),
        Storing.freshened(stale, fields),
        stale.body(),
        stale.storedAt(),
        stale.initialAge(),
        stale.terms(),
        stale.tags());
  }

  /** Whether a stored response may take the place of such an answer; 0 for an exception. */
  boolean mayReplace(int status) {
    if (!hasStale()) {
      return false;
    }
    if (status == 304) {
      return stale.hasValidator();
    }
    boolean failed = status == 0 || FAILURES.contains(status);
    long past = -stale.remaining(System.currentTimeMillis());
    return failed
        && !demands.validated()
        && !renewing
        && past < stale.terms().ifError()
        && !asker.isRequest();
  }

  /** Stores an impersonal answer, if it may be. */
  void fill(ResponseView response, Storing.Said said, Recording recording) {
    if (!filling) {
      return;
    }
    filling = false;
    shelf.counters().loadNanos.add(System.nanoTime() - begun);
    witness.bodyEnded(load);
    long now = System.currentTimeMillis();
    // To a HEAD as well, which is run as GET and fills only what was stored (RFC 9111, 4.3.5).
    StoredResponse made =
        new ResponseMaker(rule, request, key.origin(), asked)
            .make(response, said, recording, validated ? stale : null, now);
    if (made == null) {
      fill.abandon();
    } else if (fill.store(made)) {
      kept = made;
      loadEnded(Outcome.STORED);
    }
    fill = null;
  }

  private void loadEnded(Outcome outcome) {
    witness.loadEnded(load, outcome);
    load = null; // told once
  }

  private void abandon() {
    filling = false;
    if (fill != null) {
      fill.abandon();
      fill = null;
    }
  }

  /** Says that the application has thrown, or that the container has given it up. */
  void failed() {
    failed = true;
  }

  /** Lets those go on that wait for this request. */
  void close(ResponseView response) {
    loadEnded(Outcome.NOT_STORED);
    abandon();
    if (flight != null) {
      // That a renewal failed is no reason to let the requests for a cold key run side by side.
      boolean stored = kept != null || renewing;
      boolean down = !stored && (failed || FAILURES.contains(response.status()));
      flights.end(flight, stored ? Ending.STORED : down ? Ending.FAILED : Ending.NOT_STORED);
      flight = null;
    }
  }

  /** The member that RFC 9211 calls for. */
  String status() {
    if (served) {
      long ttl = Math.floorDiv(kept.remaining(System.currentTimeMillis()), 1000);
      return state.served(forwarded, collapsed, ttl);
    }
    return kept == null ? state.unkept(forwarded) : state.stored(forwarded, kept.secondsAtFirst());
  }
}
