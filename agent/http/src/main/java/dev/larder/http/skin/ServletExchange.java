/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Answer;
import dev.larder.http.Capture;
import dev.larder.http.Exchange;
import dev.larder.http.HttpAgent;
import dev.larder.http.RecordedBody;
import dev.larder.http.Rule;
import dev.larder.http.StoredResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BiFunction;

/**
 * One exchange, from the outermost filter's entry to the last byte, over all its dispatches.
 *
 * <p>A dispatch ("leg") begins where the container calls the first filter or servlet and ends where
 * that returns. The answer is finished at the end of a leg that started nothing asynchronous, or
 * when the application completes its {@link AsyncContext}: not in {@code onComplete}, where Jetty
 * has closed the response already.
 */
final class ServletExchange {

  final HttpAgent agent;
  final Capture capture;
  final LarderRequest request;
  final LarderResponse response;

  private final HttpServletRequest rawRequest;

  private Answer answer;
  private boolean active;

  /** Whether this leg goes on with what an earlier one has begun asynchronously. */
  private boolean dispatched;

  private boolean servletReached;

  /** The request as the filters handed it to the servlet; null before that. */
  private HttpServletRequest servletSaw;

  private LarderAsync async;
  private RecordingResponse recorder;

  /** What was said before the application's answer, where a stored one may take its place. */
  private Head slate;

  private HttpServletResponse written;

  /** An error that is held back at the edge; 0 for none. */
  private int error;

  private String errorMessage;

  /** The run behind the stale answer of this exchange; null for none. */
  private Renewal renewal;

  ServletExchange(
      HttpAgent agent, Rule rule, HttpServletRequest request, HttpServletResponse response) {
    this.agent = agent;
    rawRequest = request;
    boolean headAsGet = rule != null && "HEAD".equals(request.getMethod());
    this.request = new LarderRequest(request, this, headAsGet);
    this.response = new LarderResponse(response, this);
    answer = new Answer(agent, rule, this.request.view(), new RawResponse(response, this.response));
    Rule limits = rule == null ? agent.defaults() : rule;
    capture = agent.capture(this.response.out(), limits.maxBody(), rule != null);
    answer.capture(capture);
  }

  /** This exchange's answer; that of the run behind it, once that runs. */
  Answer answer() {
    return answer;
  }

  boolean isRenewing() {
    return renewal != null && renewal.runs();
  }

  boolean isHttp1() {
    return rawRequest.getProtocol().startsWith("HTTP/1");
  }

  /** The first leg, which the first filter or the servlet itself begins. */
  Exchange begin(Object component, boolean servlet) {
    Leg outer = leg(request, response);
    try {
      StoredResponse stored = answer.lookUp(true);
      if (stored != null) {
        capture.share(stored.body());
        Replay.of(stored, response);
        outer.answered = true;
        if (answer.isRenewing()) {
          renewAtEdge(outer);
        }
      } else if (answer.isRefused()) {
        response.setStatus(HttpServletResponse.SC_GATEWAY_TIMEOUT);
        outer.answered = true;
      } else {
        slate = answer.hasStale() ? Head.of(response) : null;
        written = response;
        if (servlet) {
          outer.inner = reach(component, request, response);
          outer.given = outer.inner.given;
          outer.answered = outer.inner.answered;
        }
      }
    } catch (IOException | RuntimeException e) {
      agent.failed("a request is answered by the application", e);
    }
    return outer;
  }

  /** Lets the stale answer go out, and the whole application run for the store. */
  private void renewAtEdge(Leg outer) throws IOException {
    capture.finish();
    response.out().conclude();
    servletReached = true;
    renewal = new Renewal(this, null, request);
    outer.given = renewal.begin();
    agent.bind(answer);
    outer.answered = false;
  }

  /** A filter or servlet that sees a request of this exchange; null to leave it alone. */
  Exchange again(
      Object component, boolean servlet, HttpServletRequest seen, HttpServletResponse given) {
    if (isRenewing()) {
      return servlet ? renewal.watch(seen, given) : null;
    }
    if (!active) {
      return leg(seen, given);
    }
    if (servlet && !servletReached && seen.getDispatcherType() == DispatcherType.REQUEST) {
      try {
        return reach(component, seen, given);
      } catch (IOException clientGone) {
        agent.lost(clientGone);
      }
    }
    return null;
  }

