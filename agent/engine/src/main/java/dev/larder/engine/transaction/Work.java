/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.transaction;

/** What waits for the end of a transaction. */
public interface Work {

  /** Does what this outcome asks for; called once. */
  void end(Outcome outcome);

  /** How much waits now, for {@link #backTo}. */
  int size();

  /** Drops what has come to wait since. */
  void backTo(int size);

  /** Some of what waits was rolled back, and it is not known what. */
  void doubt();
}
