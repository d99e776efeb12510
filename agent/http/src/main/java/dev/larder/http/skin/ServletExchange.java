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
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
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
  final Answer answer;
  final Capture capture;
  final LarderRequest request;
  final LarderResponse response;

  private final HttpServletRequest rawRequest;

  private boolean active;
  private boolean servletReached;
  private LarderAsync async;

  ServletExchange(
      HttpAgent agent, Rule rule, HttpServletRequest request, HttpServletResponse response) {
    this.agent = agent;
    rawRequest = request;
    boolean headAsGet = rule != null && "HEAD".equals(request.getMethod());
    this.request = new LarderRequest(request, this, headAsGet);
    this.response = new LarderResponse(response, this);
    answer = new Answer(rule, agent.defaults(), this.request.view(), this.response.view());
    Rule limits = rule == null ? agent.defaults() : rule;
    capture = agent.capture(this.response, limits.maxBody(), rule != null);
    answer.capture(capture);
  }

  /** The first leg, which the first filter or the servlet itself begins. */
  Exchange begin(Object component, boolean servlet) {
    Exchange outer = leg(request, response);
    if (servlet) {
      reach(component, request);
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
      reach(component, seen);
      return new AtServlet(seen, given);
    }
    return null;
  }

  private void reach(Object servlet, HttpServletRequest seen) {
    servletReached = true;
    Rule own = agent.servletRule(servlet);
    if (own != null) {
      answer.take(own);
    }
    request.look(seen);
  }

  private Exchange leg(HttpServletRequest seen, HttpServletResponse given) {
    active = true;
    async = null;
    return new Leg(seen, given, agent.bind(answer));
  }

  private void end(Throwable failure) {
    active = false;
    try {
      if (failure != null) {
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
    }
  }

  /** The application, or the container for it, says that an asynchronous answer is whole. */
  void complete() {
    try {
      capture.finish();
    } catch (IOException clientGone) {
      agent.lost(clientGone);
    }
  }

  /** The container gave up an asynchronous answer. */
  void abort() {
    try {
      capture.abort();
    } catch (IOException clientGone) {
      agent.lost(clientGone);
    }
  }

  AsyncContext startAsync(
      ServletRequest with,
      ServletResponse into,
      BiFunction<ServletRequest, ServletResponse, AsyncContext> start) {
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
    private final HttpServletResponse given;
    private final Answer before;

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
      return false;
    }

    @Override
    public void exit(Throwable failure) {
      agent.bind(before);
      end(failure);
    }
  }

  /** The servlet's own part of the first leg, behind the filters. */
  private final class AtServlet implements Exchange {
    private final HttpServletRequest seen;
    private final HttpServletResponse given;

    AtServlet(HttpServletRequest seen, HttpServletResponse given) {
      this.seen = seen;
      this.given = given;
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
      return false;
    }

    @Override
    public void exit(Throwable failure) {
      if (async == null) {
        request.look(seen);
      }
    }
  }
}
