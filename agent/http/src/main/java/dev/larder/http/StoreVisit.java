/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.StoredResponse.Field;
import dev.larder.http.StoredResponse.Terms;
import dev.larder.http.message.CacheControl;
import dev.larder.http.message.Freshness;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** One request's dealings with the response store: what it found, and what it leaves there. */
final class StoreVisit {

  /** Failures that a stale response may stand in for (RFC 5861, 4). */
  private static final Set<Integer> FAILURES = Set.of(500, 502, 503, 504);

  /** How it stands with the store, in the words of RFC 9211. */
  private enum State {
    BYPASS("fwd=bypass"),
    REQUEST("fwd=request"),
    URI_MISS("fwd=uri-miss"),
    VARY_MISS("fwd=vary-miss"),
    STALE("fwd=stale"),
    HIT("hit"),
    REFUSED("detail=only-if-cached");

    final String text;

    State(String text) {
      this.text = text;
    }
  }

  private final Rule rule;
  private final Shelf shelf;
  private final ResponseFlights flights;
  private final RequestView request;
  private final Personal asker;
  private final long asked = System.currentTimeMillis();
  private final long begun = System.nanoTime();

  private State state = State.BYPASS;
  private CacheControl wants = CacheControl.NONE;
  private ResponseKey key;
  private Object flightKey;
  private boolean mustValidate;
  private ResponseFlights.Flight flight;
  private Shelf.Seen seen;
  private Shelf.Fill fill;

  /** What answers the request, or was stored of its answer. */
  private StoredResponse kept;

  /** What would have answered the request, had it not been past its time. */
  private StoredResponse stale;

  private boolean filling;
  private boolean served;
  private boolean collapsed;
  private boolean renewing;
  private boolean validated;

  /** What the application answered, where that is not what the client gets; 0 for the same. */
  private int forwarded;

  StoreVisit(Rule rule, Shelf shelf, ResponseFlights flights, RequestView request, Personal asker) {
    this.rule = rule;
    this.shelf = shelf;
    this.flights = flights;
    this.request = request;
    this.asker = asker;
  }

  /**
   * Looks the request up; waits for another that fills its key.
   *
   * @param spoilt whether filters have made the answer one person's already
   * @return what answers it; null if the application does
   */
  StoredResponse lookUp(boolean spoilt) {
    if (rule.requestDirectives()) {
      wants = CacheControl.parse(request.headers("Cache-Control"));
      boolean pragma = wants.isEmpty() && "no-cache".equals(request.header("Pragma"));
      mustValidate = pragma || wants.has("no-cache") || wants.seconds("max-age") == 0;
    }
    key = ResponseKey.of(rule, request);
    if (key == null || spoilt || asker.isRequest() || wants.has("no-store")) {
      shelf.counters().bypassed.increment();
      return null;
    }
    flightKey = List.of(rule.name(), key.target(), key.origin());
    boolean whole = "GET".equals(request.method()) && request.header("Range") == null;
    boolean patient = rule.collapses() && !mustValidate && !wants.has("only-if-cached");
    find();
    if (kept == null && whole && patient) {
      waitForOthers();
    }
    if (kept != null) {
      return served();
    }
    shelf.counters().misses.increment();
    if (wants.has("only-if-cached")) {
      state = State.REFUSED;
      return null;
    }
    shelf.counters().loads.increment();
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
    if (!collapsed && kept.remaining(System.currentTimeMillis()) <= 0) {
      shelf.counters().stale.increment();
    }
    state = collapsed ? State.URI_MISS : State.HIT;
    return kept;
  }

  private void waitForOthers() {
    if (!flights.collapses(flightKey)) {
      return;
    }
    ResponseFlights.Flight own = new ResponseFlights.Flight(flightKey);
    ResponseFlights.Flight joined = flights.join(own);
    if (joined == own) {
      flight = own;
      // Another may have stored between this look-up and this flight.
      seen = shelf.findOrLead(key.target(), rule.waitMillis(), this::isAnswered);
      collapsed = isAnswered(seen.responses()) && seen.isLedElsewhere();
    } else if (joined.await(rule.waitMillis())) {
      find();
      collapsed = kept != null;
    }
  }

  /** Looks in this JVM's near cache, and asks the backend about what is not fresh there. */
  private void find() {
    if (!isAnswered(shelf.near(key.target())) || kept.remaining(System.currentTimeMillis()) <= 0) {
      seen = shelf.find(key.target());
      isAnswered(seen.responses());
    }
  }

  /** Whether one of these answers the request; decides which one, and how. */
  private boolean isAnswered(List<StoredResponse> variants) {
    kept = null;
    stale = null;
    renewing = false;
    state = mustValidate ? State.REQUEST : variants.isEmpty() ? State.URI_MISS : State.VARY_MISS;
    long now = System.currentTimeMillis();
    for (StoredResponse each : variants) {
      if (each.isUseful(now) && Storing.selects(each, key, request) && mayAnswer(each)) {
        consider(each, now);
        return kept != null;
      }
    }
    return false;
  }

