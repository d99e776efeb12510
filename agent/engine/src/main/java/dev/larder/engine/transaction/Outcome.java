/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.transaction;

/** How a transaction has ended. */
public enum Outcome {
  COMMITTED,
  ROLLED_BACK,
  /** It may have been committed, and may not. */
  UNKNOWN
}
