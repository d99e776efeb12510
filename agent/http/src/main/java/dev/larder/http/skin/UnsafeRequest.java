/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/**
 * An unsafe request in Undertow, which at the end of a forward flushes a response that is not its
 * own, and so could not say any more how long it is.
 */
final class UnsafeRequest extends HttpServletRequestWrapper {

  private final UnsafeExchange exchange;

  UnsafeRequest(HttpServletRequest raw, UnsafeExchange exchange) {
    super(raw);
    this.exchange = exchange;
  }

  @Override
  public RequestDispatcher getRequestDispatcher(String path) {
    RequestDispatcher dispatcher = super.getRequestDispatcher(path);
    return dispatcher == null ? null : new Dispatcher(dispatcher, exchange);
  }

  private record Dispatcher(RequestDispatcher raw, UnsafeExchange exchange)
      implements RequestDispatcher {

    @Override
    public void forward(ServletRequest request, ServletResponse response)
        throws ServletException, IOException {
      ServletResponse beneath = response;
      while (beneath instanceof UnsafeResponse ours) {
        beneath = ours.getResponse();
      }
      exchange.beforeAnswer();
      raw.forward(request, beneath);
    }

    @Override
    public void include(ServletRequest request, ServletResponse response)
        throws ServletException, IOException {
      raw.include(request, response);
    }
  }
}
