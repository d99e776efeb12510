/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http;

import dev.larder.http.message.CacheControl;
import java.util.function.Consumer;

/** A call of a cached handler method, watched for what it makes of its exchange's answer. */
final class HandlerWatch implements HandlerCall {

  private final RequestView request;
  private final ResponseView response;
  private final Consumer<HandlerServed> told;
  private final boolean cookieBefore;
  private final boolean knownBefore;
  private final String saidBefore;

  /**
   * A call that is about to begin.
   *
   * @param told takes what is given to the caller
   */
  HandlerWatch(RequestView request, ResponseView response, Consumer<HandlerServed> told) {
    this.request = request;
    this.response = response;
    this.told = told;
    cookieBefore = setsCookie();
    knownBefore = request.isKnown();
    saidBefore = response.header("Cache-Control");
  }

  @Override
  public boolean mayStore(Object value) {
    boolean cookie = !cookieBefore && setsCookie();
    boolean session = !knownBefore && request.isKnown();
    String said = response.header("Cache-Control");
    boolean refused =
        said != null && !said.equals(saidBefore) && CacheControl.parse(said).isPersonal();
    return !cookie && !session && !refused && !HandlerValues.isPersonal(value);
  }

  @Override
  public void served(boolean hit, boolean stored, long remainingMillis) {
    told.accept(new HandlerServed(hit, stored, remainingMillis));
  }

  private boolean setsCookie() {
    return response.setsCookie() || response.header("Set-Cookie") != null;
  }
}
