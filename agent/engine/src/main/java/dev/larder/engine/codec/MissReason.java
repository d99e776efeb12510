/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.codec;

/** Why bytes count as no entry. */
public enum MissReason {
  /** They do not begin as an entry does. */
  NOT_AN_ENTRY,
  /** Another version of Larder wrote them, in a format of its own. */
  OTHER_VERSION,
  /** A byte was changed, lost or added. */
  DAMAGED,
  /** They were stored under another key. */
  OTHER_KEY,
  /** They carry no seal, and one is asked for. */
  NO_SEAL,
  /** Their seal is by none of the keys. */
  BAD_SEAL,
  /** Inflated they would be larger than they say, or than is allowed. */
  TOO_LARGE
}
