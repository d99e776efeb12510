/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.observe;

/** What a call has come to, as far as it is compared with others of its key. */
public enum Outcome {
  /** It gave a value, of which there is a fingerprint. */
  VALUE,
  /** It gave null. */
  NULL,
  /** It gave what cannot be compared. */
  UNKNOWN,
  /** It threw, and so would not have been stored. */
  FAILED
}
