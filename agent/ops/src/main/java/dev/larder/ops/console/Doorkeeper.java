/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.console;

import java.util.Locale;
import java.util.Set;

/**
 * Who may come in.
 *
 * <p>The figures and whatever changes something take the token in a header field or a parameter,
 * which a page or a form of another site would have to know: a browser adds it to no request by
 * itself. The files of the page hold no secret, and are opened by a cookie as well, so that a page
 * can be loaded anew. Cookies do not tell ports apart, so that another server on this machine may
 * see this one: it is not the token, and opens nothing else.
 */
final class Doorkeeper {

  private static final String BEARER = "bearer ";

  private final Place place;
  private final Token token;
  private final String pass = Token.made();
  private final Token passAsToken = new Token(pass);

  Doorkeeper(Place place, Token token) {
    this.place = place;
    this.token = token;
  }

  /** Why a request is not answered to anybody, whatever it knows; null where it is. */
  Answer refusalOfStranger(Request request) {
    if (!place.isNamedBy(request.header("Host"))) {
      return Answer.refusal(
          403,
          "The Host of this request is not the console's.",
          "Call it by a name that it was told: " + place.namesAsText() + ".");
    }
    if (request.has("Origin") && !place.isOrigin(request.header("Origin"))) {
      return Answer.refusal(
          403,
          "The Origin of this request is another site's.",
          "Use the console's own page, or a client that is no browser.");
    }
    if ("cross-site".equals(request.header("Sec-Fetch-Site")) && !isNavigation(request)) {
      return Answer.refusal(
          403,
          "A page of another site has made this request.",
          "Use the console's own page, or a client that is no browser.");
    }
    return null;
  }

  private static boolean isNavigation(Request request) {
    return request.reads() && "navigate".equals(request.header("Sec-Fetch-Mode"));
  }

  /** Whether a request carries the token. */
  boolean isTrusted(Request request) {
    String field = request.header("Authorization");
    return (field != null
            && field.toLowerCase(Locale.ROOT).startsWith(BEARER)
            && token.is(field.substring(BEARER.length()).strip()))
        || token.is(request.parameter("token"));
  }

  /** Whether a request may have a file of the page. */
  boolean maySeePage(Request request) {
    return isTrusted(request) || hasPass(request);
  }

  private boolean hasPass(Request request) {
    String field = request.header("Cookie");
    if (field == null) {
      return false;
    }
    for (String cookie : field.split(";", -1)) {
      int equals = cookie.indexOf('=');
      if (equals > 0
          && cookie.substring(0, equals).strip().equals(cookieName())
          && passAsToken.is(cookie.substring(equals + 1).strip())) {
        return true;
      }
    }
    return false;
  }

  /** What lets a browser have the files of the page until it, or this JVM, ends. */
  String passCookie() {
    return cookieName() + "=" + pass + "; Path=/; HttpOnly; SameSite=Strict";
  }

  private String cookieName() {
    return "larder-console-" + place.port();
  }

  /** What somebody is told who has no token, or a wrong one. */
  static Answer refusalWithoutToken() {
    return Answer.refusal(
            401,
            "This needs the console's token.",
            "Send it as Authorization: Bearer TOKEN; it is that of console.token, or the one that"
                + " was printed as this JVM started.")
        .with("WWW-Authenticate", "Bearer");
  }

  /** What somebody is told who asks in a way that a place does not know. */
  static Answer refusalOfMethod(String method, Set<String> allowed) {
    String names = String.join(", ", allowed);
    return Answer.refusal(405, "This cannot be asked by " + method + ".", "Use " + names + ".")
        .with("Allow", names);
  }
}
