/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Answer;
import dev.larder.http.StoredResponse;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The run of the application behind a stale answer that has gone out: on the same thread, with the
 * same request, and with a response that nobody gets.
 *
 * <p>Behind the filters it is the servlet that runs once more, after the filters have returned. At
 * the edge it is all of the application, which has not run before.
 */
final class Renewal {

  private final ServletExchange exchange;
  private final Servlet servlet;
  private final HttpServletRequest seen;

  private UnsentResponse into;
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

  /** Begins; what the application is to write to. */
  UnsentResponse begin() {
    UnsentResponse unsent = new UnsentResponse(exchange.response, exchange.answer().maxBody());
    answer = exchange.answer().renewal(unsent);
    exchange.renewing(answer);
    into = unsent;
    return unsent;
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
    end(failure);
  }

  /**
   * Stores what the run gave, unless it failed; the stale response stands until its time is over.
   */
  void end(Throwable failure) {
    try {
      if (failure != null) {
        exchange.agent.renewalFailed(failure);
      } else {
        exchange.request.look(seen);
        store();
      }
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
    answer.renewed(into);
  }
}
