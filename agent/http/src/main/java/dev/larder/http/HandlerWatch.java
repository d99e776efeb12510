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
  private final int status;

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
    status = response.status();
  }

  @Override
  public boolean mayStore(Object value) {
    return !hasSetCookie()
        && !hasMadeSession()
        && !refuses()
        && !answersPreconditions()
        && !HandlerValues.isForOne(value, request);
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

  /** Whether it has said what another request would not have been told, as Spring lets it. */
  private boolean answersPreconditions() {
    int now = response.status();
    return now != status && HandlerValues.isConditional(now);
  }

  @Override
  public void served(boolean hit, boolean stored, long remainingMillis) {
    told.accept(new HandlerServed(hit, stored, remainingMillis));
  }
}
