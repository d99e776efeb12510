/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.CacheControl;
import java.util.List;

/** One request's dealings with the response store: what it found, and what it leaves there. */
final class StoreVisit {

  /** How long a request waits for the one that fills its key, in milliseconds. */
  private static final long WAIT = 10_000;

  /** How it stands with the store, in the words of RFC 9211. */
  enum State {
    BYPASS("fwd=bypass"),
    REQUEST("fwd=request"),
    URI_MISS("fwd=uri-miss"),
    VARY_MISS("fwd=vary-miss"),
    STALE("fwd=stale"),
    HIT("hit");

    final String text;

    State(String text) {
      this.text = text;
    }
  }

  private final Rule rule;
  private final ResponseStore store;
  private final ResponseFlights flights;
  private final RequestView request;
  private final long asked = System.currentTimeMillis();

  private State state = State.BYPASS;
  private ResponseKey key;
  private ResponseFlights.Flight flight;
  private StoredResponse kept;
  private boolean filling;
  private boolean served;
  private boolean collapsed;
  private long begun;

  StoreVisit(Rule rule, ResponseStore store, ResponseFlights flights, RequestView request) {
    this.rule = rule;
    this.store = store;
    this.flights = flights;
    this.request = request;
  }

  /**
   * Looks the request up; waits for another that fills its key.
   *
   * @return what answers it; null if the application does
   */
  StoredResponse lookUp() {
    ResponseStore.Counters counters = store.counters(rule.name());
    CacheControl wants =
        rule.requestDirectives()
            ? CacheControl.parse(request.headers("Cache-Control"))
            : CacheControl.NONE;
    key = request.header("Range") == null ? ResponseKey.of(rule, request) : null;
    if (key == null || Personal.request(rule, request) || wants.has("no-store")) {
      counters.bypassed.increment();
      return null;
    }
    begun = store.begin(rule, key.target());
    boolean pragma =
        rule.requestDirectives() && wants.isEmpty() && "no-cache".equals(request.header("Pragma"));
    if (wants.has("no-cache") || pragma) {
      state = State.REQUEST;
    } else {
      kept = find(wants);
    }
    if (kept == null && state != State.REQUEST && "GET".equals(request.method())) {
      waitForOthers(wants);
    }
    if (kept != null) {
      served = true;
      // One that waited for another's fill missed like that one.
      (collapsed ? counters.misses : counters.hits).increment();
      state = collapsed ? State.URI_MISS : State.HIT;
      return kept;
    }
    counters.misses.increment();
    filling = "GET".equals(request.method());
    return null;
  }

  private void waitForOthers(CacheControl wants) {
    if (!flights.collapses(flightKey())) {
      return;
    }
    ResponseFlights.Flight own = new ResponseFlights.Flight(flightKey());
    ResponseFlights.Flight joined = flights.join(own);
    if (joined == own) {
      flight = own;
      // Another may have stored between this look-up and this flight.
      kept = find(wants);
    } else {
      collapsed = joined.await(WAIT);
      kept = collapsed ? find(wants) : null;
      begun = kept == null ? store.begin(rule, key.target()) : begun;
    }
  }

  private Object flightKey() {
    return List.of(rule.name(), key.target(), key.origin());
  }

  private StoredResponse find(CacheControl wants) {
    List<StoredResponse> variants = store.get(rule, key.target());
    state = variants.isEmpty() ? State.URI_MISS : State.VARY_MISS;
    long now = System.currentTimeMillis();
    for (StoredResponse each : variants) {
      if (Storing.selects(each, key, request)) {
        state = State.STALE;
        if (isFresh(each, wants, now) && mayAnswer(each)) {
          return each;
        }
      }
    }
    return null;
  }

  private static boolean isFresh(StoredResponse stored, CacheControl wants, long now) {
    long remaining = stored.remaining(now);
    long most = wants.seconds("max-age");
    if (most >= 0 && stored.age(now) > most * 1000) {
      return false;
    }
    return remaining > Math.max(0, wants.seconds("min-fresh") * 1000);
  }

  /** A response to an {@code Authorization} is shared by its own permission (RFC 9111, 3.5). */
  private boolean mayAnswer(StoredResponse stored) {
    if (request.header("Authorization") == null) {
      return true;
    }
    CacheControl said =
        CacheControl.parse(
            stored.fields().stream()
                .filter(field -> field.name().equalsIgnoreCase("Cache-Control"))
                .map(StoredResponse.Field::value)
                .toList());
    return said.has("public") || said.has("must-revalidate") || said.has("s-maxage");
  }

  /** Whether the application's answer may be stored, if it turns out so. */
  boolean isFilling() {
    return filling;
  }

  /** What answers the request, or was stored of its answer; null for neither. */
  StoredResponse kept() {
    return kept;
  }

  /** Whether a stored response answers the request. */
  boolean isServed() {
    return served;
  }

  /**
   * Stores an impersonal answer, if it may be.
   *
   * @param said the lines of {@code Cache-Control} that count
   */
  void fill(ResponseView response, List<String> said, Recording recording) {
    if (!filling) {
      return;
    }
    filling = false;
    long now = System.currentTimeMillis();
    long lifetime = Storing.lifetime(rule, response, said, asked, now);
    if (lifetime <= 0 || !recording.isWhole() || recording.status() != response.status()) {
      return;
    }
    List<String> vary = Storing.selectingFields(rule, request, response);
    StoredResponse made =
        new StoredResponse(
            key.origin(),
            vary,
            java.util.Collections.unmodifiableList(Storing.selecting(vary, request)),
            recording.status(),
            Storing.storable(rule, response, recording.fields()),
            recording.body(),
            now,
            dev.larder.http.message.Freshness.initialAge(response::headers, asked, now),
            lifetime,
            rule.staleIfError().toMillis(),
            rule.tags());
    if (store.put(rule, key.target(), made, begun)) {
      kept = made;
    }
  }

  /** Lets those go on that wait for this request. */
  void close() {
    filling = false;
    if (flight != null) {
      flights.end(flight, kept != null);
      flight = null;
    }
  }

  /** The member that RFC 9211 calls for. */
  String status() {
    if (served) {
      long ttl = kept.remaining(System.currentTimeMillis()) / 1000;
      return "larder; " + state.text + (collapsed ? "; collapsed" : "") + "; ttl=" + ttl;
    }
    String stored = kept == null ? "" : "; stored; ttl=" + kept.lifetime() / 1000;
    return "larder; " + state.text + stored;
  }
}
