/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Exchange;
import dev.larder.http.HttpAgent;
import dev.larder.http.Rule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * A request that may change what is stored: once it has gone well, its own URI and those that it
 * names as changed are forgotten (RFC 9111, 4.4). It sees no wrapper.
 */
record UnsafeExchange(
    HttpAgent agent, Rule own, HttpServletRequest asked, HttpServletResponse answer, String path)
    implements Exchange {

  @Override
  public Object request() {
    return asked;
  }

  @Override
  public Object response() {
    return answer;
  }

  @Override
  public boolean answered() {
    return false;
  }

  /** An asynchronous one is taken for done well: to forget too much costs one run. */
  @Override
  public boolean exit(Throwable failure) {
    try {
      int status = answer.getStatus();
      boolean well = failure == null && status >= 200 && status < 400;
      if (well || (failure == null && asked.isAsyncStarted())) {
        String context = asked.getServletContext().getContextPath();
        String query = asked.getQueryString();
        String target = asked.getRequestURI();
        if (own == null) {
          agent.invalidate(context, path, query == null ? target : target + '?' + query);
        } else {
          agent.invalidate(own, query == null ? target : target + '?' + query);
        }
        named(context, answer.getHeader("Location"));
        named(context, answer.getHeader("Content-Location"));
      }
    } catch (RuntimeException e) {
      agent.failed("a stored response may be older than what it shows", e);
    }
    return false;
  }

  private void named(String context, String location) {
    URI given = location == null ? null : uri(location);
    if (given == null) {
      return;
    }
    URI base = uri(asked.getRequestURL().toString());
    if (base == null) {
      // Containers take paths that are no part of a URI; relative to one, nothing can be named.
      StringBuffer url = asked.getRequestURL();
      base = uri(url.substring(0, url.length() - asked.getRequestURI().length()) + '/');
    }
    if (base == null || base.getAuthority() == null) {
      return;
    }
    URI named = base.resolve(given);
    boolean here =
        base.getScheme().equalsIgnoreCase(named.getScheme())
            && base.getAuthority().equalsIgnoreCase(named.getAuthority())
            && named.getPath().startsWith(context);
    if (here) {
      String query = named.getRawQuery();
      String target = named.getRawPath();
      agent.invalidate(
          context,
          named.getPath().substring(context.length()),
          query == null ? target : target + '?' + query);
    }
  }

  /** A text as a URI; null where it is none, as what an application puts there may be. */
  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException notOne) {
      return null;
    }
  }
}
