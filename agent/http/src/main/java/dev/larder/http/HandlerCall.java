/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

/**
 * A call of a cached handler method, as far as the HTTP exchange around it is concerned.
 *
 * <p>The engine gets one from {@link HttpAgent#handlerEntered()} before it looks the key up, asks
 * {@link #mayStore} before it stores what the body gave, and tells {@link #served} what the caller
 * is given, before the framework writes it. Used on the request's thread; harmless on any other.
 */
public interface HandlerCall {

  /** A call outside any exchange, which has its value alone to tell by. */
  HandlerCall NONE =
      new HandlerCall() {
        @Override
        public boolean mayStore(Object value) {
          return !HandlerValues.isForOne(value, null);
        }

        @Override
        public void served(boolean hit, boolean stored, long remainingMillis) {}
      };

  /**
   * Whether the handler has left its answer impersonal: while it ran it set no cookie, made no
   * session, said neither {@code private} nor {@code no-store}, and did not answer the request's
   * own preconditions or {@code Range}, on the response or in a value that carries a status or
   * header fields (Spring's {@code HttpEntity}, a JAX-RS {@code Response}).
   *
   * @param value what the body returned; may be null
   */
  boolean mayStore(Object value);

  /**
   * Tells how the value came about.
   *
   * @param hit whether it came from the cache
   * @param stored whether the cache keeps it now
   * @param remainingMillis its remaining time to live in milliseconds; 0 or less if it has none
   */
  void served(boolean hit, boolean stored, long remainingMillis);
}
