/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.CacheControl;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the file says about some paths, or {@code @Cache} about a servlet.
 *
 * @param name the cache's name
 * @param paths Ant patterns; empty for a servlet's rule
 * @param context the context path that the rule is bound to; null for any
 * @param etag which entity tags are made
 * @param cacheControl what clients are told; null for the remaining time to live
 * @param override whether the application's own {@code Cache-Control} is replaced
 * @param store how long a 200 without a lifetime of its own is kept; null if nothing is stored
 * @param storeRfc whether the response alone says what is stored ({@code store = rfc})
 * @param edge whether a stored response is served before the filters
 * @param vary the request fields that are part of the key; null for {@code auto}
 * @param query the parameters that count; null for all
 * @param heuristic whether a lifetime may be guessed (RFC 9111, 4.2.2)
 * @param setCookie what becomes of a response with {@code Set-Cookie}
 * @param cookies the names that make a request personal; null for each, empty for none
 * @param privateHeaders the request fields that make a request personal
 * @param targetedFields the targeted fields that are read, in order (RFC 9213)
 * @param requestDirectives whether a request's {@code Cache-Control} counts
 * @param statusHeader whether {@code Cache-Status} is sent
 * @param staleWhileRevalidate how long after its end a response is served while it is renewed
 * @param staleIfError how long after its end a response is served in place of an error
 * @param tags what stored responses are tagged with
 * @param maxBody the longest body that is looked at, in bytes
 * @param jitter a random part up to this share is taken off each lifetime
 * @param collapses whether requests for a cold key wait for the one that fills it
 * @param waitMillis how long they do
 */
