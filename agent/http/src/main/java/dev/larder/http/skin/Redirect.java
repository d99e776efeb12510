/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The redirect of Servlet 6.1 that names its status. The skins are written against an older API, in
 * which nobody can call it; from 6.1 on a wrapper's method of this name and these types is it.
 */
final class Redirect {

  private static final MethodHandle SEND = find();

  private Redirect() {}

  private static MethodHandle find() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              HttpServletResponse.class,
              "sendRedirect",
              MethodType.methodType(void.class, String.class, int.class, boolean.class));
    } catch (NoSuchMethodException | IllegalAccessException olderApi) {
      return null;
    }
  }

  /**
   * Sends it.
   *
   * @throws UnsupportedOperationException if the container's API does not have it
   */
  static void send(HttpServletResponse by, String location, int status, boolean clearBuffer)
      throws IOException {
    if (SEND == null) {
      throw new UnsupportedOperationException("a redirect with a status needs Servlet 6.1");
    }
    try {
      SEND.invokeExact(by, location, status, clearBuffer);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable undeclared) {
      throw new IllegalStateException(undeclared);
    }
  }
}
