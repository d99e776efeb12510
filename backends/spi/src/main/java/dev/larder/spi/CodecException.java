/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

/** A value that cannot be written, or bytes that cannot be read. */
public final class CodecException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Such a failure.
   *
   * @param message what cannot be written or read, and what to do; without the value itself
   * @param cause what was thrown; null if nothing was
   */
  public CodecException(String message, Throwable cause) {
    super(message, cause);
  }
}
