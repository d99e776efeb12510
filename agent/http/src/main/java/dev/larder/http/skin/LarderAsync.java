/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The container's context, but for its end: what is held goes out before it.
 *
 * <p>Larder is told of the end by a listener of its own, before those of the application. It comes
 * with the first of theirs, or as the leg ends well: where nobody listens, Jetty answers what the
 * leg throws by an error, even if it has been completed or is to be dispatched, and not where
 * anybody does.
 */
final class LarderAsync implements AsyncContext {

  private final AsyncContext raw;
  private final ServletExchange exchange;
  private final ServletRequest with;
  private final ServletResponse into;
  private final boolean original;
  private final AtomicBoolean watched = new AtomicBoolean();
  private volatile boolean givenUp;

  /**
   * A context.
   *
   * @param original whether request and response are what the application takes for the container's
   */
  LarderAsync(
      AsyncContext raw,
      ServletExchange exchange,
      ServletRequest with,
      ServletResponse into,
      boolean original) {
    this.raw = raw;
    this.exchange = exchange;
    this.with = with;
    this.into = into;
    this.original = original;
  }

  /** Has the container tell of the end, if it does not yet. */
  void watch() {
    if (watched.compareAndSet(false, true)) {
      raw.addListener(new End(exchange, this), with, into);
    }
  }

  boolean isWatched() {
    return watched.get();
  }

  /** Ends what has failed behind a stale answer; what the application does about it is too late. */
  void giveUp() {
    givenUp = true;
    try {
      raw.complete();
    } catch (IllegalStateException completedBefore) {
      exchange.agent.renewalFailed(completedBefore);
    }
  }

  @Override
  public void complete() {
    if (!givenUp) {
      if (!exchange.async.isEnded() && !exchange.async.completes()) {
        exchange.complete();
      }
      raw.complete();
    }
  }

  @Override
  public ServletRequest getRequest() {
    return raw.getRequest();
  }

  @Override
  public ServletResponse getResponse() {
    return raw.getResponse();
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return original || raw.hasOriginalRequestAndResponse();
  }

  @Override
  public void dispatch() {
    if (!givenUp) {
      raw.dispatch();
    }
  }

  @Override
  public void dispatch(String path) {
    if (!givenUp) {
      raw.dispatch(path);
    }
  }

  @Override
  public void dispatch(ServletContext context, String path) {
    if (!givenUp) {
      raw.dispatch(context, path);
    }
  }

  @Override
  public void start(Runnable run) {
    raw.start(run);
  }

  @Override
  public void addListener(AsyncListener listener) {
    watch();
    raw.addListener(new Seen(listener, this));
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    watch();
    raw.addListener(new Seen(listener, this), request, response);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return raw.createListener(type);
  }

  @Override
  public void setTimeout(long timeout) {
    raw.setTimeout(timeout);
  }

  @Override
  public long getTimeout() {
    return raw.getTimeout();
  }

  /** The application's listener, whose events name the context that the application knows. */
  private record Seen(AsyncListener listener, LarderAsync context) implements AsyncListener {

    private AsyncEvent seen(AsyncEvent event) {
      return new AsyncEvent(
          context, event.getSuppliedRequest(), event.getSuppliedResponse(), event.getThrowable());
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
      listener.onComplete(seen(event));
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      listener.onTimeout(seen(event));
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
      listener.onError(seen(event));
    }

    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
      listener.onStartAsync(seen(event));
    }
  }

  /** Our own listener: for what ends without the application's {@code complete()}. */
  static final class End implements AsyncListener {

    private final ServletExchange exchange;
    private final LarderAsync context;
    private boolean failed;

    End(ServletExchange exchange, LarderAsync context) {
      this.exchange = exchange;
      this.context = context;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      exchange.async.ended();
      if (failed) {
        exchange.abort();
      } else {
        exchange.complete();
      }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      failed(event);
    }

    @Override
    public void onError(AsyncEvent event) {
      failed(event);
    }

    private void failed(AsyncEvent event) {
      failed = true;
      if (exchange.failedBehindStale(event.getThrowable())) {
        // Jetty would try to answer with an error, and never end what has been answered.
        context.giveUp();
      } else {
        exchange.giveUp();
      }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // A context that is started anew forgets its listeners; the exchange adds another of these.
    }
  }
}
