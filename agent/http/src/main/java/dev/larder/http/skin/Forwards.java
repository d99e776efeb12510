/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The forwards of one exchange, each of which clears what was written before it.
 *
 * <p>That of a request's dispatcher tells of itself. That of the servlet context's is seen where it
 * arrives: at a filter or servlet that the container calls for a forward, unless that is the rest
 * of the chain of a filter that it called before.
 */
final class Forwards {

  private final ServletExchange exchange;

  private Arrival innermost;

  Forwards(ServletExchange exchange) {
    this.exchange = exchange;
  }

  /** Clears what is held, as the container clears its buffer. */
  void clear() {
    exchange.response.beforeForward();
    exchange.servletPart.beforeForward();
  }

  /** A filter or servlet that is called for a forward. */
  Exchange arrive(boolean servlet, HttpServletRequest seen, HttpServletResponse given) {
    if (innermost == null || innermost.servlet) {
      clear();
    }
    innermost = new Arrival(servlet, seen, given, innermost);
    return innermost;
  }

  private final class Arrival extends Bystander {
    private final boolean servlet;
    private final Arrival outer;

    Arrival(boolean servlet, HttpServletRequest seen, HttpServletResponse given, Arrival outer) {
      super(seen, given);
      this.servlet = servlet;
      this.outer = outer;
    }

    @Override
    public boolean exit(Throwable failure) {
      innermost = outer;
      return false;
    }
  }
}
