/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * What a wrapper shows of Tomcat's response: all of it but its class.
 *
 * <p>At the end of a forward Tomcat 11 (and an older one that is told so, by {@code
 * suspendWrappedResponseAfterForward}) looks beneath all wrappers for its own class, and what it
 * finds takes no byte more: not those either that Larder holds until the answer is whole. Where it
 * does not find it, it closes the writer or stream of the outermost wrapper, and the rest is ours.
 */
final class Unsuspended {

  private static final String TOMCAT = "org.apache.catalina.connector.ResponseFacade";

  private Unsuspended() {}

  /** The response, or where it is Tomcat's own one that passes each call on to it. */
  static HttpServletResponse of(HttpServletResponse raw) {
    return raw.getClass().getName().equals(TOMCAT)
        ? (HttpServletResponse)
            Proxy.newProxyInstance(
                HttpServletResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                  try {
                    return method.invoke(raw, arguments);
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                })
        : raw;
  }
}
