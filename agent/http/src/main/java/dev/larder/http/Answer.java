/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.CacheControl;
import dev.larder.http.message.EntityTag;
import dev.larder.http.message.Fields;
import dev.larder.http.message.HttpDate;
import dev.larder.http.message.Preconditions;
import dev.larder.http.message.Preconditions.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of one answer: the header fields that Larder adds as it is committed, and whether it
 * is a 304.
 *
 * <p>It is asked when the answer is whole, or when it is let through unfinished. What the
 * application said stands; what Larder says about a personal answer says {@code private}.
 */
public final class Answer {

  private static final Logger log = LoggerFactory.getLogger(Answer.class);

  private static final AtomicBoolean noStoreTold = new AtomicBoolean();

  /** Types that are sent piece by piece, for as long as the client listens. */
  private static final Set<String> STREAMS =
      Set.of(
          "text/event-stream",
          "application/x-ndjson",
          "application/stream+json",
          "multipart/x-mixed-replace");

  /** Beginnings of types that no container compresses. */
  private static final List<String> NEVER_CODED =
      List.of("image/", "video/", "audio/", "font/", "application/zip", "application/gzip");

  private final RequestView request;
  private final ResponseView response;
  private final Rule defaults;

  private Rule rule;
  private Capture capture;
  private HandlerServed handler;

  /** What the last cached handler method of this exchange told. */
  private record HandlerServed(boolean hit, boolean stored, long remainingMillis) {}

  /**
   * The answer to a request.
   *
   * @param rule null if none holds, until a handler method or a servlet brings one
   * @param defaults what holds for a handler method where no path rule does
   */
  public Answer(Rule rule, Rule defaults, RequestView request, ResponseView response) {
    this.rule = rule;
    this.defaults = defaults;
    this.request = request;
    this.response = response;
  }

  /** Gives the body, which is made after this. */
  public void capture(Capture body) {
    capture = body;
  }

  /** Takes a rule if there is none yet, and begins to hold the body. */
  public void take(Rule late) {
    if (rule == null && capture.hold()) {
      rule = late;
    }
  }

  /** Whether any rule holds. */
  public boolean isRuled() {
    return rule != null;
  }

  /** Whether a response that begins like this must not be held back. */
  public boolean isStream() {
    String type = Fields.mediaType(response.header("Content-Type"));
    return response.status() != 200
        || isEventStream(type)
        || response.header("Content-Range") != null
        || "no".equalsIgnoreCase(response.header("X-Accel-Buffering"));
  }

  private static boolean isEventStream(String type) {
    return STREAMS.contains(type) || type.startsWith("application/grpc");
  }

  /** The fields of a body that is let through before it is whole. */
  public Outcome letThrough() {
    if (rule == null || isStream()) {
      return Outcome.PROCEED;
    }
    describe(personal());
    return evaluate();
  }

  /**
   * The fields of a whole body.
   *
   * @param known whether the body is what the application gave, so that it may be tagged
   */
  public Outcome whole(byte[] body, int length, boolean known) {
    if (rule == null) {
      return Outcome.PROCEED;
    }
    int status = response.status();
    if (status == 304) {
      describe(personal());
      return Outcome.PROCEED;
    }
    if (isStream()) {
      return Outcome.PROCEED;
    }
    CacheControl said = CacheControl.parse(response.headers("Cache-Control"));
    boolean personal = personal();
    if (said.has("no-store") && (personal || !rule.override())) {
      tellNoStore();
      status();
      return Outcome.PROCEED;
    }
    if (known && rule.etag() != Rule.Etag.OFF && response.header("ETag") == null) {
      response.setHeader(
          "ETag",
          EntityTag.of(
                  rule.etag() == Rule.Etag.WEAK,
                  body,
                  length,
                  response.header("Content-Type"),
                  response.header("Content-Encoding"),
                  response.header("Content-Language"))
              .toString());
      if (isCodable()) {
        addVary("Accept-Encoding");
      }
    }
    describe(personal);
    return evaluate();
  }

  private boolean isCodable() {
    String type = Fields.mediaType(response.header("Content-Type"));
    return response.header("Content-Encoding") == null
        && (type.equals("image/svg+xml") || NEVER_CODED.stream().noneMatch(type::startsWith));
  }

