/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.CacheControl;
import dev.larder.http.message.Dictionary;
import dev.larder.http.message.Fields;
import dev.larder.http.message.Freshness;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

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

  private Storing() {}

  /** What a response says to this cache: a targeted field's directives, or all. */
  record Said(CacheControl control, boolean targeted) {

    static Said of(Rule rule, ResponseView response, List<String> cacheControl) {
      for (String target : rule.targets()) {
        CacheControl found = Dictionary.cacheControl(response.headers(target + "-Cache-Control"));
        if (found != null) {
          return new Said(found, true);
        }
      }
      return new Said(CacheControl.parse(cacheControl), false);
    }
  }

  /**
   * How long a response may be served, in milliseconds; 0 or less if it may not be stored.
   *
   * @param cacheControl the lines of {@code Cache-Control} that count
   * @param asked when the request came, in milliseconds since 1970
   */
  static long lifetime(
      Rule rule, ResponseView response, List<String> cacheControl, long asked, long now) {
    Said said = Said.of(rule, response, cacheControl);
    CacheControl control = said.control();
    int status = response.status();
    if (status < 200 || PARTIAL.contains(status) || response.header("Content-Range") != null) {
      return 0;
    }
    boolean known = rule.storeRfc() && !control.has("must-understand");
    if (!NAMED.contains(status) && !known) {
      return 0;
    }
    if (control.has("no-store") || control.has("private") || control.hasWhole("no-cache")) {
      return 0;
    }
    if (Fields.contains(response.headers("Vary"), "*") || reflectsOrigin(response)) {
      return 0;
    }
    if (rule.setCookie() == Rule.SetCookie.REFUSE && response.header("Set-Cookie") != null) {
      return 0;
    }
    long seconds = Freshness.lifetime(control, said.targeted(), response::headers, now);
    if (seconds < 0 && rule.heuristic()) {
      seconds = Freshness.heuristic(status, response::headers, now);
    }
    long millis =
        seconds >= 0
            ? seconds * 1000
            : status == 200 && rule.store() != null ? rule.store().toMillis() : 0;
    return millis > Freshness.initialAge(response::headers, asked, now) ? millis : 0;
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
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(Fields.members(response.headers("Vary")));
    names.addAll(keyFields(rule, request));
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
      values.add(lines.isEmpty() ? null : String.join(", ", Fields.members(lines)));
    }
    return values;
  }

  /** Whether a stored response answers a request. */
  static boolean selects(StoredResponse stored, ResponseKey key, RequestView request) {
    return stored.origin().equals(key.origin())
        && stored.selecting().equals(selecting(stored.vary(), request));
  }

  /** Fields as they are stored. */
  static List<StoredResponse.Field> storable(
      Rule rule, ResponseView response, List<StoredResponse.Field> fields) {
    Set<String> dropped = new LinkedHashSet<>(HOP);
    for (String name : Fields.members(response.headers("Connection"))) {
      dropped.add(name.toLowerCase(Locale.ROOT));
    }
    if (rule.setCookie() != Rule.SetCookie.STORE) {
      dropped.add("set-cookie");
    }
    return fields.stream()
        .filter(field -> !dropped.contains(field.name().toLowerCase(Locale.ROOT)))
        .toList();
  }
}
