/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.site;

import dev.larder.http.Exchange;
import dev.larder.http.HttpAgent;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The outermost filter, which does what the weaver does at the entry of {@code doFilter}. */
public final class WovenFilter implements Filter {

  private final HttpAgent agent;

  public WovenFilter(HttpAgent agent) {
    this.agent = agent;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Exchange exchange = agent == null ? null : agent.enter(this, false, request, response);
    if (exchange == null) {
      chain.doFilter(request, response);
      return;
    }
    try {
      if (!exchange.answered()) {
        HttpServletResponse given = (HttpServletResponse) exchange.response();
        frame(request, given);
        String path = ((HttpServletRequest) request).getRequestURI();
        if (path.endsWith("/rewritten")) {
          ServletRequest seen = (ServletRequest) exchange.request();
          seen.getRequestDispatcher("/stream").forward(seen, given);
        } else if (path.startsWith("/kept/coded")) {
          Coded coded = new Coded(given);
          chain.doFilter((ServletRequest) exchange.request(), coded);
          coded.end();
        } else {
          String query = String.valueOf(((HttpServletRequest) request).getQueryString());
          if (query.contains("headed")) {
            given.setContentType("text/html;charset=UTF-8");
            given.getWriter().print("ä ");
          } else if (query.contains("begun")) {
            given.getOutputStream().print("begun, ");
          }
          chain.doFilter((ServletRequest) exchange.request(), given);
          if (query.contains("footed")) {
            given.getWriter().print(" ö");
          }
        }
      }
    } catch (Throwable e) {
      if (!exchange.exit(e)) {
        throw e;
      }
      return;
    }
    exchange.exit(null);
  }

  /** Says of some answers what frameworks' filters say of all. */
  private static void frame(ServletRequest request, HttpServletResponse response) {
    String path = ((HttpServletRequest) request).getRequestURI();
    if (path.startsWith("/framed/")) {
      if (!path.contains("expires-alone")) {
        response.setHeader("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
      }
      response.setHeader("Pragma", "no-cache");
      response.setHeader("Expires", "0");
    }
  }
}
