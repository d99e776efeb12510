/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.transaction;

/** What whoever runs a transaction tells of it. */
interface Outside {

  /** Whether it is the current thread's, now. */
  boolean isActive();

  /** Whether it may write. */
  boolean mayWrite();

  /** Sees to it that the transaction's suspension and end are told. */
  void register(Transaction transaction);
}