public record Rule(
    String name,
    List<String> paths,
    String context,
    Etag etag,
    CacheControl cacheControl,
    boolean override,
    Duration store,
    boolean storeRfc,
    boolean edge,
    List<String> vary,
    Set<String> query,
    boolean heuristic,
    SetCookie setCookie,
    Set<String> cookies,
    List<String> privateHeaders,
    List<String> targetedFields,
    boolean requestDirectives,
    boolean statusHeader,
    Duration staleWhileRevalidate,
    Duration staleIfError,
    List<String> tags,
    long maxBody,
    double jitter,
    boolean collapses,
    long waitMillis) {

  /** Which entity tags a rule makes. */
  public enum Etag {
    WEAK,
    STRONG,
    OFF
  }

  /** What becomes of a response with {@code Set-Cookie} where it could be stored. */
  public enum SetCookie {
    REFUSE,
    STRIP,
    STORE
  }

  /** The fields by which gateways pass a user on. */
  public static final List<String> PRIVATE_HEADERS =
      List.of(
          "X-Api-Key",
          "X-Auth-Token",
          "X-Amz-Security-Token",
          "Proxy-Authorization",
          "X-Forwarded-User",
          "X-Forwarded-Email",
          "X-Remote-User",
          "Remote-User",
          "X-Auth-Request-User",
          "X-Forwarded-Client-Cert",
          "X-SSL-Client-Cert",
          "X-Goog-IAP-JWT-Assertion",
          "X-Amzn-Oidc-Data",
          "Cf-Access-Jwt-Assertion");

  static final long MAX_BODY = 1 << 20;

  private static final long WAIT = 10_000;

  /** Whether this rule keeps responses. */
  public boolean stores() {
    return store != null || storeRfc;
  }

  /** This rule for what another one stores, which is that one's in every regard. */
  Rule storingAs(Rule other) {
    return new Rule(
        other.name,
        paths,
        context,
        etag,
        cacheControl,
        override,
        other.store,
        other.storeRfc,
        other.edge,
        vary,
        other.query,
        heuristic,
        setCookie,
        cookies,
        privateHeaders,
        targetedFields,
        requestDirectives,
        statusHeader,
        other.staleWhileRevalidate,
        other.staleIfError,
        other.tags,
        maxBody,
        other.jitter,
        other.collapses,
        other.waitMillis);
  }

  /** Whether cookies are left out of account altogether. */
  public boolean ignoresCookies() {
    return cookies != null && cookies.isEmpty();
  }

  /** A rule with the built-in defaults, to be changed. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Collects what a rule says; each value as the file writes it, already checked. */
  public static final class Builder {
    private final String name;
    private List<String> paths = List.of();
    private String context;
    private Etag etag = Etag.WEAK;
    private CacheControl cacheControl;
    private boolean override;
    private Duration store;
    private boolean storeRfc;
    private boolean edge;
    private String vary = "";
    private Set<String> query;
    private boolean heuristic;
    private SetCookie setCookie = SetCookie.REFUSE;
    private Set<String> cookies;
    private List<String> privateHeaders = PRIVATE_HEADERS;
    private List<String> targetedFields = List.of("larder-Cache-Control");
    private String requestDirectives = "";
    private boolean statusHeader = true;
    private Duration staleWhileRevalidate = Duration.ZERO;
    private Duration staleIfError = Duration.ZERO;
    private List<String> tags = List.of();
    private long maxBody = MAX_BODY;
    private double jitter;
    private boolean collapses = true;
    private long waitMillis = WAIT;

    private Builder(String name) {
      this.name = name;
    }

    public Builder paths(String value) {
      paths = words(value);
      return this;
    }

    public Builder context(String value) {
      context = value;
      return this;
    }

    public Builder etag(Etag value) {
      etag = value;
      return this;
    }

    public Builder cacheControl(String value) {
      cacheControl = value == null ? null : CacheControl.parse(value);
      return this;
    }

    public Builder override(boolean value) {
      override = value;
      return this;
    }

    /** How long responses are kept that name no lifetime of their own. */
    public Builder store(Duration value) {
      store = value;
      storeRfc = false;
      return this;
    }

    /** {@code store = rfc}: what the response allows. */
    public Builder storeRfc() {
      store = null;
      storeRfc = true;
      return this;
    }

    public Builder edge(boolean value) {
      edge = value;
      return this;
    }

    /** {@code auto}, {@code none}, or names by commas. */
    public Builder vary(String value) {
      vary = value;
      return this;
    }

    public Builder query(String value) {
      query = Set.copyOf(words(value));
      return this;
    }

    public Builder heuristic(boolean value) {
      heuristic = value;
      return this;
    }

    public Builder setCookie(SetCookie value) {
      setCookie = value;
      return this;
    }

    /** {@code private}, {@code ignore}, or names by commas. */
    public Builder cookies(String value) {
      switch (value) {
        case "private" -> cookies = null;
        case "ignore" -> cookies = Set.of();
        default -> cookies = Set.copyOf(words(value));
      }
      return this;
    }

    public Builder privateHeaders(String value) {
      privateHeaders = words(value);
      return this;
    }

    public Builder targets(String value) {
      targetedFields =
          words(value.toLowerCase(Locale.ROOT)).stream()
              .map(target -> target + "-Cache-Control")
              .collect(Collectors.toUnmodifiableList());
      return this;
    }

    /** {@code ignore} or {@code honor}. */
    public Builder requestDirectives(String value) {
      requestDirectives = value;
      return this;
    }

    public Builder statusHeader(boolean value) {
      statusHeader = value;
      return this;
    }

    public Builder staleWhileRevalidate(Duration value) {
      staleWhileRevalidate = value;
      return this;
    }

    public Builder staleIfError(Duration value) {
      staleIfError = value;
      return this;
    }

    public Builder tags(String value) {
      tags = words(value);
      return this;
    }

    public Builder maxBody(long value) {
      maxBody = value;
      return this;
    }

    public Builder jitter(double value) {
      jitter = value;
      return this;
    }

    public Builder collapses(boolean value) {
      collapses = value;
      return this;
    }

    public Builder waitMillis(long value) {
      waitMillis = value;
      return this;
    }

    /** The rule. */
    public Rule build() {
      String varies = vary.isEmpty() ? (storeRfc ? "none" : "auto") : vary;
      List<String> varyNames =
          switch (varies) {
            case "auto" -> null;
            case "none" -> List.of();
            default -> words(varies);
          };
      boolean directives =
          requestDirectives.isEmpty() ? storeRfc : requestDirectives.equals("honor");
      return new Rule(
          name,
          paths,
          context,
          etag,
          cacheControl,
          override,
          store,
          storeRfc,
          edge,
          varyNames,
          query,
          heuristic,
          setCookie,
          cookies,
          privateHeaders,
          targetedFields,
          directives,
          statusHeader,
          staleWhileRevalidate,
          staleIfError,
          tags,
          maxBody,
          jitter,
          collapses,
          waitMillis);
    }

    private static List<String> words(String value) {
      return Arrays.stream(value.split(","))
          .map(String::strip)
          .filter(word -> !word.isEmpty())
          .collect(Collectors.toUnmodifiableList());
    }
  }
}
