/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers that come about asynchronously: in what way says the name, and what goes wrong says a
 * field {@code X-Async-End}.
 */
final class Later {

  /** The attribute by which a dispatched request is told its answer. */
  static final String BODY = "shop.body";

  private final Visitors visitors;

  Later(Visitors visitors) {
    this.visitors = visitors;
  }

  void begin(String kind, HttpServletRequest request, HttpServletResponse response, String body)
      throws ServletException {
    AsyncContext context =
        kind.equals("async-own") ? request.startAsync() : request.startAsync(request, response);
    String end = String.valueOf(request.getHeader("X-Async-End"));
    if (kind.equals("async-timeout") || end.equals("timeout")) {
      context.setTimeout(50);
      return;
    }
    if (end.equals("throw")) {
      throw new ServletException(body);
    }
    String gate = request.getServletPath(); // before the container goes on with the request
    Runnable answer = () -> answer(kind, end, gate, request, context, body);
    if (kind.equals("async-start")) {
      context.start(answer);
    } else {
      new Thread(answer).start();
    }
  }

  /** Answers a POST once its gate is open: with a body, without one, or by a dispatch. */
  void post(String how, HttpServletRequest request, HttpServletResponse response) {
    AsyncContext context = request.startAsync(request, response);
    String gate = request.getServletPath();
    Runnable answer =
        () -> {
          try {
            visitors.awaitGate(gate);
            if (how.equals("async-body")) {
              Visitors.write(response, "posted");
            } else if (how.equals("async")) {
              Visitors.posted(request, response);
            }
          } catch (IOException | ServletException e) {
            throw new IllegalStateException(e);
          } finally {
            if (how.equals("async-dispatch")) {
              context.dispatch();
            } else {
              context.complete();
            }
          }
        };
    new Thread(answer).start();
  }

  private void answer(
      String kind,
      String end,
      String gate,
      HttpServletRequest request,
      AsyncContext context,
      String body) {
    boolean dispatched = kind.equals("async-dispatch");
    try {
      if (kind.equals("async-gated")) {
        visitors.awaitGate(gate);
      }
      if (end.equals("session")) {
        request.getSession();
      } else if (end.equals("login")) {
        request.login("ann", "");
      }
      HttpServletResponse into = (HttpServletResponse) context.getResponse();
      String made = end.equals("null") ? body : body + " by way of " + end;
      if (kind.equals("async-error") || end.equals("error")) {
        into.sendError(503, made);
        dispatched = false;
      } else if (dispatched) {
        request.setAttribute(BODY, made);
      } else {
        Visitors.write(into, made);
      }
    } catch (IOException | ServletException e) {
      throw new IllegalStateException(e);
    } finally {
      if (dispatched) {
        context.dispatch();
      } else {
        context.complete();
      }
    }
  }
}
