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
import java.util.ArrayList;
import java.util.Arrays;
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
  private final HttpAgent agent;

  private Rule rule;
  private Capture capture;
  private StoreVisit visit;
  private Recording recording;
  private HandlerServed handler;

  /** What the last cached handler method of this exchange told. */
  private record HandlerServed(boolean hit, boolean stored, long remainingMillis) {}

  /**
   * The answer to a request.
   *
   * @param rule null if none holds, until a handler method or a servlet brings one
   */
  public Answer(HttpAgent agent, Rule rule, RequestView request, ResponseView response) {
    this.agent = agent;
    this.rule = rule;
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

  /**
   * Looks the request up in the response store, if a rule keeps responses; may wait for another
   * request that fills its key.
   *
   * @param edge whether the filters are still to run
   * @return what answers the request; null if the application does
   */
  public StoredResponse lookUp(boolean edge) {
    if (rule == null || !rule.stores() || rule.edge() != edge || visit != null) {
      return null;
    }
    visit = agent.visit(rule, request);
    return visit == null ? null : visit.lookUp();
  }

  /** Whether the application's answer may be stored, so that it must be whole and unconditional. */
  public boolean isFilling() {
    return visit != null && visit.isFilling();
  }

  /** Whether it matters what the servlet itself gives, as against the filters before it. */
  public boolean recordsServlet() {
    return isFilling() ? !rule.edge() : rule != null && rule.override();
  }

  /** Gives what the servlet's own part of the answer is taken from. */
  public void record(Recording servlet) {
    recording = servlet;
  }

  /** Lets go whoever waits for this answer. */
  public void close() {
    if (visit != null) {
      visit.close();
    }
  }

  /**
   * Whether a HEAD found its method's value in the cache, or left it there: the answer to a GET can
   * then be had without another run of the method.
   */
  public boolean isOfKeptValue() {
    return handler != null && (handler.hit() || handler.stored());
  }

  /** The longest body that the rule looks at, in bytes. */
  public long maxBody() {
    return rule == null ? 0 : rule.maxBody();
  }

  /** Whether any rule holds. */
  public boolean isRuled() {
    return rule != null;
  }

  /** Whether a response that begins like this must not be held back. */
  public boolean isStream() {
    String type = Fields.mediaType(response.header("Content-Type"));
    return (response.status() != 200 && !isFilling() && !isServed())
        || isEventStream(type)
        || response.header("Content-Range") != null
        || "no".equalsIgnoreCase(response.header("X-Accel-Buffering"));
  }

  private static boolean isEventStream(String type) {
    return STREAMS.contains(type) || type.startsWith("application/grpc");
  }

  private boolean isServed() {
    return visit != null && visit.isServed();
  }

  /** The fields of a body that is let through before it is whole. */
  public Outcome letThrough() {
    // Not stored, and perhaps without an end: whoever waits for it must not.
    close();
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
    if (isFilling() && known && !personal) {
      visit.fill(response, said(), recording == null ? edge(body, length) : recording);
    }
    if (status != 200) {
      status();
      age();
      return Outcome.PROCEED;
    }
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

  /** All of the answer, as it is committed. */
  private Recording edge(byte[] body, int length) {
    List<StoredResponse.Field> fields = new ArrayList<>();
    for (String name : response.names()) {
      response.headers(name).forEach(line -> fields.add(new StoredResponse.Field(name, line)));
    }
    byte[] copy = Arrays.copyOf(body, length);
    int status = response.status();
    return new Recording() {
      @Override
      public boolean isWhole() {
        return true;
      }

      @Override
      public int status() {
        return status;
      }

      @Override
      public List<StoredResponse.Field> fields() {
        return fields;
      }

      @Override
      public byte[] body() {
        return copy;
      }
    };
  }

  private boolean isCodable() {
    String type = Fields.mediaType(response.header("Content-Type"));
    return response.header("Content-Encoding") == null
        && (type.equals("image/svg+xml") || NEVER_CODED.stream().noneMatch(type::startsWith));
  }

  private boolean personal() {
    CacheControl said = CacheControl.parse(said());
    boolean cookiesAllowed = rule.setCookie() != Rule.SetCookie.REFUSE;
    return Personal.request(rule, request)
        || Personal.response(request, response, said, cookiesAllowed);
  }

  /** The lines of {@code Cache-Control} that count: with {@code override} the servlet's alone. */
  private List<String> said() {
    if (recording == null || !rule.override()) {
      return response.headers("Cache-Control");
    }
    return recording.fields().stream()
        .filter(field -> field.name().equalsIgnoreCase("Cache-Control"))
        .map(StoredResponse.Field::value)
        .toList();
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
    if (visit != null && !personal) {
      StoredResponse kept = visit.kept();
      List<String> selecting = kept == null ? Storing.keyFields(rule, request) : kept.vary();
      selecting.forEach(this::addVary);
    }
    age();
    status();
  }

  private void age() {
    if (isServed()) {
      long age = visit.kept().age(System.currentTimeMillis()) / 1000;
      response.setHeader("Age", Long.toString(age));
    }
  }

  private CacheControl told(boolean personal) {
    StoredResponse kept = visit == null ? null : visit.kept();
    if (kept != null && !personal) {
      long now = System.currentTimeMillis();
      long age = isServed() ? kept.age(now) / 1000 : 0;
      long left = isServed() ? kept.remaining(now) / 1000 : kept.lifetime() / 1000;
      CacheControl own = CacheControl.parse(rule.cacheControl());
      if (rule.cacheControl() == null || own.seconds("max-age") > left) {
        return own.with(Map.of("max-age", Long.toString(age + left)), List.of());
      }
      return own.has("max-age")
          ? own.with(Map.of("max-age", Long.toString(age + own.seconds("max-age"))), List.of())
          : own;
    }
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
    if (visit != null) {
      member = visit.status();
    } else if (handler == null) {
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
        take(agent.defaults());
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
