/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.http.skin;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Undertow's servlet for static files sets header fields on the response that it is given, but
 * writes to the one that Undertow knows as the request's: that of the last filter. While it runs,
 * what it is given is that one.
 *
 * <p>A part of a file goes past us to the container's own response, where nothing else stands
 * before that: to another stream than its own Undertow may write the first bytes of what it has
 * read in place of those that were asked for ({@code BlockingSenderImpl}).
 */
final class UndertowFiles {

  private static final String SERVLET = "io.undertow.servlet.handlers.DefaultServlet";
  private static final String CONTEXT = "io.undertow.servlet.handlers.ServletRequestContext";

  private final Object context;
  private final Method setter;
  private final ServletResponse before;

  private UndertowFiles(Object context, Method setter, ServletResponse before) {
    this.context = context;
    this.setter = setter;
    this.before = before;
  }

  /** Whether a servlet is Undertow's for files, and would give a part of one. */
  static boolean isPart(Object servlet, HttpServletRequest seen) {
    return known(servlet.getClass()) != null && seen.getHeader("Range") != null;
  }

  /**
   * Lets a servlet write to what it is given, until {@link #end}.
   *
   * @return null if it is none that would write elsewhere
   * @throws IllegalStateException if Undertow is not as it was known
   */
  static UndertowFiles begin(Object servlet, ServletResponse given) {
    Class<?> known = known(servlet.getClass());
    if (known == null) {
      return null;
    }
    try {
      Class<?> type = Class.forName(CONTEXT, true, known.getClassLoader());
      Object context = type.getMethod("current").invoke(null);
      if (context == null) {
        return null;
      }
      Method setter = type.getMethod("setServletResponse", ServletResponse.class);
      ServletResponse before =
          (ServletResponse) type.getMethod("getServletResponse").invoke(context);
      setter.invoke(context, given);
      return new UndertowFiles(context, setter, before);
    } catch (ReflectiveOperationException e) {
      throw unknown(e);
    }
  }

  private static Class<?> known(Class<?> servlet) {
    for (Class<?> each = servlet; each != null; each = each.getSuperclass()) {
      if (each.getName().equals(SERVLET)) {
        return each;
      }
    }
    return null;
  }

  /** Says again what Undertow knew before, if anything was said. */
  static void end(UndertowFiles files) {
    if (files != null) {
      files.restore();
    }
  }

  private void restore() {
    try {
      setter.invoke(context, before);
    } catch (ReflectiveOperationException e) {
      throw unknown(e);
    }
  }

  private static IllegalStateException unknown(ReflectiveOperationException e) {
    Throwable cause = e instanceof InvocationTargetException thrown ? thrown.getCause() : e;
    return new IllegalStateException("Undertow's request context is not as it was known", cause);
  }
}
