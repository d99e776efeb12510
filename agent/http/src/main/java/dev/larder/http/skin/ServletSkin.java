/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Exchange;
import dev.larder.http.HttpAgent;
import dev.larder.http.Rule;
import dev.larder.http.Skin;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Decides, once per exchange and as early as possible, whether Larder takes part in it. */
public final class ServletSkin implements Skin {

  /** The attribute by which a wrapped request knows its exchange; the container never sees it. */
  static final String MARK = "dev.larder.http.exchange";

  @Override
  public Exchange enter(
      HttpAgent agent, Object component, boolean servlet, Object request, Object response) {
    if (!(request instanceof HttpServletRequest asked)
        || !(response instanceof HttpServletResponse answered)) {
      return null;
    }
    if (asked.getAttribute(MARK) instanceof ServletExchange exchange) {
      return exchange.again(component, servlet, asked, answered);
    }
    if (asked.getDispatcherType() == DispatcherType.FORWARD
        && agent.unsafe() instanceof UnsafeExchange begun) {
      return begun.arrive(asked, answered);
    }
    if (asked.getDispatcherType() != DispatcherType.REQUEST || answered.isCommitted()) {
      return null;
    }
    String method = asked.getMethod();
    if (!"GET".equals(method) && !"HEAD".equals(method)) {
      return "OPTIONS".equals(method) || "TRACE".equals(method) || !agent.storesAny()
          ? null
          : unsafe(agent, servlet ? component : null, asked, answered);
    }
    String path = path(asked);
    Rule rule = agent.match(contextPath(asked), path, asked.getRequestURI());
    if ((rule == null && !agent.watchesAll()) || upgrades(asked.getHeader("Upgrade"))) {
      return null;
    }
    return new ServletExchange(agent, rule, asked, answered).begin(component, servlet);
  }

  /**
   * A request that may change what is stored, at the outermost filter or servlet; where no path
   * rule stores for it, once more at a servlet that has a rule of its own.
   *
   * @param servlet null at a filter
   */
  private static Exchange unsafe(
      HttpAgent agent, Object servlet, HttpServletRequest asked, HttpServletResponse answered) {
    UnsafeExchange outer = agent.unsafe() instanceof UnsafeExchange begun ? begun : null;
    Rule rule =
        outer == null
            ? agent.match(contextPath(asked), path(asked), asked.getRequestURI())
            : outer.rule();
    if (!stores(rule) && servlet != null) {
      Rule own = agent.servletRule(servlet);
      rule = own == null ? rule : own;
    }
    return outer == null || (!stores(outer.rule()) && stores(rule))
        ? UnsafeExchange.begin(agent, rule, asked, answered)
        : null;
  }

  private static boolean stores(Rule rule) {
    return rule != null && rule.stores();
  }

  /** To HTTP/2 is no change that an application sees; some clients offer it with each request. */
  private static boolean upgrades(String protocol) {
    return protocol != null && !protocol.equalsIgnoreCase("h2c");
  }

  /**
   * Where the request's web application is; empty where it is none, as Spark calls a filter in a
   * Jetty without any.
   */
  static String contextPath(HttpServletRequest request) {
    ServletContext context = request.getServletContext();
    return context == null ? "" : context.getContextPath();
  }

  /**
   * The path that rules match; null where nobody tells it. Jetty 12 refuses to say what one is that
   * can be read in two ways.
   */
  private static String path(HttpServletRequest request) {
    try {
      String servletPath = request.getServletPath();
      String pathInfo = request.getPathInfo();
      return pathInfo == null ? servletPath : servletPath + pathInfo;
    } catch (IllegalArgumentException ambiguous) {
      return null;
    }
  }
}
