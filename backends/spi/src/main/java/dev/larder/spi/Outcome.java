/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.spi;

/** What became of a write. */
public enum Outcome {
  /** The server has it. */
  DONE,

  /** The key had something else than was expected; nothing has changed. */
  NOT_MET,

  /**
   * The value is longer than the server takes; nothing has changed. The backend has told its
   * listener, once.
   */
  TOO_LARGE
}
