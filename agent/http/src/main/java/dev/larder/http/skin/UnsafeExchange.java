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
    if (location == null) {
      return;
    }
    try {
      URI base = URI.create(asked.getRequestURL().toString());
      URI named = base.resolve(location);
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
    } catch (IllegalArgumentException notAUri) {
      agent.failed("a Location that is no URI invalidates nothing", notAUri);
    }
  }
}
