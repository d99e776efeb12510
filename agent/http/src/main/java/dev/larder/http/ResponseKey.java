/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * What a stored response belongs to.
 *
 * @param target path and query, as the client sent them
 * @param origin scheme, host, and what a gateway says of them
 */
record ResponseKey(String target, String origin) {

  private static final int LONGEST = 8192;

  private static final int LAST_PORT = 65_535;

  private static final BitSet DIGITS = characters("0123456789");
  private static final BitSet ADDRESS = characters("0123456789abcdefABCDEF:.");
  private static final BitSet NAME =
      characters("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._~-");

  /** Fields that make a request's place another one, and so are part of it. */
  private static final List<String> FORWARDED =
      List.of(
          "X-Forwarded-Host",
          "X-Forwarded-Proto",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "Forwarded");

  /** Fields by which a request asks for something other than it says. */
  private static final List<String> OVERRIDES =
      List.of(
          "X-Original-URL",
          "X-Rewrite-URL",
          "X-HTTP-Method-Override",
          "X-HTTP-Method",
          "X-Method-Override");

  /** The key of a request; null if it must go past the store. */
  static ResponseKey of(Rule rule, RequestView request) {
    List<String> hosts = request.hosts();
    if (hosts.size() != 1 || !isHost(hosts.get(0)) || request.isElsewhere()) {
      return null;
    }
    for (String field : OVERRIDES) {
      if (request.header(field) != null) {
        return null;
      }
    }
    String length = request.header("Content-Length");
    if ((length != null && !length.equals("0")) || request.header("Transfer-Encoding") != null) {
      return null;
    }
    if (length == null && request.hasUntoldBody()) {
      return null;
    }
    String query = request.query();
    if (query != null && overridesMethod(query)) {
      return null;
    }
    StringBuilder origin = new StringBuilder(request.scheme()).append("://");
    origin.append(hosts.get(0).toLowerCase(Locale.ROOT));
    for (String field : FORWARDED) {
      for (String line : request.headers(field)) {
        origin.append('\n').append(field).append(": ").append(line);
      }
    }
    String target = target(rule, request.rawPath(), query);
    return target.length() + origin.length() > LONGEST
        ? null
        : new ResponseKey(target, origin.toString());
  }

  /** Whether a parameter, however its name is encoded, is the one that stands for a method. */
  private static boolean overridesMethod(String query) {
    if (query.indexOf("method") < 0 && query.indexOf('%') < 0) {
      return false;
    }
    for (String parameter : query.split("&")) {
      String name = name(parameter);
      if (name == null || name.equals("_method")) {
        return true;
      }
    }
    return false;
  }

  /** A parameter's name as containers decode it; null if only they know how. */
  private static String name(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    if (name.indexOf('%') < 0 && name.indexOf('+') < 0) {
      return name;
    }
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException onlyTheContainerKnows) {
      return null;
    }
  }

  /** Whether a {@code Host} is a name or an address, and perhaps a port. */
  private static boolean isHost(String host) {
    int end = host.indexOf(']') + 1;
    if (host.startsWith("[")) {
      if (end < 3 || !isOf(host, 1, end - 1, ADDRESS)) {
        return false;
      }
    } else {
      end = host.indexOf(':');
      end = end < 0 ? host.length() : end;
      if (end == 0 || !isOf(host, 0, end, NAME)) {
        return false;
      }
    }
    int digits = host.length() - end - 1;
    return digits < 0
        || (host.charAt(end) == ':'
            && digits >= 1
            && digits <= 5
            && isOf(host, end + 1, host.length(), DIGITS)
            && Integer.parseInt(host.substring(end + 1)) <= LAST_PORT);
  }

  private static boolean isOf(String text, int from, int to, BitSet characters) {
    for (int i = from; i < to; i++) {
      if (!characters.get(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static BitSet characters(String all) {
    BitSet set = new BitSet();
    all.chars().forEach(set::set);
    return set;
  }

  /** Path and query, the latter without what does not count. */
  static String target(Rule rule, String asked) {
    int query = asked.indexOf('?');
    return query < 0 ? asked : target(rule, asked.substring(0, query), asked.substring(query + 1));
  }

  /** Path and query, the latter without what does not count. */
  static String target(Rule rule, String rawPath, String query) {
    if (query == null || rule.query() == null) {
      return query == null ? rawPath : rawPath + '?' + query;
    }
    StringBuilder counting = new StringBuilder();
    for (String parameter : query.split("&")) {
      if (counts(rule, parameter)) {
        counting.append(counting.length() == 0 ? '?' : '&').append(parameter);
      }
    }
    return rawPath + counting;
  }

  /** Whether a parameter does, by its name as containers decode it: else it could hide in that. */
  private static boolean counts(Rule rule, String parameter) {
    String name = name(parameter);
    return name == null || rule.query().contains(name);
  }
}
