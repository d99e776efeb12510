/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Answer;
import dev.larder.http.Exchange;
import dev.larder.http.RecordedBody;
import dev.larder.http.Rule;
import dev.larder.http.StoredResponse;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The servlet's own part of an exchange, behind the filters: it is served from the store there, or
 * recorded for it.
 */
final class ServletPart {

  private final ServletExchange exchange;

  private boolean reached;

  /** The call that is under way; null for none. */
  private AtServlet running;

  /** The request as the filters handed it to the servlet; null before that. */
  private HttpServletRequest saw;

  /** What the servlet gives; null if nobody wants to know. */
  private RecordingResponse record;

  /** The same, where that is what may be stored, or replaced by what is. */
  private RecordingResponse recorder;

  ServletPart(ServletExchange exchange) {
    this.exchange = exchange;
  }

  /**
   * Whether a servlet that is called with this request and response is the one that answers: the
   * first, or one to which that hands its call on as it is. So does Jetty's own around each servlet
   * that is not said to answer asynchronously.
   */
  boolean isAt(HttpServletRequest seen, HttpServletResponse given) {
    return !reached || (running != null && running.seen == seen && running.given == given);
  }

  /** The request as the filters handed it to the servlet; null before that. */
  HttpServletRequest seen() {
    return saw;
  }

  /** Says that the application has its turn elsewhere. */
  void pass() {
    reached = true;
  }

  /** What the servlet gives is recorded here; null if it is not. */
  RecordingResponse recorder() {
    return recorder;
  }

  /** What the servlet itself was given for its answer, if that is recorded, if only in part. */
  RecordingResponse record() {
    return record;
  }

  /** Says that the servlet goes on with the response as it was before filters and recorder. */
  void leave() {
    spoil();
    exchange.answer().leaveRecording();
  }

  /** Forgets what the servlet gave, since something else takes its place. */
  void dropRecorder() {
    recorder = null;
  }

  /** Says that what is recorded is not the answer. */
  void spoil() {
    if (recorder != null) {
      recorder.spoil();
    }
  }

  /**
   * The servlet is about to be called with this request and response.
   *
   * @return null to leave it alone: it has been called by another, and brings no rule
   */
  AtServlet reach(Object servlet, HttpServletRequest seen, HttpServletResponse given)
      throws IOException {
    Answer answer = exchange.answer();
    Rule own = exchange.agent.servletRule(servlet);
    boolean taken = own != null && answer.takeServlets(own);
    if (reached && !taken) {
      return null;
    }
    reached = true;
    if (own != null && exchange.request.isHead() && answer.isRuled()) {
      exchange.request.runAsGet();
    }
    saw = seen;
    exchange.request.look(seen);
    StoredResponse stored = answer.lookUp(false);
    if (stored != null) {
      exchange.capture.share(stored.body());
      Replay.of(stored, given);
      if (answer.isRenewing() && servlet instanceof Servlet target) {
        exchange.renewBehind(target, seen);
      }
      return new AtServlet(servlet, seen, given, true);
    }
    if (answer.isRefused()) {
      given.setStatus(HttpServletResponse.SC_GATEWAY_TIMEOUT);
      return new AtServlet(servlet, seen, given, true);
    }
    if (!answer.recordsServlet()) {
      if (!mayRunTwice()) {
        return new AtServlet(servlet, seen, given, false);
      }
      record = fieldsOf(given);
      return new AtServlet(servlet, seen, record, false);
    }
    if (answer.storesServlets()) {
      exchange.standIn.before(given);
      RecordedBody body = new RecordedBody(exchange.capture, answer.maxBody());
      recorder = new RecordingResponse(given, exchange.response, body, answer::mayReplace);
      record = recorder;
    } else {
      // Whose header fields they are is all that counts.
      record = fieldsOf(given);
    }
    answer.record(record);
    return new AtServlet(servlet, seen, record, false);
  }

