/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads addresses of servers; what may hold a password stands in no message. */
final class Servers {

  private static final String REDIS_ALLOWED =
      "redis://HOST:PORT, rediss://HOST:PORT, redis-sentinel://HOST:PORT#NAME or"
          + " redis-socket://PATH; several by commas; a password with / ? or # in it stands in"
          + " redis.password";
  private static final Set<String> SOCKETS = Set.of("redis-socket", "redis+socket");
  private static final String HTTP_ALLOWED =
      "http://HOST:PORT or https://HOST:PORT, without a user";

  private Servers() {}

  /** URIs of Redis, separated by commas. */
  static Addresses redisUris(String text) throws FaultyValue {
    List<String> parts = splitUris(text);
    for (int i = 0; i < parts.size(); i++) {
      if (!isRedisUri(parts.get(i))) {
        String which = parts.size() == 1 ? "the value" : "address " + (i + 1);
        String value = isSecretFree(text) ? Parsers.shown(parts.get(i)) : which;
        throw new FaultyValue(value + " is no address of Redis", REDIS_ALLOWED);
      }
    }
    return new Addresses(parts);
  }

  /** One URI of an HTTP service. */
  static URI httpUri(String text) throws FaultyValue {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null
          && uri.getRawUserInfo() == null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException notOne) {
      // Its message holds the text, which may hold a password; what follows says the same.
    }
    String value = isSecretFree(text) ? Parsers.shown(text) : "the value";
    throw new FaultyValue(value + " is no address of an HTTP service", HTTP_ALLOWED);
  }

  /** One or several of {@code host:port}, separated by commas. */
  static List<String> hostPorts(String text) throws FaultyValue {
    List<String> parts = Texts.split(text);
    for (String part : parts) {
      check(part, text, "HOST:PORT, several by commas");
    }
    return parts;
  }

  /** One {@code host:port}. */
  static String hostPort(String text) throws FaultyValue {
    check(text, text, "HOST:PORT such as 127.0.0.1:9437");
    return text;
  }

  /** Splits at commas before a scheme: sentinels and passwords may hold others. */
  private static List<String> splitUris(String text) {
    List<String> uris = new ArrayList<>();
    String open = null;
    for (String part : Texts.split(text)) {
      if (open != null && part.indexOf("://") < 0 && !part.isEmpty()) {
        open = open + "," + part;
      } else {
        if (open != null) {
          uris.add(open);
        }
        open = part;
      }
    }
    uris.add(open);
    return uris;
  }

  private static boolean isRedisUri(String text) {
    int end = text.indexOf("://");
    if (end < 0) {
      return false;
    }
    String scheme = text.substring(0, end);
    int placeEnd = firstOf(text, "/?#", end + 3);
    if (!SOCKETS.contains(scheme) && text.indexOf('@', placeEnd) >= 0) {
      return false; // a part of a password would be taken for the host, and be told of
    }
    String place = text.substring(Math.max(end + 3, text.lastIndexOf('@') + 1));
    return switch (scheme) {
      case "redis", "rediss" -> isRedisPlace(place, 1);
      case "redis-sentinel", "rediss-sentinel" ->
          isRedisPlace(place, Integer.MAX_VALUE) && namesItsMaster(place);
      case "redis-socket", "redis+socket" -> !place.isEmpty();
      default -> false;
    };
  }

  /** {@code HOST[:PORT][/DATABASE][?OPTIONS][#NAME]}, of several hosts by commas. */
  private static boolean isRedisPlace(String place, int mostHosts) {
    int hostsEnd = firstOf(place, "/?#", 0);
    String[] hosts = place.substring(0, hostsEnd).split(",", -1);
    boolean sound = hosts.length <= mostHosts;
    for (String host : hosts) {
      sound &= isHost(host.strip());
    }
    if (hostsEnd < place.length() && place.charAt(hostsEnd) == '/') {
      String database = place.substring(hostsEnd + 1, firstOf(place, "?#", hostsEnd));
      sound &= database.isEmpty() || isNumber(database, Integer.MAX_VALUE);
    }
    return sound;
  }

  /** {@code HOST[:PORT]}; one of IPv6 stands in brackets. */
  private static boolean isHost(String text) {
    int hostEnd = text.startsWith("[") ? text.indexOf(']') + 1 : firstOf(text, ":", 0);
    String host = text.substring(0, hostEnd);
    String port = text.substring(hostEnd);
    return !host.isEmpty()
        && host.chars().allMatch(c -> c > ' ')
        && (port.isEmpty() || (port.charAt(0) == ':' && isNumber(port.substring(1), 65_535)));
  }

  private static boolean isNumber(String text, int most) {
    return !text.isEmpty()
        && text.length() <= 10
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && Long.parseLong(text) <= most;
  }

  /** A sentinel is asked for the server by this name. */
  private static boolean namesItsMaster(String place) {
    int hash = place.indexOf('#');
    return (hash >= 0 && hash < place.length() - 1) || place.contains("sentinelMasterId=");
  }

  /** Where the first of some characters stands; the text's length where none does. */
  private static int firstOf(String text, String characters, int from) {
    int at = from;
    while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static void check(String text, String whole, String allowed) throws FaultyValue {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    boolean sound = colon > 0 && !port.isEmpty() && port.length() <= 5 && text.indexOf('/') < 0;
    sound &= text.indexOf(':') == colon || (text.charAt(0) == '[' && text.charAt(colon - 1) == ']');
    for (int i = 0; sound && i < port.length(); i++) {
      sound = port.charAt(i) >= '0' && port.charAt(i) <= '9';
    }
    for (int i = 0; sound && i < colon; i++) {
      sound = text.charAt(i) > ' ' && text.charAt(i) != '@';
    }
    if (!sound || Integer.parseInt(port) > 65_535) {
      String value = isSecretFree(whole) ? Parsers.shown(text) : "the value";
      throw new FaultyValue(value + " is no host and port", allowed);
    }
  }

  /**
   * Whether there is no place for a password: nothing before an {@code @}, no query, and after each
   * colon but that of the scheme a port or nothing. A user who forgot the {@code @} is not
   * betrayed.
   */
  private static boolean isSecretFree(String text) {
    if (text.indexOf('@') >= 0 || text.indexOf('?') >= 0 || text.indexOf('%') >= 0) {
      return false;
    }
    for (int colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
      int next = colon + 1;
      if (next < text.length()
          && text.charAt(next) != '/'
          && (text.charAt(next) < '0' || text.charAt(next) > '9')) {
        return false;
      }
    }
    return true;
  }
}
