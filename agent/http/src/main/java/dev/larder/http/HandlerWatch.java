/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.CacheControl;
import java.util.List;
import java.util.function.Consumer;

/**
 * A call of a cached handler method, watched for what it makes of its exchange's answer. What
 * filters have made of that before is theirs, and says nothing of the method's value.
 */
final class HandlerWatch implements HandlerCall {

  private final RequestView request;
  private final ResponseView response;
  private final Consumer<HandlerServed> told;

  private final boolean known;
  private final boolean session;
  private final int cookies;
  private final List<String> cookieLines;
  private final List<String> said;

  /**
   * A call that is about to begin.
   *
   * @param told takes what is given to the caller
   */
  HandlerWatch(RequestView request, ResponseView response, Consumer<HandlerServed> told) {
    this.request = request;
    this.response = response;
    this.told = told;
    known = request.isKnown();
    session = request.hasSession();
    cookies = response.cookiesAdded();
    cookieLines = response.headers("Set-Cookie");
    said = response.headers("Cache-Control");
  }

  @Override
  public boolean mayStore(Object value) {
    return !hasSetCookie() && !hasMadeSession() && !refuses() && !HandlerValues.isPersonal(value);
  }

  private boolean hasSetCookie() {
    return response.cookiesAdded() != cookies
        || !response.headers("Set-Cookie").equals(cookieLines);
  }

  /** Whether it made one, or has read that of somebody who had not been known before. */
  private boolean hasMadeSession() {
    return (!session && request.hasSession()) || (!known && request.isKnown());
  }

  private boolean refuses() {
    List<String> now = response.headers("Cache-Control");
    return !now.equals(said) && CacheControl.parse(now).isPersonal();
  }

  @Override
  public void served(boolean hit, boolean stored, long remainingMillis) {
    told.accept(new HandlerServed(hit, stored, remainingMillis));
  }
}
