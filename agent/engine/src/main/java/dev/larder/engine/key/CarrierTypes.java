/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.key;

/** Types of parameters that carry a call rather than being a value of it. */
public final class CarrierTypes {

  private CarrierTypes() {}

  /**
   * Whether a declared type is a servlet's request, response or session, a stream of bytes or
   * characters, Spring's {@code Model}, or a subtype of one of these.
   */
  public static boolean isCarrier(Class<?> type) {
    throw new UnsupportedOperationException(type.getName());
  }
}
