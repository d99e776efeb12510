/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.util.function.BiFunction;

/** What the legs of an exchange begin asynchronously. */
final class AsyncPart {

  private final ServletExchange exchange;

  private LarderAsync context;
  private volatile boolean ended;

  /** The thread of the leg that is under way; null between two. */
  private volatile Thread thread;

  /** Whether that thread itself has completed what it began. */
  private boolean completed;

  AsyncPart(ServletExchange exchange) {
    this.exchange = exchange;
  }

  /** The context of this leg; null if it has started nothing asynchronous. */
  LarderAsync context() {
    return context;
  }

  /** The container has ended the exchange, and may serve another by the same request object. */
  void ended() {
    ended = true;
  }

  /** Whether it has: what the application does then is between it and the container. */
  boolean isEnded() {
    return ended;
  }

  /** A leg begins; whether it goes on with what an earlier one has begun. */
  boolean next() {
    boolean dispatched = context != null;
    context = null;
    completed = false;
    thread = Thread.currentThread();
    return dispatched;
  }

  /**
   * Whether the completion is the leg's own: the container takes it up as the leg ends, until when
   * the application may write on, or fail.
   */
  boolean completes() {
    if (thread != Thread.currentThread() || exchange.isRenewing()) {
      return false;
    }
    completed = true;
    return true;
  }

  /** The leg is over. */
  void left() {
    thread = null;
  }

  /** What the leg has begun goes on without it, or ends here if the leg itself has completed it. */
  void goOn() {
    context.watch();
    if (completed) {
      exchange.complete();
    }
  }

  /** The leg has failed, and by that all that it has begun, unless the application listens. */
  void fail() {
    if (context != null && !context.isWatched()) {
      context = null;
      ended();
    }
  }

  /** For an application that names no request and response, and would get the container's own. */
  AsyncContext start(BiFunction<ServletRequest, ServletResponse, AsyncContext> start) {
    if (exchange.isRenewing()) {
      exchange.answer().leaveRecording();
      return start(exchange.request, exchange.renewalInto(), true, start);
    }
    RecordingResponse record = exchange.servletPart.record();
    boolean unfiltered = record != null && record.getResponse() == exchange.response;
    return start(exchange.request, unfiltered ? record : exchange.response, true, start);
  }

  AsyncContext start(
      ServletRequest with,
      ServletResponse into,
      BiFunction<ServletRequest, ServletResponse, AsyncContext> start) {
    boolean original = with == exchange.request && into == exchange.response;
    return start(with, into, original, start);
  }

  private AsyncContext start(
      ServletRequest with,
      ServletResponse into,
      boolean original,
      BiFunction<ServletRequest, ServletResponse, AsyncContext> start) {
    if (into == exchange.response) {
      // The filters' wrappers and the recorder are left behind, as the container would do it.
      exchange.servletPart.leave();
    }
    AsyncContext raw = start.apply(with, into);
    if (!exchange.isRenewing()) {
      exchange.capture.startAsync();
    }
    context = new LarderAsync(raw, exchange, with, into, original);
    if (exchange.isRenewing()) {
      context.watch();
    }
    return context;
  }
}
