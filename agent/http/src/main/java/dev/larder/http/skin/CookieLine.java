/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.http.Cookie;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A cookie as a {@code Set-Cookie} field has it (RFC 6265, 4.1): for a container that shows none
 * before the answer is committed.
 */
final class CookieLine {

  /** Of Servlet 6.0; the skins are written against an older API. */
  private static final MethodHandle ATTRIBUTE = find();

  private CookieLine() {}

  private static MethodHandle find() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              Cookie.class, "getAttribute", MethodType.methodType(String.class, String.class));
    } catch (NoSuchMethodException | IllegalAccessException olderApi) {
      return null;
    }
  }

  static String of(Cookie cookie) {
    StringBuilder line = new StringBuilder(cookie.getName()).append('=');
    line.append(cookie.getValue() == null ? "" : cookie.getValue());
    attribute(line, "Path", cookie.getPath());
    attribute(line, "Domain", cookie.getDomain());
    if (cookie.getMaxAge() >= 0) {
      attribute(line, "Max-Age", Integer.toString(cookie.getMaxAge()));
    }
    line.append(cookie.getSecure() ? "; Secure" : "");
    line.append(cookie.isHttpOnly() ? "; HttpOnly" : "");
    attribute(line, "SameSite", sameSite(cookie));
    return line.toString();
  }

  private static void attribute(StringBuilder line, String name, String value) {
    if (value != null && !value.isEmpty()) {
      line.append("; ").append(name).append('=').append(value);
    }
  }

  private static String sameSite(Cookie cookie) {
    if (ATTRIBUTE == null) {
      return null;
    }
    try {
      return (String) ATTRIBUTE.invokeExact(cookie, "SameSite");
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable undeclared) {
      throw new IllegalStateException(undeclared);
    }
  }
}
