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
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

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
  final StandIn standIn = new StandIn(this);
  final ServletPart servletPart = new ServletPart(this);
  final Forwards forwards = new Forwards(this);
  final AsyncPart async = new AsyncPart(this);

  private final HttpServletRequest rawRequest;

  private Answer answer;
  private boolean active;

  /** Whether this leg goes on with what an earlier one has begun asynchronously. */
  private boolean dispatched;

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

  /**
   * Whether nobody needs the answer once the client has it: neither the store, nor another answer
   * around it.
   */
  boolean mayEndEarly() {
    return !answer.isServed()
        && !answer.isFilling()
        && !answer.recordsServlet()
        && !request.isHead()
        && rawRequest.getDispatcherType() == DispatcherType.REQUEST;
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
          if (servlet) {
            outer.files = files(component, outer.given, renewal.into()::spoil);
          }
        }
      } else if (answer.isRefused()) {
        response.setStatus(HttpServletResponse.SC_GATEWAY_TIMEOUT);
        outer.answered = true;
      } else {
        standIn.before(response);
        if (servlet) {
          outer.inner = servletPart.reach(component, request, response);
          outer.given = outer.inner.response();
          outer.answered = outer.inner.answered();
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
    servletPart.pass();
    renewal = new Renewal(this, null, request);
    outer.given = renewal.begin();
    agent.bind(answer);
    outer.answered = false;
  }

  /** A filter or servlet that sees a request of this exchange; null to leave it alone. */
  Exchange again(
      Object component, boolean servlet, HttpServletRequest seen, HttpServletResponse given) {
    if (isRenewing()) {
      return servlet ? renewal.watch(component, seen, given) : null;
    }
    if (!active) {
      return leg(seen, given);
    }
    if (servlet
        && servletPart.isAt(seen, given)
        && seen.getDispatcherType() == DispatcherType.REQUEST) {
      try {
        return servletPart.reach(component, seen, given);
      } catch (IOException clientGone) {
        agent.lost(clientGone);
      }
    }
    return seen.getDispatcherType() == DispatcherType.FORWARD
        ? forwards.arrive(servlet, seen, given)
        : null;
  }

  /**
   * What must be ended when a servlet has run that would write past what it is given; null if none.
   *
   * @param spoil says that what is taken of it is not the answer
   */
  UndertowFiles files(Object servlet, HttpServletResponse given, Runnable spoil) {
    try {
      return UndertowFiles.begin(servlet, given);
    } catch (IllegalStateException e) {
      spoil.run();
      agent.failed("a file is neither tagged nor stored", e);
      return null;
    }
  }

  /** Notes that the servlet is to run once more, for the store, behind the stale answer. */
  void renewBehind(Servlet servlet, HttpServletRequest seen) {
    renewal = new Renewal(this, servlet, seen);
  }

  private Leg leg(HttpServletRequest seen, HttpServletResponse given) {
    active = true;
    dispatched = async.next();
    if (dispatched) {
      capture.dispatched();
    }
    return new Leg(seen, given, agent.bind(answer));
  }

  /** Ends a leg; whether a failure of it has been made good. */
  private boolean end(Throwable failure) {
    active = false;
    async.left();
    boolean good = false;
    try {
      if (standIn.isAtHand() && async.context() == null && !rawRequest.isAsyncStarted()) {
        good = standIn.settle(failure);
      }
      if (failure != null && !good) {
        answer.failed();
        servletPart.spoil();
        async.fail();
        capture.abort();
      } else if (async.context() != null) {
        async.goOn();
      } else if (rawRequest.isAsyncStarted()) {
        capture.pass();
      } else {
        if (dispatched) {
          servletPart.look();
        }
        capture.finish();
        renew();
      }
    } catch (IOException clientGone) {
      agent.lost(clientGone);
    } catch (RuntimeException e) {
      agent.failed("an answer may be cut short", e);
    } finally {
      if (async.context() == null) {
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

  /** The application, or the container for it, says that an asynchronous answer is whole. */
  void complete() {
    if (isRenewing()) {
      renewal.end();
      return;
    }
    try {
      servletPart.look();
      if (standIn.isAtHand()) {
        standIn.settle(null);
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

  /**
   * The container is about to give up an asynchronous answer. Unless a stale response may take its
   * place yet, it finds what the application has written: Tomcat keeps that, where it would make a
   * page of its own of nothing.
   */
  void giveUp() {
    if (standIn.isAtHand()) {
      return;
    }
    try {
      capture.giveUp();
    } catch (IOException clientGone) {
      agent.lost(clientGone);
    }
  }

  /** The container gave up an asynchronous answer. */
  void abort() {
    if (isRenewing()) {
      return;
    }
    try {
      answer.failed();
      servletPart.spoil();
      capture.abort();
    } catch (IOException clientGone) {
      agent.lost(clientGone);
    } finally {
      answer.close();
    }
  }

  /** What the application writes to in the run behind the stale answer. */
  UnsentResponse renewalInto() {
    return renewal.into();
  }

  /** A dispatch as the container began it. */
  private final class Leg implements Exchange {
    private final HttpServletRequest seen;
    private final Answer before;
    private HttpServletResponse given;
    private ServletPart.AtServlet inner;
    private UndertowFiles files;
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
      UndertowFiles.end(files);
      boolean good = inner != null && inner.exit(failure);
      agent.bind(before);
      if (isRenewing()) {
        renewal.left(failure);
        return true;
      }
      return end(good ? null : failure) || good;
    }
  }
}
