/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Answer;
import dev.larder.http.Exchange;
import dev.larder.http.StoredResponse;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The run of the application behind a stale answer that has gone out: on the same thread, with the
 * same request, and with a response that nobody gets.
 *
 * <p>Behind the filters it is the servlet that runs once more, after the filters have returned. At
 * the edge it is all of the application, which has not run before.
 *
 * <p>An application that answers asynchronously does so here too: the container keeps the request
 * for it, though the client has all it will get, and dispatches it again if it is asked to.
 */
final class Renewal {

  private final ServletExchange exchange;
  private final Servlet servlet;
  private final AtomicBoolean ended = new AtomicBoolean();

  /** The request as the filters last handed it to a servlet. */
  private volatile HttpServletRequest seen;

  private UnsentResponse into;

  /** What the servlet gave of it, where filters ran as well; else null. */
  private RecordingResponse servletGave;

  private Answer answer;

  /**
   * A run.
   *
   * @param servlet null at the edge, where the container makes the call
   * @param seen the request as the filters handed it to the servlet
   */
  Renewal(ServletExchange exchange, Servlet servlet, HttpServletRequest seen) {
    this.exchange = exchange;
    this.servlet = servlet;
    this.seen = seen;
  }

  boolean runs() {
    return into != null;
  }

  /** What the application writes to; null before it runs. */
  UnsentResponse into() {
    return into;
  }

  /** Begins; what the application is to write to. */
  UnsentResponse begin() {
    UnsentResponse unsent = new UnsentResponse(exchange.response, exchange.answer().maxBody());
    answer = exchange.answer().renewal(unsent);
    exchange.renewing(answer);
    into = unsent;
    return unsent;
  }

  /** A servlet of this run, which may be told by the filters before it who is asking. */
  Exchange watch(Object called, HttpServletRequest request, HttpServletResponse given) {
    seen = request;
    look();
    RecordingResponse record = exchange.servletPart.fieldsOf(given);
    servletGave = record;
    UndertowFiles files = exchange.files(called, record, into::spoil);
    return new Exchange() {
      @Override
      public Object request() {
        return request;
      }

      @Override
      public Object response() {
        return record;
      }

      @Override
      public boolean answered() {
        return false;
      }

      @Override
      public boolean exit(Throwable failure) {
        UndertowFiles.end(files);
        look();
        return false;
      }
    };
  }

  private void look() {
    try {
      exchange.request.look(seen);
    } catch (RuntimeException e) {
      into.spoil();
      exchange.agent.failed("a stale response is not renewed", e);
    }
  }

  /** Runs the servlet. */
  void run() {
    UnsentResponse unsent = begin();
    Answer before = exchange.agent.bind(answer);
    Throwable failure = null;
    try {
      servlet.service(seen, unsent);
    } catch (ServletException | IOException | RuntimeException | Error e) {
      failure = e;
    } finally {
      exchange.agent.bind(before);
    }
    left(failure);
  }

  /**
   * The application has returned; unless it goes on asynchronously, the run is over.
   *
   * @param failure what it threw; null if nothing
   */
  void left(Throwable failure) {
    LarderAsync async = exchange.async.context();
    if (failure == null && async == null) {
      end();
    } else if (failure != null) {
      fail(failure);
      if (async != null) {
        // The container is not told of the failure, and would keep the request.
        async.giveUp();
      }
    }
  }

  /** The run failed: the stale response stands until its time is over. */
  void fail(Throwable cause) {
    if (ended.compareAndSet(false, true)) {
      exchange.agent.renewalFailed(cause);
      answer.close();
    }
  }

  /** Stores what the run gave. */
  void end() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    try {
      look();
      store();
    } catch (IOException | RuntimeException e) {
      exchange.agent.failed("a stale response is not renewed", e);
    } finally {
      answer.close();
    }
  }

  private void store() throws IOException {
    StoredResponse unchanged =
        into.getStatus() == HttpServletResponse.SC_NOT_MODIFIED
            ? answer.instead(into.getStatus(), into.fields())
            : null;
    if (unchanged != null) {
      into.reset();
      Replay.of(unchanged, into);
    }
    answer.renewed(into, servletGave);
  }
}
