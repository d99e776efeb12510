/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.StoredResponse.Terms;
import dev.larder.http.message.CacheControl;
import dev.larder.http.message.Dictionary;
import dev.larder.http.message.Fields;
import dev.larder.http.message.Freshness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What may be stored, for how long and for whom (RFC 9111, 3 and 4). */
final class Storing {

  /** Statuses that are stored where they name a lifetime; others only if the RFC alone decides. */
  private static final Set<Integer> NAMED = Set.of(200, 203, 300, 301, 308, 404, 410);

  /** Statuses whose meaning this cache knows (RFC 9111, 5.2.2.3). */
  private static final Set<Integer> PARTIAL = Set.of(206, 304, 416);

  /** Fields of one connection, or of one hop (RFC 9110, 7.6.1). */
  private static final Set<String> HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authentication-info",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade",
          "content-length",
          "age",
          "cache-status");

  /** How long a stale response is kept at least, so that the application may validate it. */
  private static final long FOR_VALIDATION = Duration.ofHours(1).toMillis();

  /** More than any number of seconds that a response can say, and little enough to be added to. */
  private static final long FOREVER = Duration.ofDays(36_500).toMillis();

  /** Fields whose values are compared in any case (RFC 9110, 12.5). */
  private static final Set<String> CASELESS = Set.of("accept-language", "accept-encoding");

  /** Fields of the body that is stored, which a 304 does not change (RFC 9111, 3.2). */
  private static final Set<String> OF_THE_BODY =
      Set.of("content-encoding", "content-length", "content-range", "transfer-encoding");

  private Storing() {}

  /** What a response says to this cache: a targeted field's directives, or all. */
  record Said(CacheControl control, boolean targeted) {

    static Said of(Rule rule, ResponseView response, List<String> cacheControl) {
      for (String field : rule.targetedFields()) {
        CacheControl found = Dictionary.cacheControl(response.headers(field));
        if (found != null) {
          return new Said(understood(rule, found, response.status()), true);
        }
      }
      CacheControl found = CacheControl.parse(cacheControl);
      return new Said(understood(rule, found, response.status()), false);
    }

    /** A cache that knows the status passes over a no-store beside must-understand (5.2.2.3). */
    private static CacheControl understood(Rule rule, CacheControl control, int status) {
      return rule.storeRfc() && control.has("must-understand") && Freshness.isUnderstood(status)
          ? control.with(Map.of(), List.of("no-store", "must-understand"))
          : control;
    }

    /** Whether it may be served to others than the one whose Authorization it answers (3.5). */
    boolean isShared() {
      return control.has("public") || control.has("must-revalidate") || control.has("s-maxage");
    }

    /** Whether it forbids what is stale (4.2.4). */
    boolean isStrict() {
      return control.has("must-revalidate")
          || control.has("proxy-revalidate")
          || control.has("s-maxage")
          || control.hasWhole("no-cache");
    }
  }

  /**
   * How a response may be served; null if it may not be stored.
   *
   * @param lines all lines of a response's field, by name
   * @param validator whether the application gave it an {@code ETag} or a {@code Last-Modified}
   * @param age how old it is, in milliseconds
   */
  static Terms terms(
      Rule rule,
      ResponseView response,
      Function<String, List<String>> lines,
      Said said,
      boolean validator,
      long age,
      long now) {
    if (!mayBeStored(rule, response, said.control())) {
      return null;
    }
    long lifetime = Math.max(0, lifetime(rule, response.status(), lines, said, now));
    if (said.control().hasWhole("no-cache")) {
      lifetime = 0;
    }
    boolean strict = said.isStrict();
    Terms terms =
        new Terms(
            lifetime,
            strict ? 0 : window(said, "stale-while-revalidate", rule.staleWhileRevalidate()),
            strict ? 0 : window(said, "stale-if-error", rule.staleIfError()),
            validator ? Math.max(lifetime, FOR_VALIDATION) : 0,
            strict,
            said.isShared());
    return lifetime > age || (validator && lifetime + terms.forValidation() > age) ? terms : null;
  }

  /** The response's own window goes before the rule's. */
  private static long window(Said said, String directive, Duration rules) {
    long own = said.control().seconds(directive);
    return Math.min(FOREVER, own >= 0 ? own * 1000 : rules.toMillis());
  }

  private static boolean mayBeStored(Rule rule, ResponseView response, CacheControl control) {
    int status = response.status();
    if (status < 200 || PARTIAL.contains(status)) {
      return false;
    }
    // It has no meaning on any other status (RFC 9110, 14.4), but tells of a doubtful body.
    if (response.header("Content-Range") != null && !rule.storeRfc()) {
      return false;
    }
    boolean known = rule.storeRfc() && !control.has("must-understand");
    if (!NAMED.contains(status) && !known) {
      return false;
    }
    if (control.has("no-store") || control.has("private")) {
      return false;
    }
    if (Fields.contains(response.headers("Vary"), "*") || reflectsOrigin(response)) {
      return false;
    }
    return rule.setCookie() != Rule.SetCookie.REFUSE || response.header("Set-Cookie") == null;
  }

  /** How old a response may become, in milliseconds; negative if nothing says it. */
  private static long lifetime(
      Rule rule, int status, Function<String, List<String>> lines, Said said, long now) {
    CacheControl control = said.control();
    long seconds = Freshness.lifetime(control, said.targeted(), lines, now);
    if (seconds < 0 && rule.heuristic()) {
      seconds = Freshness.heuristic(status, control.has("public"), lines, now);
    }
    if (seconds >= 0) {
      return seconds * 1000;
    }
    return status == 200 && rule.store() != null ? Math.min(FOREVER, rule.store().toMillis()) : -1;
  }

  /** An answer to one origin that does not say so (CORS) would be wrong for the next. */
  private static boolean reflectsOrigin(ResponseView response) {
    String allowed = response.header("Access-Control-Allow-Origin");
    return allowed != null
        && !allowed.equals("*")
        && !Fields.contains(response.headers("Vary"), "Origin");
  }

  /** The request fields that select this response, each once. */
  static List<String> selectingFields(Rule rule, RequestView request, ResponseView response) {
    List<String> vary = Fields.members(response.headers("Vary"));
    List<String> read = keyFields(rule, request);
    if (vary.isEmpty() && read.size() < 2) {
      return List.copyOf(read);
    }
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(vary);
    names.addAll(read);
    return List.copyOf(names);
  }

  /** The request fields that the rule makes part of the key. */
  static List<String> keyFields(Rule rule, RequestView request) {
    if (rule.vary() != null) {
      return rule.vary();
    }
    List<String> read = new ArrayList<>();
    for (String name : List.of("Accept", "Accept-Language")) {
      if (request.wasRead(name)) {
        read.add(name);
      }
    }
    return read;
  }

  /**
   * A request's values of these fields, written alike where they mean the same; null for absent.
   */
  static List<String> selecting(List<String> names, RequestView request) {
    List<String> values = new ArrayList<>();
    for (String name : names) {
      List<String> lines = request.headers(name);
      String value = lines.isEmpty() ? null : String.join(", ", Fields.members(lines));
      boolean anyCase = value != null && CASELESS.contains(name.toLowerCase(Locale.ROOT));
      values.add(anyCase ? value.toLowerCase(Locale.ROOT) : value);
    }
    return values;
  }

  /** Whether a stored response answers a request. */
  static boolean selects(StoredResponse stored, ResponseKey key, RequestView request) {
    return stored.origin().equals(key.origin())
        && stored.selecting().equals(selecting(stored.vary(), request));
  }

  /** A stored response's fields, with those of the 304 that validated it in place (3.2). */
  static List<StoredResponse.Field> freshened(
      StoredResponse stored, List<StoredResponse.Field> notModified) {
    List<StoredResponse.Field> changes = new ArrayList<>(notModified);
    changes.removeIf(field -> OF_THE_BODY.contains(field.name().toLowerCase(Locale.ROOT)));
    Set<String> changed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    changes.forEach(field -> changed.add(field.name()));
    List<StoredResponse.Field> fields = new ArrayList<>();
    for (StoredResponse.Field field : stored.fields()) {
      if (!changed.contains(field.name())) {
        fields.add(field);
      }
    }
    fields.addAll(changes);
    return fields;
  }

  /** Fields as they are stored. */
  static List<StoredResponse.Field> storable(
      Rule rule, ResponseView response, Said said, List<StoredResponse.Field> fields) {
    List<String> dropped = new ArrayList<>(Fields.members(response.headers("Connection")));
    String listed = said.control().value("no-cache");
    if (listed != null) {
      // Not to be used without the application's word, while the rest may be (RFC 9111, 5.2.2.4).
      dropped.addAll(Fields.members(List.of(listed)));
    }
    if (rule.setCookie() != Rule.SetCookie.STORE) {
      dropped.add("Set-Cookie");
    }
    List<StoredResponse.Field> stored = new ArrayList<>(fields.size());
    for (StoredResponse.Field field : fields) {
      if (!HOP.contains(field.name().toLowerCase(Locale.ROOT)) && !isAmong(dropped, field.name())) {
        stored.add(field);
      }
    }
    return Collections.unmodifiableList(stored);
  }

  private static boolean isAmong(List<String> names, String name) {
    for (String each : names) {
      if (each.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
