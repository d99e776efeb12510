/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Answer;
import dev.larder.http.Capture;
import dev.larder.http.Exchange;
import dev.larder.http.HttpAgent;
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
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
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
  final Answer answer;
  final Capture capture;
  final LarderRequest request;
  final LarderResponse response;

  private final HttpServletRequest rawRequest;

  private boolean active;
  private boolean servletReached;
  private LarderAsync async;
  private RecordingResponse recorder;

  ServletExchange(
      HttpAgent agent, Rule rule, HttpServletRequest request, HttpServletResponse response) {
    this.agent = agent;
    rawRequest = request;
    boolean headAsGet = rule != null && "HEAD".equals(request.getMethod());
    this.request = new LarderRequest(request, this, headAsGet);
    this.response = new LarderResponse(response, this);
    answer = new Answer(agent, rule, this.request.view(), this.response.view());
    Rule limits = rule == null ? agent.defaults() : rule;
    capture = agent.capture(this.response, limits.maxBody(), rule != null);
    answer.capture(capture);
  }

  /** The first leg, which the first filter or the servlet itself begins. */
  Exchange begin(Object component, boolean servlet) {
    Leg outer = leg(request, response);
    try {
      StoredResponse stored = answer.lookUp(true);
      if (stored != null) {
        replay(stored, response);
        outer.answered = true;
      } else if (servlet) {
        outer.inner = reach(component, request, response);
        outer.given = outer.inner.given;
        outer.answered = outer.inner.answered;
      }
    } catch (IOException | RuntimeException e) {
      agent.failed("a request is answered by the application", e);
    }
    return outer;
  }

  /** A filter or servlet that sees a request of this exchange; null to leave it alone. */
  Exchange again(
      Object component, boolean servlet, HttpServletRequest seen, HttpServletResponse given) {
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
    request.look(seen);
    StoredResponse stored = answer.lookUp(false);
    if (stored != null) {
      replay(stored, given);
      return new AtServlet(servlet, seen, given, true);
    }
    if (answer.recordsServlet()) {
      recorder = new RecordingResponse(given, answer.maxBody());
      answer.record(recorder);
      return new AtServlet(servlet, seen, recorder, false);
    }
    return new AtServlet(servlet, seen, given, false);
  }

  /** Gives a stored response as the servlet gave it. */
  private static void replay(StoredResponse stored, HttpServletResponse into) throws IOException {
    into.setStatus(stored.status());
    Set<String> set = new HashSet<>();
    for (StoredResponse.Field field : stored.fields()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (name.equals("content-type")) {
        into.setContentType(field.value());
      } else if (set.add(name)) {
        into.setHeader(field.name(), field.value());
      } else {
        into.addHeader(field.name(), field.value());
      }
    }
    if (stored.body().length > 0 || stored.status() == HttpServletResponse.SC_OK) {
      into.getOutputStream().write(stored.body());
    }
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
    async = null;
    return new Leg(seen, given, agent.bind(answer));
  }

  private void end(Throwable failure) {
    active = false;
    try {
      if (failure != null) {
        spoil();
        capture.abort();
      } else if (async != null) {
        return;
      } else if (rawRequest.isAsyncStarted()) {
        capture.pass();
      } else {
        capture.finish();
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
  }

  private void spoil() {
    if (recorder != null) {
      recorder.spoil();
    }
  }

  /** The application, or the container for it, says that an asynchronous answer is whole. */
  void complete() {
    try {
      capture.finish();
    } catch (IOException clientGone) {
      agent.lost(clientGone);
    } finally {
      answer.close();
    }
  }

  /** The container gave up an asynchronous answer. */
  void abort() {
    try {
      spoil();
      capture.abort();
    } catch (IOException clientGone) {
      agent.lost(clientGone);
    } finally {
      answer.close();
    }
  }

  AsyncContext startAsync(
      ServletRequest with,
      ServletResponse into,
      BiFunction<ServletRequest, ServletResponse, AsyncContext> start) {
    if (into == response) {
      // The filters' wrappers and the recorder are left behind, as the container would do it.
      spoil();
    }
    AsyncContext raw = start.apply(with, into);
    capture.startAsync();
    async = new LarderAsync(raw, this);
    raw.addListener(new LarderAsync.End(this), with, into);
    return async;
  }

  /** The context of this leg; null if it has started nothing asynchronous. */
  AsyncContext async() {
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
    public void exit(Throwable failure) {
      if (inner != null) {
        inner.exit(failure);
      }
      agent.bind(before);
      end(failure);
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
    public void exit(Throwable failure) {
      if (failure != null) {
        spoil();
      } else if (async == null && !answered) {
        request.look(seen);
        if (before != null) {
          runAsGet(servlet, seen, given, before);
        }
      }
    }
  }
}
