/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.message;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI, or a reference that is relative to one (RFC 3986), as applications write them: any text is
 * one. {@link java.net.URI} resolves by an older RFC, and refuses what browsers follow.
 *
 * @param scheme null for none
 * @param authority null for none
 * @param path as it stands; empty for none
 * @param query as it stands, without its question mark; null for none
 */
public record UriReference(String scheme, String authority, String path, String query) {

  private static final Pattern PARTS =
      Pattern.compile(
          "(?:([a-z][a-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#.*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Takes a text apart; its fragment is left out. */
  public static UriReference parse(String text) {
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw new IllegalStateException("any text has these parts: " + text);
    }
    return new UriReference(parts.group(1), parts.group(2), parts.group(3), parts.group(4));
  }

  /** What this means inside a document of the URI given (RFC 3986, 5.2.2). */
  public UriReference resolvedBy(UriReference base) {
    if (scheme != null) {
      return new UriReference(scheme, authority, withoutDots(path), query);
    }
    if (authority != null) {
      return new UriReference(base.scheme, authority, withoutDots(path), query);
    }
    if (path.isEmpty()) {
      String asked = query == null ? base.query : query;
      return new UriReference(base.scheme, base.authority, base.path, asked);
    }
    String merged =
        path.startsWith("/") ? path : base.path.substring(0, base.path.lastIndexOf('/') + 1) + path;
    if (base.authority != null && !merged.startsWith("/")) {
      merged = '/' + merged;
    }
    return new UriReference(base.scheme, base.authority, withoutDots(merged), query);
  }

  /** A path without {@code .} and {@code ..} (RFC 3986, 5.2.4). */
  private static String withoutDots(String path) {
    String[] segments = path.split("/", -1);
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < segments.length; i++) {
      boolean up = segments[i].equals("..");
      if (up && kept.size() > 1) {
        kept.remove(kept.size() - 1);
      }
      if (!up && !segments[i].equals(".")) {
        kept.add(segments[i]);
      } else if (i == segments.length - 1) {
        kept.add("");
      }
    }
    return String.join("/", kept);
  }

  /** Whether this is of the origin of a scheme, a host and perhaps a port (RFC 9110, 4.3.1). */
  public boolean isOf(String otherScheme, String otherAuthority) {
    return scheme != null
        && authority != null
        && otherAuthority != null
        && scheme.equalsIgnoreCase(otherScheme)
        && place(scheme, authority).equals(place(scheme, otherAuthority));
  }

  /** Host and port, without the port that is meant where there is none (RFC 9110, 4.2.3). */
  private static String place(String scheme, String authority) {
    String place = authority.toLowerCase(Locale.ROOT);
    String port = scheme.equalsIgnoreCase("https") ? ":443" : ":80";
    if (place.endsWith(port)) {
      return place.substring(0, place.length() - port.length());
    }
    return place.endsWith(":") ? place.substring(0, place.length() - 1) : place;
  }

  /** The path as containers decode it; null if it is one that they refuse. */
  public String decodedPath() {
    try {
      return URLDecoder.decode(sentPath().replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  /** Path and query as a client sends them. */
  public String target() {
    return query == null ? sentPath() : sentPath() + '?' + query;
  }

  private String sentPath() {
    return path.isEmpty() ? "/" : path;
  }
}