  /** The place where the servlet would run: it is served from the store, or recorded for it. */
  private AtServlet reach(Object servlet, HttpServletRequest seen, HttpServletResponse given)
      throws IOException {
    servletReached = true;
    Rule own = agent.servletRule(servlet);
    if (own != null) {
      answer.take(own);
      if (request.isHead() && answer.isRuled()) {
        request.runAsGet();
      }
    }
    servletSaw = seen;
    request.look(seen);
    StoredResponse stored = answer.lookUp(false);
    if (stored != null) {
      capture.share(stored.body());
      Replay.of(stored, given);
      if (answer.isRenewing() && servlet instanceof Servlet target) {
        renewal = new Renewal(this, target, seen);
      }
      return new AtServlet(servlet, seen, given, true);
    }
    if (answer.isRefused()) {
      given.setStatus(HttpServletResponse.SC_GATEWAY_TIMEOUT);
      return new AtServlet(servlet, seen, given, true);
    }
    if (answer.recordsServlet()) {
      slate = answer.hasStale() ? Head.of(given) : null;
      written = given;
      RecordedBody body = new RecordedBody(capture, answer.maxBody());
      recorder = new RecordingResponse(given, body, answer::mayReplace);
      answer.record(recorder);
      return new AtServlet(servlet, seen, recorder, false);
    }
    return new AtServlet(servlet, seen, given, false);
  }

  /** Whether an error waits until the application has ended: at the edge, with a stale response. */
  boolean holds(int status, String message) {
    if (slate == null || recorder != null || !answer.mayReplace(status)) {
      return false;
    }
    error = status;
    errorMessage = message;
    return true;
  }

  /**
   * Puts a stored response in place of what the application gave, where that says that it still
   * holds or is a failure that it may stand in for.
   *
   * @param failure what the application threw; null if it returned
   * @return whether it did
   */
  private boolean replace(Throwable failure) throws IOException {
    if (slate == null
        || !capture.isHolding()
        || (failure != null && !Failures.isCovered(failure))) {
      return false;
    }
    int status =
        failure != null
            ? 0
            : recorder != null ? recorder.status() : error != 0 ? error : response.getStatus();
    StoredResponse other =
        answer.instead(status, recorder != null ? recorder.fields() : Head.of(response).lines());
    if (other == null) {
      return false;
    }
    recorder = null;
    error = 0;
    capture.restart();
    slate.restore(written);
    Replay.of(other, written);
    return true;
  }

  /** Ends what the servlet gave; whether a failure of it has been made good. */
  private boolean settle(Throwable failure) {
    try {
      boolean replaced = replace(failure);
      if (!replaced && recorder != null) {
        recorder.release();
      } else if (!replaced && error != 0) {
        slate = null;
        response.sendError(error, errorMessage);
      }
      return replaced;
    } catch (IOException clientGone) {
      agent.lost(clientGone);
    } catch (RuntimeException e) {
      agent.failed("a failure of the application stands, though a stale answer was at hand", e);
    } finally {
      slate = null;
    }
    return false;
  }

  /**
   * Gives a HEAD the body that only a GET gets: many frameworks make none for a HEAD, and without a
   * rule it was not known before that a cached method would answer.
   *
   * @param before what filters had said when the servlet was reached
   */
  private void runAsGet(
      Object servlet, HttpServletRequest seen, HttpServletResponse given, Head before) {
    if (!answer.isOfKeptValue() || async != null || request.isHeadAsGet() || !capture.restart()) {
      return;
    }
    Head ofHead = Head.of(given);
    request.runAsGet();
    try {
      before.restore(given);
      ((Servlet) servlet).service(seen, given);
    } catch (IOException | ServletException | RuntimeException e) {
      agent.failed("a HEAD is answered as the application did", e);
      ofHead.restore(given);
    }
  }

  private Leg leg(HttpServletRequest seen, HttpServletResponse given) {
    active = true;
    dispatched = async != null;
    async = null;
    return new Leg(seen, given, agent.bind(answer));
  }

  /** Ends a leg; whether a failure of it has been made good. */
  private boolean end(Throwable failure) {
    active = false;
    boolean good = false;
    try {
      if (slate != null && async == null && !rawRequest.isAsyncStarted()) {
        good = settle(failure);
      }
      if (failure != null && !good) {
        spoil();
        capture.abort();
      } else if (async != null) {
        return false;
      } else if (rawRequest.isAsyncStarted()) {
        capture.pass();
      } else {
        if (dispatched) {
          look();
        }
        capture.finish();
        renew();
      }
    } catch (IOException clientGone) {
      agent.lost(clientGone);
    } catch (RuntimeException e) {
      agent.failed("an answer may be cut short", e);
    } finally {
      if (async == null) {
        answer.close();
      }
    }
    return good;
  }

  /** Runs the servlet once more for the store, if the answer that has gone out was stale. */
  private void renew() throws IOException {
    if (renewal != null) {
      response.out().conclude();
      renewal.run();
    }
  }

