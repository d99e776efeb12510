/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

/**
 * Why a backend did not do what it was asked. It has no stack trace: it says nothing of the code.
 */
public final class BackendException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of failure it was. */
  public enum Kind {
    /** There is no connection, or it was lost on the way. Whether a write was done is not known. */
    UNAVAILABLE,

    /** The deadline was over. Whether a write was done is not known. */
    TIMEOUT,

    /** The server has too much to do, or for this client: slow rather than broken. */
    OVERLOADED,

    /** The server said no: read-only, full, not permitted, no such table. Nothing was done. */
    REFUSED,

    /** The value is longer than the server takes. Nothing was done. */
    TOO_LARGE,

    /** The server's answer made no sense. */
    GARBLED
  }

  private final Kind kind;

  /**
   * A failure.
   *
   * @param message cause and remedy, without a secret in it
   * @param cause what the client threw; null if it threw nothing
   */
  public BackendException(Kind kind, String message, Throwable cause) {
    super(message, cause, false, false);
    this.kind = kind;
  }

  /** What kind of failure it was. */
  public Kind kind() {
    return kind;
  }
}
