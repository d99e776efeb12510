/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.ByteRange;
import dev.larder.http.message.CacheControl;
import dev.larder.http.message.EntityTag;
import dev.larder.http.message.Fields;
import dev.larder.http.message.HttpDate;
import dev.larder.http.message.Preconditions;
import dev.larder.http.message.Preconditions.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  private final RequestView request;
  private final ResponseView response;
  private final HttpAgent agent;

  private Rule rule;
  private Personal asker;
  private Capture capture;
  private StoreVisit visit;
  private Recording recording;
  private boolean left;
  private HandlerServed handler;

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
   * Takes the rule of a servlet whose {@code doGet} is annotated. A path rule goes before it, but
   * one that says nothing of storing leaves that to the servlet.
   *
   * @return whether it holds from now on
   */
  public boolean takeServlets(Rule servlets) {
    if (rule == null) {
      take(servlets);
      return rule != null;
    }
    if (rule.stores() || capture.isPassing()) {
      return false;
    }
    rule = rule.storingAs(servlets);
    return true;
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
    visit = agent.visit(rule, request, asker());
    return visit == null ? null : visit.lookUp(asker().setsCookie(response));
  }

  /** Whether the client wants no answer that is not stored, and there is none: 504. */
  public boolean isRefused() {
    return visit != null && visit.isRefused();
  }

  /** Whether the application's answer may be stored, so that it must be whole and unconditional. */
  public boolean isFilling() {
    return visit != null && visit.isFilling();
  }

  /**
   * What the application is asked in a precondition of Larder's own, so that it may say that what
   * is stored still holds; null for nothing.
   *
   * @param field in lower case
   */
  public String validator(String field) {
    return visit == null ? null : visit.validator(field);
  }

  /** Whether a stale response is at hand that may take the place of the application's answer. */
  public boolean hasStale() {
    return visit != null && visit.hasStale();
  }

  /**
   * The stored response that takes the place of the application's answer: because the application
   * says that it still holds, or has failed.
   *
   * @param status the application's; 0 if it threw
   * @param fields those that the application gave
   * @return null if its own answer stands
   */
  public StoredResponse instead(int status, List<StoredResponse.Field> fields) {
    StoredResponse other = visit == null ? null : visit.instead(status, fields);
    if (other != null) {
      recording = isServed() ? null : Recording.of(other);
    }
    return other;
  }

  /** Whether a stored response may take the place of such an answer; 0 for an exception. */
  public boolean mayReplace(int status) {
    return visit != null && visit.mayReplace(status);
  }

  /** Whether the answer is stale, and the application is to run once it has gone out. */
  public boolean isRenewing() {
    return visit != null && visit.isRenewing();
  }

  /**
   * The answer of that run, which nobody gets.
   *
   * @param into where the run leaves it
   */
  public Answer renewal(ResponseView into) {
    Answer next = new Answer(agent, rule, request, into);
    next.visit = visit.renewal();
    return next;
  }

  /**
   * Stores what that run gave, if it may be.
   *
   * @param servlet what the servlet gave of it, where filters ran as well; else null
   */
  public void renewed(Recording run, Recording servlet) {
    boolean unfiltered = servlet != null && rule.override() && run.isWhole();
    recording = unfiltered ? servlet : run;
    if (isFilling() && !personal()) {
      byte[] body = run.body();
      visit.fill(response, said(), unfiltered ? edge(body, body.length) : run);
    }
  }

  /** The part of a stored response that the request asks for; null for all of it. */
  public ByteRange range(byte[] body, int length) {
    if (!isServed()
        || request.header("Range") == null
        || response.status() != 200
        || !"GET".equals(request.method())
        || mayBeCoded()) {
      return null;
    }
    StoredResponse kept = visit.kept();
    boolean asStored = Arrays.equals(kept.body(), 0, kept.body().length, body, 0, length);
    return asStored
        ? ByteRange.of(
            request::headers, response::headers, kept.storedAt() - kept.initialAge(), length)
        : null;
  }

  /**
   * Whether the container may code what goes out to this client: of a part nobody could tell then
   * what it is a part of, so that the client gets the whole (RFC 9110, 14.2).
   */
  private boolean mayBeCoded() {
    // With store = rfc the response alone says what it depends on.
    return !isRfc()
        && Bodies.acceptsCoding(request.headers("Accept-Encoding"))
        && Bodies.isCodable(mediaType(), response);
  }

  /** Whether it matters what the servlet itself gives, as against the filters before it. */
  public boolean recordsServlet() {
    return storesServlets() || (rule != null && rule.override());
  }

  /** Whether what the servlet itself gives is to be stored. */
  public boolean storesServlets() {
    return isFilling() && !rule.edge();
  }

  /** Gives what the servlet's own part of the answer is taken from. */
  public void record(Recording servlet) {
    recording = servlet;
  }

  /** Says that the servlet goes on past what records it, so that nobody knows what it says. */
  public void leaveRecording() {
    left = true;
  }

  /** Says that the application has thrown, or that the container has given it up. */
  public void failed() {
    if (visit != null) {
      visit.failed();
    }
  }

  /** Lets go whoever waits for this answer. */
  public void close() {
    if (visit != null) {
      visit.close(response);
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
    return isStream(mediaType());
  }

  private String mediaType() {
    return Fields.mediaType(response.header("Content-Type"));
  }

  private boolean isStream(String type) {
    return (response.status() != 200 && !isFilling() && !isServed())
        || Bodies.isStream(type)
        || (response.header("Content-Range") != null && !isServed() && !isRfc())
        || "no".equalsIgnoreCase(response.header("X-Accel-Buffering"));
  }

  private boolean isRfc() {
    return rule != null && rule.storeRfc();
  }

  /** Whether a stored response answers. */
  public boolean isServed() {
    return visit != null && visit.isServed();
  }

  /** The fields of a body that is let through before it is whole. */
  public Outcome letThrough() {
    // Not stored, and perhaps without an end: whoever waits for it must not.
    close();
    if (rule == null || isStream()) {
      return Outcome.PROCEED;
    }
    fields().describe(personal(), false);
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
      fields().describe(personal(), false);
      return Outcome.PROCEED;
    }
    if (isRefused()) {
      fields().status();
    }
    String type = mediaType();
    if (isStream(type)) {
      return Outcome.PROCEED;
    }
    Storing.Said said = said();
    boolean personal = personal(said);
    if (isFilling() && (known || isBodiless(status, length)) && !personal) {
      visit.fill(response, said, storesServlets() ? recording : edge(body, length));
    }
    if (status != 200) {
      fields().status();
      fields().age();
      return Outcome.PROCEED;
    }
    if (isNoStore() && (personal || !rule.override())) {
      if (isServed()) {
        // A targeted field has the answer stored that Cache-Control keeps from clients' caches.
        fields().age();
      } else {
        tellNoStore();
      }
      fields().status();
      return Outcome.PROCEED;
    }
    boolean codable = false;
    if (known && rule.etag() != Rule.Etag.OFF && response.header("ETag") == null) {
      response.setHeader("ETag", tag(body, length));
      // With store = rfc the response alone says what it depends on.
      codable = !rule.storeRfc() && Bodies.isCodable(type, response);
    }
    fields().describe(personal, codable);
    return evaluate();
  }

  /** Whether there is no body that could have gone past us. */
  private static boolean isBodiless(int status, int length) {
    return length == 0 && (status == 204 || (status >= 300 && status < 400));
  }

  private String tag(byte[] body, int length) {
    boolean weak = rule.etag() == Rule.Etag.WEAK;
    StoredResponse kept = visit == null ? null : visit.kept();
    if (kept != null && kept.body() == body && body.length == length) {
      return kept.lastTag().of(weak, body, response);
    }
    return EntityTag.of(
            weak,
            body,
            length,
            response.header("Content-Type"),
            response.header("Content-Encoding"),
            response.header("Content-Language"))
        .toString();
  }

  /**
   * All of the answer, as it is committed; with {@code override}, what a filter says to caches is
   * left out, as it would not be known for a filter's once it is stored.
   */
  private Recording edge(byte[] body, int length) {
    List<StoredResponse.Field> own = rule.override() ? servlets() : null;
    List<StoredResponse.Field> fields = new ArrayList<>();
    for (String name : response.names()) {
      List<String> lines =
          own != null && isToCaches(name)
              ? StoredResponse.lines(own, name)
              : response.headers(name);
      lines.forEach(line -> fields.add(new StoredResponse.Field(name, line)));
    }
    return new Recording.Whole(response.status(), fields, Arrays.copyOf(body, length));
  }

  private static boolean isToCaches(String field) {
    return field.equalsIgnoreCase("Cache-Control") || field.equalsIgnoreCase("Expires");
  }

  private boolean personal() {
    return personal(said());
  }

  private boolean personal(Storing.Said said) {
    return asker().isRequest() || asker().isResponse(response, said);
  }

  private boolean isNoStore() {
    return response.header("Cache-Control") != null
        && CacheControl.parse(response.headers("Cache-Control")).has("no-store");
  }

  /** What Larder says of this answer as it now is. */
  private AnswerFields fields() {
    return new AnswerFields(rule, request, response, visit, handler);
  }

  private Personal asker() {
    if (asker == null) {
      asker = new Personal(rule, request);
    }
    return asker;
  }

  /** What the answer says to caches: with {@code override} by the servlet's own fields alone. */
  private Storing.Said said() {
    List<StoredResponse.Field> own = rule.override() ? servlets() : null;
    return Storing.Said.of(
        rule,
        response,
        own == null
            ? response.headers("Cache-Control")
            : StoredResponse.lines(own, "Cache-Control"));
  }

  /** The fields that the servlet gave, now or when its answer was stored; null if unknown. */
  private List<StoredResponse.Field> servlets() {
    if (isServed()) {
      return visit.kept().fields();
    }
    return recording == null || left ? null : recording.fields();
  }

  private Outcome evaluate() {
    if (!Preconditions.areIn(request::header)) {
      return Outcome.PROCEED;
    }
    EntityTag tag = EntityTag.parse(response.header("ETag"));
    long modified = HttpDate.parse(response.header("Last-Modified"));
    Outcome outcome =
        Preconditions.evaluate(request::headers, tag, modified, System.currentTimeMillis());
    if (outcome == Outcome.NOT_MODIFIED
        && !rule.storeRfc()
        && Bodies.isCodable(mediaType(), response)) {
      // What a container adds as it codes, it does not add where there is nothing to code: but a
      // 304 says what the 200 would depend on (RFC 9110, 15.4.5).
      fields().addVary(List.of("Accept-Encoding"));
    }
    return outcome;
  }

  private void tellNoStore() {
    // With override it is a personal answer, or the servlet's own word, and nothing to be set
    // right.
    if (!rule.override() && noStoreTold.compareAndSet(false, true)) {
      log.info(
          "rule {} has no effect on {}: the application says no-store; with http.{}.override = on"
              + " the rule goes before a framework's own",
          rule.name(),
          request.rawPath().replaceAll(";[^/]*", ""), // which may be a session's id
          rule.name());
    }
  }

  /** A call of a cached handler method inside this exchange. */
  HandlerCall handlerCall() {
    return new HandlerWatch(request, response, this::served);
  }

  /** Of several handler methods the one counts whose value ends first. */
  private void served(HandlerServed told) {
    take(agent.defaults());
    if (handler == null || handler.remainingMillis() >= told.remainingMillis()) {
      handler = told;
    }
  }
}