  /** Decides on the one response that answers such requests. */
  private void consider(StoredResponse found, long now) {
    if (!mustValidate && (isFresh(found, now) || isFreshEnough(found, now))) {
      kept = found;
    } else if (isServedWhileRenewed(found, now)) {
      kept = found;
      renewing = mayRenew();
    } else {
      stale = found;
      state = mustValidate ? State.REQUEST : State.STALE;
    }
  }

  private boolean isServedWhileRenewed(StoredResponse found, long now) {
    long remaining = found.remaining(now);
    return remaining <= 0
        && remaining + found.terms().whileRevalidate() > 0
        && !mustValidate
        && !wants.has("max-age")
        && !wants.has("min-fresh");
  }

  private boolean isFresh(StoredResponse found, long now) {
    long most = wants.seconds("max-age");
    if (most >= 0 && found.age(now) > most * 1000) {
      return false;
    }
    return found.remaining(now) > Math.max(0, wants.seconds("min-fresh") * 1000);
  }

  /** Whether the client takes it though it is stale (RFC 9111, 5.2.1.2). */
  private boolean isFreshEnough(StoredResponse found, long now) {
    String most = wants.value("max-stale");
    if (most == null || found.terms().strict() || wants.has("min-fresh")) {
      return false;
    }
    return most.isEmpty() || found.remaining(now) + wants.seconds("max-stale") * 1000 >= 0;
  }

  /** A response to an {@code Authorization} is shared by its own permission (RFC 9111, 3.5). */
  private boolean mayAnswer(StoredResponse found) {
    return found.terms().shared() || request.header("Authorization") == null;
  }

  /** One exchange at a time renews a key; it keeps the key until it is closed. */
  private boolean mayRenew() {
    if (flight == null) {
      ResponseFlights.Flight own = new ResponseFlights.Flight(flightKey);
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
    StoreVisit next = new StoreVisit(rule, shelf, flights, request, asker);
    next.state = State.STALE;
    next.key = key;
    next.stale = kept;
    next.flight = flight;
    next.renewing = true;
    next.fill = shelf.find(key.target()).begin();
    next.filling = next.fill != null;
    shelf.counters().loads.increment();
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
    return state == State.REFUSED
        || (state == State.BYPASS && wants.has("only-if-cached") && !wants.has("no-store"));
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
        && !mustValidate
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
    long now = System.currentTimeMillis();
    // To a HEAD as well, which is run as GET and fills only what was stored (RFC 9111, 4.3.5).
    StoredResponse made = made(response, said, recording, now);
    if (made == null) {
      fill.abandon();
    } else if (fill.store(made)) {
      kept = made;
    }
    fill = null;
  }

  private StoredResponse made(
      ResponseView response, Storing.Said said, Recording recording, long now) {
    List<Field> fields = Storing.storable(rule, response, said, recording.fields());
    // A Date that the container set is of when the run began, and tells no age; an Expires that a
    // framework's filter set goes with its no-store.
    Set<String> servlets = rule.override() ? Set.of("Date", "Expires") : Set.of("Date");
    Function<String, List<String>> lines =
        name ->
            servlets.contains(name)
                ? StoredResponse.lines(recording.fields(), name)
                : response.headers(name);
    boolean validator =
        !StoredResponse.lines(fields, "ETag").isEmpty()
            || !StoredResponse.lines(fields, "Last-Modified").isEmpty();
    long age = Freshness.initialAge(lines, asked, now);
    Terms terms = Storing.terms(rule, response, lines, said, validator, age, now);
    if (terms == null || !recording.isWhole() || recording.status() != response.status()) {
      return null;
    }
    List<String> names = Storing.selectingFields(rule, request, response);
    if (validated) {
      // To say that it still holds, the application need not have read what made it so.
      Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      all.addAll(names);
      all.addAll(stale.vary());
      names = List.copyOf(all);
    }
    return new StoredResponse(
        key.origin(),
        names,
        Collections.unmodifiableList(Storing.selecting(names, request)),
        recording.status(),
        fields,
        recording.body(),
        now,
        age,
        jittered(terms),
        rule.tags());
  }

  private Terms jittered(Terms terms) {
    double share = 1 - rule.jitter() * ThreadLocalRandom.current().nextDouble();
    return new Terms(
        (long) (terms.lifetime() * share),
        terms.whileRevalidate(),
        terms.ifError(),
        terms.forValidation(),
        terms.strict(),
        terms.shared());
  }

  private void abandon() {
    filling = false;
    if (fill != null) {
      fill.abandon();
      fill = null;
    }
  }

  /** Lets those go on that wait for this request. */
  void close() {
    abandon();
    if (flight != null) {
      // That a renewal failed is no reason to let the requests for a cold key run side by side.
      flights.end(flight, kept != null || renewing);
      flight = null;
    }
  }

  /** The member that RFC 9211 calls for. */
  String status() {
    StringBuilder member = new StringBuilder("larder; ").append(state.text);
    if (forwarded != 0) {
      member.append("; fwd-status=").append(forwarded);
    }
    if (served) {
      long ttl = Math.floorDiv(kept.remaining(System.currentTimeMillis()), 1000);
      member.append(collapsed ? "; collapsed" : "").append("; ttl=").append(ttl);
    } else if (kept != null) {
      member.append("; stored; ttl=").append(kept.terms().lifetime() / 1000);
    }
    return member.toString();
  }
}