  /** Takes the answer of the run behind this one, from which nothing goes to the client. */
  void renewing(Answer next) {
    answer = next;
  }

  /** Notes whether somebody has become known to the servlet while it ran. */
  private void look() {
    if (servletSaw == null) {
      return;
    }
    try {
      request.look(servletSaw);
    } catch (RuntimeException e) {
      spoil();
      agent.failed("an answer is not stored, since it cannot be told whose it is", e);
    }
  }

  private void spoil() {
    if (recorder != null) {
      recorder.spoil();
    }
  }

  /** The application, or the container for it, says that an asynchronous answer is whole. */
  void complete() {
    if (isRenewing()) {
      renewal.end();
      return;
    }
    try {
      look();
      if (slate != null) {
        settle(null);
      }
      capture.finish();
    } catch (IOException clientGone) {
      agent.lost(clientGone);
    } finally {
      answer.close();
    }
  }

  /**
   * Whether what the container gives up is a run behind a stale answer, which ends by that.
   *
   * @param cause null for its time
   */
  boolean failedBehindStale(Throwable cause) {
    if (isRenewing()) {
      renewal.fail(cause);
    }
    return isRenewing();
  }

  /** The container gave up an asynchronous answer. */
  void abort() {
    if (isRenewing()) {
      return;
    }
    try {
      spoil();
      capture.abort();
    } catch (IOException clientGone) {
      agent.lost(clientGone);
    } finally {
      answer.close();
    }
  }

  /** For an application that names no request and response, and would get the container's own. */
  AsyncContext startAsync(BiFunction<ServletRequest, ServletResponse, AsyncContext> start) {
    if (isRenewing()) {
      return startAsync(request, renewal.into(), true, start);
    }
    boolean unfiltered = recorder != null && recorder.getResponse() == response;
    return startAsync(request, unfiltered ? recorder : response, true, start);
  }

  AsyncContext startAsync(
      ServletRequest with,
      ServletResponse into,
      BiFunction<ServletRequest, ServletResponse, AsyncContext> start) {
    return startAsync(with, into, with == request && into == response, start);
  }

  private AsyncContext startAsync(
      ServletRequest with,
      ServletResponse into,
      boolean original,
      BiFunction<ServletRequest, ServletResponse, AsyncContext> start) {
    if (into == response) {
      // The filters' wrappers and the recorder are left behind, as the container would do it.
      spoil();
    }
    AsyncContext raw = start.apply(with, into);
    if (!isRenewing()) {
      capture.startAsync();
    }
    async = new LarderAsync(raw, this, original);
    raw.addListener(new LarderAsync.End(this, async), with, into);
    return async;
  }

  /** The context of this leg; null if it has started nothing asynchronous. */
  LarderAsync async() {
    return async;
  }

  /** A dispatch as the container began it. */
  private final class Leg implements Exchange {
    private final HttpServletRequest seen;
    private final Answer before;
    private HttpServletResponse given;
    private AtServlet inner;
    private boolean answered;

    Leg(HttpServletRequest seen, HttpServletResponse given, Answer before) {
      this.seen = seen;
      this.given = given;
      this.before = before;
    }

    @Override
    public Object request() {
      return seen;
    }

    @Override
    public Object response() {
      return given;
    }

    @Override
    public boolean answered() {
      return answered;
    }

    @Override
    public boolean exit(Throwable failure) {
      boolean good = inner != null && inner.exit(failure);
      agent.bind(before);
      if (isRenewing()) {
        renewal.left(failure);
        return true;
      }
      return end(good ? null : failure) || good;
    }
  }

  /** The servlet's own part of the first leg, behind the filters. */
  private final class AtServlet implements Exchange {
    private final Object servlet;
    private final HttpServletRequest seen;
    private final HttpServletResponse given;
    private final boolean answered;
    private final Head before;

    AtServlet(
        Object servlet, HttpServletRequest seen, HttpServletResponse given, boolean answered) {
      this.servlet = servlet;
      this.seen = seen;
      this.given = given;
      this.answered = answered;
      before = request.isHead() && !request.isHeadAsGet() ? Head.of(given) : null;
    }

    @Override
    public Object request() {
      return seen;
    }

    @Override
    public Object response() {
      return given;
    }

    @Override
    public boolean answered() {
      return answered;
    }

    @Override
    public boolean exit(Throwable failure) {
      if (failure != null && async != null) {
        spoil();
      }
      if (answered || async != null) {
        return false;
      }
      look();
      boolean good = slate != null && recorder != null && settle(failure);
      if (failure != null && !good) {
        spoil();
      } else if (failure == null && before != null) {
        runAsGet(servlet, seen, given, before);
      }
      return good;
    }
  }
}
