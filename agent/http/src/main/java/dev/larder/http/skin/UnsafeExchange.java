/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import dev.larder.http.Exchange;
import dev.larder.http.HttpAgent;
import dev.larder.http.Rule;
import dev.larder.http.message.UriReference;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A request that may change what is stored: once it has gone well, its own URI and those that it
 * names as changed are forgotten (RFC 9111, 4.4).
 *
 * <p>That is done when it has ended, and before the first byte of its answer goes out: whoever has
 * that may ask at once for what has changed, and browsers follow a redirect at once.
 */
final class UnsafeExchange implements Exchange {

  private final HttpAgent agent;
  private final Rule rule;
  private final HttpServletRequest asked;
  private final HttpServletResponse answer;
  private final UnsafeResponse given;
  private final Exchange outer;

  private final String context;
  private final String target;

  /** How many filters and servlets run, one inside the other, in a forward of our response. */
  private int forwarded;

  private UnsafeExchange(
      HttpAgent agent, Rule rule, HttpServletRequest asked, HttpServletResponse answer) {
    this.agent = agent;
    this.rule = rule;
    this.asked = asked;
    this.answer = answer;
    outer = agent.unsafe();
    given = new UnsafeResponse(answer, this);
    // Now, since an asynchronous one may be dispatched elsewhere before it ends.
    context = ServletSkin.contextPath(asked);
    target = keepsOwn() ? target(asked) : null;
  }

  private static String target(HttpServletRequest asked) {
    String query = asked.getQueryString();
    return query == null ? asked.getRequestURI() : asked.getRequestURI() + '?' + query;
  }

  /**
   * An exchange that begins on this thread.
   *
   * @param rule that of its own URI; null for none
   */
  static UnsafeExchange begin(
      HttpAgent agent, Rule rule, HttpServletRequest asked, HttpServletResponse answer) {
    UnsafeExchange begun = new UnsafeExchange(agent, rule, asked, answer);
    agent.serve(begun);
    return begun;
  }

  /**
   * A filter or servlet is called for a forward on this thread.
   *
   * @return null to leave it alone
   */
  Exchange arrive(HttpServletRequest seen, HttpServletResponse into) {
    if (forwarded == 0 && into != given) {
      return null; // as it would be without us
    }
    forwarded++;
    return new Forwarded(seen, into);
  }

  Rule rule() {
    return rule;
  }

  private boolean keepsOwn() {
    return rule != null && rule.stores();
  }

  @Override
  public Object request() {
    return Containers.isUndertow(asked) ? new UnsafeRequest(asked, this) : asked;
  }

  @Override
  public Object response() {
    return given;
  }

  @Override
  public boolean answered() {
    return false;
  }

  @Override
  public boolean exit(Throwable failure) {
    agent.serve(outer);
    try {
      if (failure == null && !(asked.isAsyncStarted() && isToldOfTheEnd())) {
        forget();
      }
    } catch (RuntimeException e) {
      failed(e);
    }
    return false;
  }

  private void failed(RuntimeException e) {
    agent.failed("a stored response may be older than what it shows", e);
  }

  /** Asks to be told when an asynchronous one has ended; not possible where it has by now. */
  private boolean isToldOfTheEnd() {
    try {
      asked.getAsyncContext().addListener(new End(this));
      return true;
    } catch (IllegalStateException endedMeanwhile) {
      return false;
    }
  }

  /** The first byte of the answer is about to go out. */
  void beforeAnswer() {
    try {
      forget();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** A redirect is about to go out. */
  void beforeRedirect(String location) {
    try {
      if (keepsOwn()) {
        agent.invalidate(rule, target);
      }
      named(location);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** Forgets what has changed, if it has gone well. */
  private void forget() {
    int status = answer.getStatus();
    if (status < 200 || status >= 400) {
      return;
    }
    if (keepsOwn()) {
      agent.invalidate(rule, target);
    }
    named(answer.getHeader("Location"));
    named(answer.getHeader("Content-Location"));
  }

  private void named(String location) {
    if (location == null) {
      return;
    }
    UriReference base = UriReference.parse(asked.getRequestURL().toString());
    UriReference named = UriReference.parse(location.strip()).resolvedBy(base);
    boolean here = named.isOf(base.scheme(), base.authority()) || isForwarded(named);
    String path = here ? named.decodedPath() : null;
    if (path != null && path.startsWith(context)) {
      agent.invalidate(context, path.substring(context.length()), named.target());
    }
  }

  /** Whether a URI is of the place that a gateway has taken the request from. */
  private boolean isForwarded(UriReference named) {
    String host = asked.getHeader("X-Forwarded-Host");
    String scheme = asked.getHeader("X-Forwarded-Proto");
    return host != null
        && named.isOf(scheme == null ? asked.getScheme() : scheme.strip(), host.strip());
  }

  /** A filter or servlet inside a forward. */
  private final class Forwarded extends Bystander {

    Forwarded(HttpServletRequest seen, HttpServletResponse into) {
      super(seen, into);
    }

    @Override
    public boolean exit(Throwable failure) {
      forwarded--;
      if (forwarded == 0 && failure == null && !seen.isAsyncStarted()) {
        given.closing();
      }
      return false;
    }
  }

  /** Told by the container when an asynchronous one has ended. */
  private record End(UnsafeExchange exchange) implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) {
      exchange.beforeAnswer();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // It ends by this, and that is told.
    }

    @Override
    public void onError(AsyncEvent event) {
      // As above.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // A context that is started anew forgets its listeners.
      event.getAsyncContext().addListener(this);
    }
  }
}