  private boolean personal() {
    CacheControl said = CacheControl.parse(response.headers("Cache-Control"));
    return Personal.request(rule, request) || Personal.response(request, response, said, false);
  }

  /** Adds {@code Cache-Control}, {@code Vary} and {@code Cache-Status}. */
  private void describe(boolean personal) {
    // On a personal answer a past Expires may be the container's, beside its cookie (Jetty).
    boolean silent =
        response.header("Cache-Control") == null
            && (personal || response.header("Expires") == null);
    if (silent || (rule.override() && !personal)) {
      CacheControl told = told(personal);
      response.setHeader("Cache-Control", told.toString());
      boolean sharable = !personal && !told.has("private") && !told.has("no-store");
      if (sharable && !rule.ignoresCookies()) {
        addVary("Cookie");
      }
    }
    status();
  }

  private CacheControl told(boolean personal) {
    long remaining = handler == null ? 0 : handler.remainingMillis() / 1000;
    CacheControl told =
        rule.cacheControl() != null
            ? CacheControl.parse(rule.cacheControl())
            : CacheControl.parse(remaining > 0 ? "max-age=" + remaining : "no-cache");
    if (handler != null && remaining < told.seconds("max-age")) {
      told = told.with(Map.of("max-age", Long.toString(Math.max(0, remaining))), List.of());
    }
    if (personal && !told.has("no-store")) {
      told = told.with(Map.of("private", ""), List.of("public", "s-maxage"));
    }
    return told;
  }

  /** {@code Cache-Status}, as one member at the end of what others said (RFC 9211). */
  private void status() {
    if (!rule.statusHeader()) {
      return;
    }
    String member;
    if (handler == null) {
      member = "larder; fwd=bypass";
    } else {
      long ttl = Math.max(0, handler.remainingMillis() / 1000);
      member =
          handler.hit()
              ? "larder; hit; ttl=" + ttl
              : "larder; fwd=miss" + (handler.stored() ? "; stored; ttl=" + ttl : "");
    }
    response.addHeader("Cache-Status", member);
  }

  private Outcome evaluate() {
    EntityTag tag = EntityTag.parse(response.header("ETag"));
    long modified = HttpDate.parse(response.header("Last-Modified"));
    return Preconditions.evaluate(request::headers, tag, modified, System.currentTimeMillis());
  }

  private void addVary(String field) {
    List<String> lines = response.headers("Vary");
    if (!Fields.contains(lines, field) && !Fields.contains(lines, "*")) {
      response.addHeader("Vary", field);
    }
  }

  private void tellNoStore() {
    if (noStoreTold.compareAndSet(false, true)) {
      log.info(
          "rule {} has no effect on {}: the application says no-store; with http.{}.override = on"
              + " the rule goes before a framework's own",
          rule.name(),
          request.rawPath(),
          rule.name());
    }
  }

  /** A call of a cached handler method inside this exchange. */
  HandlerCall handlerCall() {
    boolean cookieBefore = setsCookie();
    boolean knownBefore = request.isKnown();
    String saidBefore = response.header("Cache-Control");
    return new HandlerCall() {
      @Override
      public boolean mayStore(Object value) {
        boolean cookie = !cookieBefore && setsCookie();
        boolean session = !knownBefore && request.isKnown();
        String said = response.header("Cache-Control");
        boolean refused =
            said != null && !said.equals(saidBefore) && refuses(CacheControl.parse(said));
        return !cookie && !session && !refused && !HandlerValues.isPersonal(value);
      }

      @Override
      public void served(boolean hit, boolean stored, long remainingMillis) {
        take(defaults);
        boolean earlier = handler != null && handler.remainingMillis() < remainingMillis;
        if (!earlier) {
          handler = new HandlerServed(hit, stored, remainingMillis);
        }
      }
    };
  }

  private boolean setsCookie() {
    return response.setsCookie() || response.header("Set-Cookie") != null;
  }

  static boolean refuses(CacheControl said) {
    return said.has("private") || said.has("no-store");
  }
}
