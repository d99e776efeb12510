/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

import java.util.Set;

/** Types of parameters that carry a call rather than being a value of it. */
public final class CarrierTypes {

  private static final Set<String> NAMES =
      Set.of(
          "javax.servlet.ServletRequest",
          "javax.servlet.ServletResponse",
          "javax.servlet.http.HttpSession",
          "jakarta.servlet.ServletRequest",
          "jakarta.servlet.ServletResponse",
          "jakarta.servlet.http.HttpSession",
          "java.io.InputStream",
          "java.io.OutputStream",
          "java.io.Reader",
          "java.io.Writer",
          "org.springframework.ui.Model");

  private CarrierTypes() {}

  /**
   * Whether a declared type is a servlet's request, response or session, a stream of bytes or
   * characters, Spring's {@code Model}, or a subtype of one of these.
   */
  public static boolean isCarrier(Class<?> type) {
    return !type.isPrimitive() && TypeNames.isAmong(NAMES, type);
  }
}