  /** Whether this is a HEAD that the servlet has as one, and perhaps once more as GET. */
  private boolean mayRunTwice() {
    return exchange.request.isHead() && !exchange.request.isHeadAsGet();
  }

  /** A record of what a servlet says, but not of its body. */
  RecordingResponse fieldsOf(HttpServletResponse given) {
    RecordedBody none = new RecordedBody(exchange.capture, 0);
    return new RecordingResponse(given, exchange.response, none, any -> false);
  }

  /** Clears what is recorded before a forward. */
  void beforeForward() {
    if (record != null) {
      record.beforeForward();
    }
  }

  /** Notes whether somebody has become known to the servlet while it ran. */
  void look() {
    if (saw == null) {
      return;
    }
    try {
      exchange.request.look(saw);
    } catch (RuntimeException e) {
      spoil();
      exchange.agent.failed("an answer is not stored, since it cannot be told whose it is", e);
    }
  }

  /**
   * Gives a HEAD the body that only a GET gets: many frameworks make none for a HEAD, and without a
   * rule it was not known before that a cached method would answer.
   *
   * @param before what filters had said when the servlet was reached
   * @param preface what they had written by then
   */
  private void runAsGet(
      Object servlet,
      HttpServletRequest seen,
      HttpServletResponse given,
      Head before,
      Preface preface) {
    if (!exchange.answer().isOfKeptValue()
        || exchange.async.context() != null
        || exchange.request.isHeadAsGet()) {
      return;
    }
    preface.take();
    if (!exchange.capture.restart()) {
      return;
    }
    Head ofHead = Head.of(given);
    Head first = before.withOthersOf(ofHead, record.touched());
    exchange.request.runAsGet();
    try {
      first.restore(given);
      preface.restore(exchange.response);
      ((Servlet) servlet).service(seen, given);
    } catch (IOException | ServletException | RuntimeException e) {
      exchange.agent.failed("a HEAD is answered as the application did", e);
      ofHead.restore(given);
    }
  }

  /** The call of the servlet in the first leg. */
  final class AtServlet implements Exchange {
    private final Object servlet;
    private final HttpServletRequest seen;
    private final HttpServletResponse given;
    private final boolean answered;
    private final Head before;
    private final Preface preface;
    private final AtServlet outer;
    private final UndertowFiles files;

    AtServlet(
        Object servlet, HttpServletRequest seen, HttpServletResponse given, boolean answered) {
      this.servlet = servlet;
      this.seen = seen;
      this.given = given;
      this.answered = answered;
      before = !answered && mayRunTwice() ? Head.of(given) : null;
      preface = before == null ? null : Preface.of(exchange.capture);
      outer = running;
      running = this;
      files = answered ? null : exchange.files(servlet, target(), ServletPart.this::spoil);
    }

    /** Where Undertow is to write files to. */
    private HttpServletResponse target() {
      if (!exchange.response.isBehind(given) || !UndertowFiles.isPart(servlet, seen)) {
        return given;
      }
      spoil();
      exchange.capture.abandon();
      return exchange.response.raw();
    }

    @Override
    public Object request() {
      return seen;
    }

    @Override
    public HttpServletResponse response() {
      return given;
    }

    @Override
    public boolean answered() {
      return answered;
    }

    @Override
    public boolean exit(Throwable failure) {
      running = outer;
      try {
        return end(failure);
      } finally {
        UndertowFiles.end(files);
      }
    }

    private boolean end(Throwable failure) {
      if (failure != null && exchange.async.context() != null) {
        spoil();
      }
      if (answered || exchange.async.context() != null) {
        return false;
      }
      look();
      boolean good =
          exchange.standIn.isAtHand() && recorder != null && exchange.standIn.settle(failure);
      if (failure != null && !good) {
        spoil();
      } else if (failure == null && before != null) {
        runAsGet(servlet, seen, given, before, preface);
      }
      return good;
    }
  }
}
